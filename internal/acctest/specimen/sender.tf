resource "vonage_messages_account_link" "shop" {
  channel        = "messenger"
  external_id    = "page"
  application_id = var.revision == "1" ? vonage_application.shop.id : vonage_application.other_shop.id
}

resource "vonage_application" "shop" {
  name     = "Shop"
  messages = {}

  public_key_wo         = ephemeral.vonage_private_key.fresh.public_key_pem
  public_key_wo_version = 1
}

resource "vonage_application" "other_shop" {
  name     = "Other shop"
  messages = {}

  public_key_wo         = ephemeral.vonage_private_key.fresh.public_key_pem
  public_key_wo_version = 1
}

data "vonage_messages_accounts" "all" {
  depends_on = [vonage_messages_account_link.shop]
}
