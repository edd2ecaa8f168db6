data "vonage_subaccount" "staging" {
  name = "Staging"
}

output "staging_api_key" {
  value = data.vonage_subaccount.staging.api_key
}
