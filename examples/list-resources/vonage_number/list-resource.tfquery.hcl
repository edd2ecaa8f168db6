# Every number of the account. To manage them with Terraform from now on:
# terraform query -generate-config-out=numbers.tf
list "vonage_number" "all" {
  provider = vonage
  limit    = 1000 # without it, Terraform stops at 100
}

# British mobile numbers with SMS that are not linked to an application.
list "vonage_number" "idle" {
  provider         = vonage
  include_resource = true

  config {
    country         = "GB"
    type            = "mobile-lvn"
    features        = ["SMS"]
    has_application = false
  }
}
