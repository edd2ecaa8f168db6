terraform {
  required_version = ">= 1.11"

  required_providers {
    vonage = {
      source = "vonage/vonage"
    }
    random = {
      source = "hashicorp/random"
    }
    aws = {
      source = "hashicorp/aws"
    }
  }
}

resource "vonage_application" "office" {
  name = "Office"

  voice = {
    answer_url = { address = "https://example.com/webhooks/answer" }
    event_url  = { address = "https://example.com/webhooks/events" }
  }
}

resource "vonage_sip_domain" "office" {
  name           = "acme-office"
  application_id = vonage_application.office.id

  # Softphones sign in from anywhere, so the users' secrets protect the domain.
  acl         = ["0.0.0.0/0"]
  digest_auth = true
  tls         = "always"
  srtp        = "always"
}

# The users and the versions of their secrets. Raise a version to replace a secret.
variable "softphones" {
  type    = map(number)
  default = { alice = 1, bob = 1 }
}

# New values in every run. Only those of a user whose version changes are used.
ephemeral "random_password" "softphone" {
  for_each = var.softphones

  length      = 24
  special     = false
  min_upper   = 1
  min_lower   = 1
  min_numeric = 1
}

resource "vonage_sip_user" "softphone" {
  for_each = var.softphones

  domain            = vonage_sip_domain.office.name
  key               = each.key
  secret_wo         = ephemeral.random_password.softphone[each.key].result
  secret_wo_version = each.value
}

resource "aws_secretsmanager_secret" "softphone" {
  for_each = var.softphones

  name = "vonage/softphone-${each.key}"
}

resource "aws_secretsmanager_secret_version" "softphone" {
  for_each = var.softphones

  secret_id                = aws_secretsmanager_secret.softphone[each.key].id
  secret_string_wo         = ephemeral.random_password.softphone[each.key].result
  secret_string_wo_version = vonage_sip_user.softphone[each.key].secret_wo_version
}

output "sip_server" {
  value = vonage_sip_domain.office.hosts.eu
}
