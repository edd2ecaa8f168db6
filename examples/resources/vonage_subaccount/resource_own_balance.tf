variable "tenant_secret" {
  description = "First API secret of the subaccount: 8 to 25 characters, with an upper-case letter, a lower-case letter and a digit"
  type        = string
  ephemeral   = true
}

# A subaccount with money of its own, whose secret is in neither plan nor state.
resource "vonage_subaccount" "tenant" {
  name                        = "Tenant"
  use_primary_account_balance = false

  secret_wo         = var.tenant_secret
  secret_wo_version = 1
}
