terraform {
  required_version = ">= 1.11"

  required_providers {
    vonage = {
      source = "vonage/vonage"
    }
  }
}

# A separate resource says which application a number belongs to.
resource "vonage_number" "hotline" {
  country = "GB"
  msisdn  = "447700900101"
}

resource "vonage_application" "hotline" {
  name = "Hotline"

  voice = {
    answer_url = { address = "https://example.com/webhooks/answer" }
    event_url  = { address = "https://example.com/webhooks/events" }
  }
}

resource "vonage_number_link" "hotline" {
  country        = vonage_number.hotline.country
  msisdn         = vonage_number.hotline.msisdn
  application_id = vonage_application.hotline.id

  lifecycle {
    precondition {
      condition     = contains(vonage_number.hotline.features, "VOICE")
      error_message = "The number cannot take calls."
    }
  }
}
