# The secrets of the account that the provider signs in to.
list "vonage_api_secret" "own" {
  provider = vonage
}

# Those of a subaccount.
list "vonage_api_secret" "tenant" {
  provider = vonage

  config {
    api_key = "acme1234"
  }
}
