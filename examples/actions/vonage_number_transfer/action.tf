data "vonage_subaccount" "staging" {
  name = "Staging"
}

# Moves a number from the primary account to a subaccount whenever terraform_data.handover is created or updated.
action "vonage_number_transfer" "support" {
  config {
    from    = data.vonage_subaccount.staging.primary_account_api_key
    to      = data.vonage_subaccount.staging.api_key
    country = "GB"
    msisdn  = "+44 7700 900002"
  }
}

resource "terraform_data" "handover" {
  input = data.vonage_subaccount.staging.api_key

  lifecycle {
    action_trigger {
      events  = [after_create, after_update]
      actions = [action.vonage_number_transfer.support]
    }
  }
}
