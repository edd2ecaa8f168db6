# Numbers from a list that is maintained by hand, in the form of the msisdn attributes.
locals {
  office_numbers = ["+44 7700 900001", "44 (7700) 900-002"]
}

output "msisdns" {
  value = [for number in local.office_numbers : provider::vonage::normalize_msisdn(number)]
}
