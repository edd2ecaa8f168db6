# Gives a new subaccount of a postpaid account 50 euros of credit.
action "vonage_credit_transfer" "start" {
  config {
    from   = vonage_subaccount.tenant.primary_account_api_key
    to     = vonage_subaccount.tenant.api_key
    amount = "50.00"
  }
}

resource "vonage_subaccount" "tenant" {
  name                        = "Tenant"
  use_primary_account_balance = false

  lifecycle {
    action_trigger {
      events  = [after_create]
      actions = [action.vonage_credit_transfer.start]
    }
  }
}
