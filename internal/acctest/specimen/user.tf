resource "vonage_user" "generated" {
  name        = "alice"
  custom_data = { team = "blue" }
  channels = {
    sip = [{ uri = "sip:alice@example.com", username = "alice", password = var.user_password }]
    sms = [{ number = var.revision == "1" ? "447700900001" : "447700900002" }]
  }
}

data "vonage_user" "generated" {
  id = vonage_user.generated.id
}

data "vonage_users" "all" {
  depends_on = [vonage_user.generated]
}
