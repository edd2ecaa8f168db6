resource "vonage_application" "support" {
  name = "Support line"

  voice = {
    answer_url = {
      address        = "https://example.com/webhooks/answer"
      socket_timeout = 3000
    }
    fallback_answer_url = { address = "https://backup.example.com/webhooks/answer" }
    event_url           = { address = "https://example.com/webhooks/events" }

    region           = "eu-west"
    signed_callbacks = true
  }
}

# The provider has made the key pair. Your server signs its tokens with this half.
output "private_key" {
  value     = vonage_application.support.private_key
  sensitive = true
}
