# The account: VONAGE_API_KEY and VONAGE_API_SECRET.
provider "vonage" {}

# The application: Vonage asks answer_url what to do with a call and reports its progress to event_url.
# The provider makes the key pair; only the public half is sent to Vonage.
resource "vonage_application" "tutorial" {
  name = "Retrieve conversation details"

  voice = {
    answer_url = { address = "${var.webhook_url}/webhooks/answer" }
    event_url  = { address = "${var.webhook_url}/webhooks/events" }
  }
}

# Calls to the number reach the application.
resource "vonage_number_link" "tutorial" {
  msisdn         = var.number
  application_id = vonage_application.tutorial.id
}

# Reading conversations takes tokens that are signed with the application's own key.
provider "vonage" {
  alias = "call"

  application_id = vonage_application.tutorial.id
  private_key    = vonage_application.tutorial.private_key
}

# The conversation of the call in progress. It can be read only until the caller hangs up, hence the count.
data "vonage_conversation" "call" {
  count    = var.conversation_id == null ? 0 : 1
  provider = vonage.call

  id         = var.conversation_id
  region_url = var.region_url
}
