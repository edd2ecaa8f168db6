# Created elsewhere: in the dashboard, or by another configuration.
data "vonage_application" "support" {
  name = "Support line"
}

# Vonage rejects tokens that a server signs with any other key.
check "application_has_our_key" {
  assert {
    condition     = trimspace(data.vonage_application.support.public_key) == trimspace(file("${path.module}/support.public.pem"))
    error_message = "The application's public key is not support.public.pem."
  }
}

resource "vonage_number_link" "support" {
  msisdn         = "447700900001"
  application_id = data.vonage_application.support.id
}
