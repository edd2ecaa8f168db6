# An agent with a desk telephone, a mobile and a bot that listens in.
variable "desk_password" {
  type      = string
  sensitive = true
  default   = "change-me"
}

resource "vonage_user" "agent" {
  name = "agent-7"

  channels = {
    sip       = [{ uri = "sip:agent-7@pbx.example.com", username = "agent-7", password = var.desk_password }]
    sms       = [{ number = "447700900007" }]
    websocket = [{ uri = "wss://bot.example.com/agent-7", content_type = "audio/l16;rate=16000", headers = { agent = "7" } }]
  }
}
