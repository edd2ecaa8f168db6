terraform {
  required_version = ">= 1.11"

  required_providers {
    vonage = {
      source = "vonage/vonage"
    }
  }
}

import {
  to = vonage_application.support
  id = "name=Support line"
}

resource "vonage_application" "support" {
  name = "Support line"

  voice = {
    answer_url = { address = "https://example.com/webhooks/answer" }
    event_url  = { address = "https://example.com/webhooks/events" }
  }
}

import {
  to = vonage_number_link.support
  id = "GB/447700900001"
}

resource "vonage_number_link" "support" {
  msisdn         = "447700900001"
  application_id = vonage_application.support.id
}
