terraform {
  required_version = ">= 1.11"

  required_providers {
    vonage = {
      source = "vonage/vonage"
    }
  }
}

locals {
  sms = {
    "en-us" = "$${code} is your code for Example. It is valid for $${time-limit} $${time-limit-unit}."
    "de-de" = "Ihr Code für Example ist $${code}. Er gilt $${time-limit} $${time-limit-unit}."
    "es-mx" = "Su código para Example es $${code}. Es válido por $${time-limit} $${time-limit-unit}."
  }
}

resource "vonage_verify_template" "login" {
  name = "login"
}

resource "vonage_verify_template_fragment" "sms" {
  for_each = local.sms

  template_id = vonage_verify_template.login.id
  channel     = "sms"
  locale      = each.key
  text        = each.value
}

output "template_id" {
  description = "What a request for a verification names in template_id."
  value       = vonage_verify_template.login.id
}
