terraform {
  required_version = ">= 1.5"

  required_providers {
    vonage = {
      source = "vonage/vonage"
    }
  }
}
