data "vonage_conversation" "configured" {
  id = local.conversation
}

data "vonage_conversation" "environment" {
  provider = vonage.environment
  id       = local.conversation
}

data "vonage_conversation" "ready_made" {
  provider = vonage.ready_made
  id       = local.conversation
}

data "vonage_conversation" "short_lived" {
  provider    = vonage.short_lived
  id          = local.conversation
  api_version = "beta"
}
