resource "vonage_subaccount" "staging" {
  name = "Staging"
}
