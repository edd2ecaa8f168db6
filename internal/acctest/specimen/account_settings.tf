resource "vonage_account_settings" "own" {
  mo_callback_url = "https://example.com/inbound-sms"
  dr_callback_url = "https://example.com/delivery-receipt?revision=${var.revision}"
}

data "vonage_account" "own" {
  depends_on = [vonage_account_settings.own]
}

data "vonage_pricing" "uk" {
  country = "GB"
  type    = "sms"
}
