terraform {
  required_providers {
    vonage = {
      source = "vonage/vonage"
    }
  }
}

# Key and secret come from VONAGE_API_KEY and VONAGE_API_SECRET.
provider "vonage" {}

resource "vonage_application" "support" {
  name = "Support line"

  voice = {
    answer_url = { address = "https://example.com/webhooks/answer" }
    event_url  = { address = "https://example.com/webhooks/events" }
  }
}
