resource "vonage_application" "support" {
  name = "Support line"

  voice = {
    answer_url = { address = "https://example.com/webhooks/answer" }
    event_url  = { address = "https://example.com/webhooks/events" }
  }

  # Change this value and apply to make a new key pair. The old private key stops working at once.
  key_version = "2027-01"
}
