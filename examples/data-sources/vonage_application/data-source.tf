# Made elsewhere: in the dashboard, or by another configuration.
data "vonage_application" "support" {
  name = "Support line"
}

# Vonage refuses the tokens of a server whose key is not the application's.
check "application_has_our_key" {
  assert {
    condition     = trimspace(data.vonage_application.support.public_key) == trimspace(file("${path.module}/support.public.pem"))
    error_message = "The application has another key than support.public.pem."
  }
}

resource "vonage_number_link" "support" {
  msisdn         = "447700900001"
  application_id = data.vonage_application.support.id
}
