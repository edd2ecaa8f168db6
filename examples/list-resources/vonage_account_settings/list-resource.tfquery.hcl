# The settings of the account, for a configuration that Terraform generates.
list "vonage_account_settings" "this" {
  provider = vonage
}
