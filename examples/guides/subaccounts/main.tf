terraform {
  required_version = ">= 1.11"

  required_providers {
    vonage = {
      source = "vonage/vonage"
    }
  }
}

# The provider block without an alias signs in to the primary account.
provider "vonage" {}

resource "vonage_subaccount" "staging" {
  name = "Staging environment"
}

# This one signs in to the subaccount. Its credentials become known while the first apply is under way.
provider "vonage" {
  alias      = "staging"
  api_key    = vonage_subaccount.staging.api_key
  api_secret = vonage_subaccount.staging.secret
}

resource "vonage_application" "support" {
  provider = vonage.staging

  name = "Support line (staging)"

  voice = {
    answer_url = { address = "https://staging.example.com/webhooks/answer" }
    event_url  = { address = "https://staging.example.com/webhooks/event" }
  }
}
