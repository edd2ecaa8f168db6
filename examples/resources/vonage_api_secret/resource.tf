variable "tenant_secret" {
  type      = string
  ephemeral = true
}

# A secret of a subaccount. Raise the version to rotate it to the present value of the variable.
resource "vonage_api_secret" "tenant" {
  api_key = "acme1234"

  secret_wo         = var.tenant_secret
  secret_wo_version = 1
}
