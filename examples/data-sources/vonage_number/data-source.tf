data "vonage_number" "support" {
  msisdn = "+44 7700 900001"
}

output "application" {
  value = data.vonage_number.support.application_id
}
