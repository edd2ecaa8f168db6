terraform {
  required_version = ">= 1.11"

  required_providers {
    vonage = {
      source = "vonage/vonage"
    }
  }
}

# nexmo app:create "Support line" https://example.com/webhooks/answer https://example.com/webhooks/events --keyfile private.key
resource "vonage_application" "support" {
  name = "Support line"

  voice = {
    answer_url = { address = "https://example.com/webhooks/answer" }
    event_url  = { address = "https://example.com/webhooks/events" }
  }
}

# nexmo link:app 447700900001 APPLICATION_ID
resource "vonage_number_link" "support" {
  msisdn         = "447700900001"
  application_id = vonage_application.support.id
}

# terraform output -raw private_key > private.key
output "private_key" {
  value     = vonage_application.support.private_key
  sensitive = true
}
