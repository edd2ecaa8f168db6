resource "vonage_application" "support" {
  name = "Support lines"

  voice = {
    answer_url = { address = "https://example.com/webhooks/answer" }
    event_url  = { address = "https://example.com/webhooks/event" }
  }
}

# Calls to all of these numbers now reach the application's webhooks. A file, a variable or vonage_number resources can
# name thousands of them.
resource "vonage_application_numbers" "support" {
  application_id = vonage_application.support.id
  numbers        = [for number in ["+44 7700 900001", "+44 7700 900002"] : provider::vonage::normalize_msisdn(number)]
}
