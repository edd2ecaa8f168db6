resource "vonage_number_link" "rented" {
  provider       = vonage.environment
  country        = vonage_number.rented.country
  msisdn         = vonage_number.rented.msisdn
  application_id = vonage_application.generated.id
}
