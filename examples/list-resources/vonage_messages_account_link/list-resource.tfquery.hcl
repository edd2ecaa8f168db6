list "vonage_messages_account_link" "whatsapp" {
  provider = vonage

  config {
    channel = "whatsapp"
  }
}
