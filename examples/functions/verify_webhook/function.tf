variable "webhook" {
  description = "A signed webhook as received: its Authorization header and its body."
  type        = object({ authorization = string, body = string })
}

variable "signature_secret" {
  description = "The account's signature secret, from the settings of the dashboard."
  type        = string
  sensitive   = true
}

check "webhook_is_genuine" {
  assert {
    condition     = provider::vonage::verify_webhook(var.webhook.authorization, var.signature_secret, var.webhook.body)
    error_message = "The webhook was not sent by Vonage, or was changed on the way."
  }
}
