# A rented number, answered by an application.
resource "vonage_number" "hotline" {
  country         = var.country
  msisdn          = var.msisdn
  deletion_policy = var.deletion_policy
}

resource "vonage_application" "hotline" {
  name = var.name

  voice = {
    answer_url = { address = "${var.webhook_url}/webhooks/answer" }
    event_url  = { address = "${var.webhook_url}/webhooks/events" }
  }
}

resource "vonage_number_link" "hotline" {
  country        = vonage_number.hotline.country
  msisdn         = vonage_number.hotline.msisdn
  application_id = vonage_application.hotline.id
}
