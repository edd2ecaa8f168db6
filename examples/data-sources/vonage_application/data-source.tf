# Made elsewhere: in the dashboard, or by another configuration.
data "vonage_application" "support" {
  name = "Support line"
}

resource "vonage_number_link" "support" {
  msisdn         = "447700900001"
  application_id = data.vonage_application.support.id
}
