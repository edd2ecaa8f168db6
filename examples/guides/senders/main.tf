terraform {
  required_version = ">= 1.11"

  required_providers {
    vonage = {
      source = "vonage/vonage"
    }
  }
}

resource "vonage_application" "shop" {
  name = "Shop"

  messages = {
    inbound_url = { address = "https://example.com/webhooks/inbound" }
    status_url  = { address = "https://example.com/webhooks/status" }
  }
}

# The WhatsApp senders of the account.
data "vonage_messages_accounts" "whatsapp" {
  channel = "whatsapp"
}

# All of them send what they receive to the shop.
resource "vonage_messages_account_link" "shop" {
  for_each = { for account in data.vonage_messages_accounts.whatsapp.accounts : account.external_id => account }

  channel        = each.value.channel
  external_id    = each.value.external_id
  application_id = vonage_application.shop.id
}
