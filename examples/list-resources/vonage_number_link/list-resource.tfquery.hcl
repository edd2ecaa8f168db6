# Every number that is linked to an application.
list "vonage_number_link" "all" {
  provider = vonage
  limit    = 1000 # without it, Terraform stops at 100
}

# Numbers beginning with 44 that are linked to one application.
list "vonage_number_link" "support" {
  provider = vonage

  config {
    application_id = "78d335fa-323d-0114-9c3d-d6f0d48968cf"
    pattern        = "44"
  }
}
