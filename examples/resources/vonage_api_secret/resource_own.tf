variable "ci_secret" {
  type      = string
  ephemeral = true
}

# A secret of the account that the provider signs in to, beside the one that it signs in with.
resource "vonage_api_secret" "ci" {
  secret_wo         = var.ci_secret
  secret_wo_version = 1
}
