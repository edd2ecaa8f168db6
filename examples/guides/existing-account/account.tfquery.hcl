list "vonage_application" "all" {
  provider = vonage
  limit    = 1000 # without it, Terraform stops at 100
}

list "vonage_number" "all" {
  provider = vonage
  limit    = 1000
}

list "vonage_number_link" "all" {
  provider = vonage
  limit    = 1000
}
