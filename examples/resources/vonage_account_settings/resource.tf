# The account's webhooks of SMS. Vonage calls a URL when it is set, so it has to answer by then.
resource "vonage_account_settings" "this" {
  mo_callback_url = "https://example.com/webhooks/inbound-sms"
  dr_callback_url = "https://example.com/webhooks/delivery-receipt"
}
