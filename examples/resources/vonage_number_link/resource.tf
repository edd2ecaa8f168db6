resource "vonage_application" "support" {
  name = "Support line"

  voice = {
    answer_url = { address = "https://example.com/webhooks/answer" }
    event_url  = { address = "https://example.com/webhooks/event" }
  }
}

# Calls to the number now reach the application's webhooks. The country is found among the account's numbers.
resource "vonage_number_link" "support" {
  msisdn         = "+44 7700 900001"
  application_id = vonage_application.support.id
}
