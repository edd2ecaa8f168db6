# Every application that has numbers, with all of them.
list "vonage_application_numbers" "all" {
  provider = vonage
  limit    = 1000 # without it, Terraform stops at 100
}
