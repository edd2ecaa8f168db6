import {
  to = vonage_messages_account_link.shop
  id = "whatsapp/447700900001"
}
