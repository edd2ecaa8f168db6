# Everything that the provider offers, with every kind of secret. What is ephemeral must be found nowhere.
terraform {
  required_providers {
    vonage = {
      source = "vonage/vonage"
    }
  }
}

variable "api_key" {
  type = string
}

variable "api_secret" {
  type      = string
  ephemeral = true
}

variable "private_key" {
  type      = string
  ephemeral = true
}

variable "jwt" {
  type      = string
  ephemeral = true
}

variable "webhook" {
  type      = object({ authorization = string, body = string })
  ephemeral = true
}

variable "signature_secret" {
  type      = string
  ephemeral = true
}

# Not ephemeral, for the state has it as well.
variable "video_secret" {
  type      = string
  sensitive = true
}

variable "revision" {
  type = string
}

locals {
  unlimited    = { applications = 0, numbers_list = 0, numbers_write = 0, conversations = 0 }
  conversation = "CON-bc643220-2542-499a-892e-c982c4150c06"
}

provider "vonage" {
  api_key             = var.api_key
  api_secret          = var.api_secret
  application_id      = "aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa"
  private_key         = var.private_key
  requests_per_second = local.unlimited
}

provider "vonage" {
  alias               = "environment"
  requests_per_second = local.unlimited
}

provider "vonage" {
  alias               = "ready_made"
  jwt                 = var.jwt
  requests_per_second = local.unlimited
}

provider "vonage" {
  alias               = "short_lived"
  jwt                 = ephemeral.vonage_jwt.run.jwt
  requests_per_second = local.unlimited
}

ephemeral "vonage_jwt" "run" {
  expires_in = "30m"
}

ephemeral "vonage_jwt" "own_key" {
  application_id = "aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa"
  private_key    = ephemeral.vonage_private_key.fresh.private_key_pem
}

ephemeral "vonage_private_key" "fresh" {}

resource "vonage_application" "generated" {
  name        = "generated ${var.revision}"
  key_version = var.revision

  voice = {
    answer_url = { address = "https://example.com/answer" }
  }

  video = {
    webhooks = {
      archive_status = {
        address = "https://example.com/archives"
        secret  = var.video_secret
      }
    }
  }
}

resource "vonage_application" "written" {
  name                  = "written"
  public_key_wo         = ephemeral.vonage_private_key.fresh.public_key_pem
  public_key_wo_version = var.revision
}

resource "vonage_number" "rented" {
  country         = "GB"
  msisdn          = "447700900003"
  deletion_policy = "DELETE"
  sms_webhook_url = "https://example.com/sms/${var.revision}"
}

resource "vonage_number_link" "rented" {
  provider       = vonage.environment
  country        = vonage_number.rented.country
  msisdn         = vonage_number.rented.msisdn
  application_id = vonage_application.generated.id
}

data "vonage_application" "generated" {
  id = vonage_application.generated.id
}

data "vonage_applications" "all" {
  depends_on = [vonage_application.generated]
}

data "vonage_number" "rented" {
  msisdn  = vonage_number_link.rented.msisdn
  country = vonage_number_link.rented.country
}

data "vonage_numbers" "all" {
  depends_on = [vonage_number_link.rented]
}

data "vonage_available_numbers" "offers" {
  country = "GB"
}

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

check "webhook_is_genuine" {
  assert {
    condition     = provider::vonage::verify_webhook(var.webhook.authorization, var.signature_secret, var.webhook.body)
    error_message = "The webhook is not genuine."
  }
}

output "ncco" {
  value = provider::vonage::ncco([{ action = "talk", text = "Hello" }])
}

output "msisdn" {
  value = provider::vonage::normalize_msisdn("+44 7700 900001")
}
