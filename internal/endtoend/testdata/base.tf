# What the specimens have in common, and everything that the provider offers and no specimen has, with every kind of
# secret. What is ephemeral must be found nowhere.
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

variable "sip_secret" {
  type      = string
  ephemeral = true
}

variable "signature_secret" {
  type      = string
  ephemeral = true
}

variable "new_secret" {
  type      = string
  ephemeral = true
}

# Not ephemeral, for the state has them as well.
variable "video_secret" {
  type      = string
  sensitive = true
}

variable "user_password" {
  type      = string
  sensitive = true
}

variable "revision" {
  type = string
}

locals {
  unlimited    = { applications = 0, numbers_list = 0, numbers_write = 0, conversations = 0, account = 0, pricing = 0 }
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
