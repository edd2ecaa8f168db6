terraform {
  required_version = ">= 1.11"

  required_providers {
    vonage = {
      source = "vonage/vonage"
    }
  }
}

# Rents the number, or adopts it if the account has it already.
resource "vonage_number" "support" {
  country = "GB"
  msisdn  = "+44 7700 900001"

  # In EUR. A number that costs more is not rented.
  max_monthly_cost = "2.00"
  max_initial_cost = "1.00"

  sms_webhook_url = "https://example.com/webhooks/inbound-sms"
}
