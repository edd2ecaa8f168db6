data "vonage_account" "this" {}

# Warns in every plan if the account has little money left.
check "balance" {
  assert {
    condition     = tonumber(data.vonage_account.this.balance) > 10
    error_message = "The Vonage account has only ${data.vonage_account.this.balance} EUR left."
  }
}
