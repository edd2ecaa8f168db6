terraform {
  required_version = ">= 1.11"

  required_providers {
    vonage = {
      source = "vonage/vonage"
    }
  }
}

resource "vonage_application" "support" {
  name       = "Support line"
  public_key = file("${path.module}/support.public.pem")

  voice = {
    answer_url = { address = "https://example.com/webhooks/answer" }
    event_url  = { address = "https://example.com/webhooks/events" }
  }
}
