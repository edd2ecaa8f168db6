resource "vonage_application" "support" {
  name = "Support line"

  voice = {
    answer_url = { address = "https://example.com/webhooks/answer" }
    event_url  = { address = "https://example.com/webhooks/events" }
  }

  # Another value, and the next apply makes a new key pair. The old private key stops working at that moment.
  key_version = "2027-01"
}
