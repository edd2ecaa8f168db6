# Every number that reaches an application.
list "vonage_number_link" "all" {
  provider = vonage
  limit    = 1000 # without it, Terraform stops at 100
}

# British numbers that reach one application.
list "vonage_number_link" "support" {
  provider = vonage

  config {
    application_id = "78d335fa-323d-0114-9c3d-d6f0d48968cf"
    pattern        = "44"
  }
}
