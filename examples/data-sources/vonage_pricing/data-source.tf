# What SMS to the United Kingdom cost.
data "vonage_pricing" "uk" {
  country = "GB"
  type    = "sms"
}

output "sms_to_the_uk" {
  value = "${data.vonage_pricing.uk.default_price} ${data.vonage_pricing.uk.currency}"
}
