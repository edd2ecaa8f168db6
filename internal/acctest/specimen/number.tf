resource "vonage_number" "rented" {
  country         = "GB"
  msisdn          = "447700900003"
  deletion_policy = "DELETE"
  sms_webhook_url = "https://example.com/sms/${var.revision}"
}

data "vonage_number" "rented" {
  msisdn  = vonage_number_link.rented.msisdn
  country = vonage_number_link.rented.country
}

data "vonage_numbers" "all" {
  depends_on = [vonage_number_link.rented]
}

data "vonage_available_numbers" "offers" {
  country = "GB"
}
