# The other secret of the account is the one that the provider signs in with.
resource "vonage_api_secret" "rotated" {
  secret_wo         = var.new_secret
  secret_wo_version = var.revision
}

data "vonage_api_secrets" "own" {
  depends_on = [vonage_api_secret.rotated]
}
