# Every subaccount.
list "vonage_subaccount" "all" {
  provider = vonage
  limit    = 1000 # without it, Terraform stops at 100
}

# The subaccounts for testing that are in use.
list "vonage_subaccount" "staging" {
  provider = vonage

  config {
    name_regex = "^Staging"
    suspended  = false
  }
}
