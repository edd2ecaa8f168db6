resource "vonage_messages_account_link" "shop" {
  channel        = "messenger"
  external_id    = "page"
  application_id = var.revision == "1" ? vonage_application.shop.id : vonage_application.other_shop.id
}

resource "vonage_application" "shop" {
  name     = "Shop"
  messages = {}
}

resource "vonage_application" "other_shop" {
  name     = "Other shop"
  messages = {}
}

data "vonage_messages_accounts" "all" {
  depends_on = [vonage_messages_account_link.shop]
}
