import {
  to = vonage_messages_account_link.shop
  identity = {
    channel     = "whatsapp"
    external_id = "447700900001"
  }
}
