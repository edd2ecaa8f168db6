terraform {
  required_version = ">= 1.6"

  required_providers {
    vonage = {
      source = "vonage/vonage"
    }
  }
}
