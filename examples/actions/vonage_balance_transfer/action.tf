# Gives a new subaccount 25 euros to start with.
action "vonage_balance_transfer" "start" {
  config {
    from      = vonage_subaccount.tenant.primary_account_api_key
    to        = vonage_subaccount.tenant.api_key
    amount    = "25.00"
    reference = "start"
  }
}

resource "vonage_subaccount" "tenant" {
  name                        = "Tenant"
  use_primary_account_balance = false

  lifecycle {
    action_trigger {
      events  = [after_create]
      actions = [action.vonage_balance_transfer.start]
    }
  }
}
