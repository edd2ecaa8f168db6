variable "recording_secret" {
  description = "Secret with which Vonage signs the webhooks about recordings."
  type        = string
  sensitive   = true
}

resource "vonage_application" "customer_care" {
  name       = "Customer care"
  improve_ai = false

  messages = {
    inbound_url = { address = "https://example.com/webhooks/inbound" }
    status_url  = { address = "https://example.com/webhooks/status" }
  }

  rtc = {
    event_url = { address = "https://example.com/webhooks/rtc" }
  }

  verify = {
    status_url = { address = "https://example.com/webhooks/verify" }
  }

  video = {
    webhooks = {
      archive_status = {
        address = "https://example.com/webhooks/recordings"
        secret  = var.recording_secret
      }
      session_created = { address = "https://example.com/webhooks/sessions" }
    }
    storage = { server_side_encryption = true }
  }

  # Enabled, with Vonage's defaults.
  voice = {}
  vbc   = {}
}
