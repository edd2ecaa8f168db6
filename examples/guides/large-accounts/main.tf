terraform {
  required_version = ">= 1.11"

  required_providers {
    vonage = {
      source = "vonage/vonage"
    }
  }
}

provider "vonage" {}

locals {
  numbers = toset(["447700900001", "447700900002"])
}

resource "vonage_application" "support" {
  name = "Support lines"
}

# As many objects as numbers: fine for these two.
resource "vonage_number_link" "support" {
  for_each = local.numbers

  msisdn         = each.key
  application_id = vonage_application.support.id
}
