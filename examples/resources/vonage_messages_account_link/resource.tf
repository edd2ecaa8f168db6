resource "vonage_application" "shop" {
  name = "Shop"

  messages = {
    inbound_url = { address = "https://example.com/webhooks/inbound" }
    status_url  = { address = "https://example.com/webhooks/status" }
  }
}

# Messages to the WhatsApp number now reach the application's webhooks.
resource "vonage_messages_account_link" "shop" {
  channel        = "whatsapp"
  external_id    = "447700900001"
  application_id = vonage_application.shop.id
}
