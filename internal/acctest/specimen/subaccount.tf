variable "subaccount_secret" {
  type      = string
  ephemeral = true
}

resource "vonage_subaccount" "generated" {
  name = "generated ${var.revision}"
}

resource "vonage_subaccount" "written" {
  name              = "written ${var.revision}"
  secret_wo         = var.subaccount_secret
  secret_wo_version = 1
}

data "vonage_subaccount" "generated" {
  api_key = vonage_subaccount.generated.api_key
}

data "vonage_subaccounts" "all" {
  depends_on = [vonage_subaccount.generated]
}

provider "vonage" {
  alias               = "subaccount"
  api_key             = vonage_subaccount.generated.api_key
  api_secret          = vonage_subaccount.generated.secret
  requests_per_second = local.unlimited
}

resource "vonage_application" "in_subaccount" {
  provider = vonage.subaccount
  name     = "in a subaccount"

  public_key_wo         = ephemeral.vonage_private_key.fresh.public_key_pem
  public_key_wo_version = 1
}
