# Forwards calls to a SIP endpoint, without an application.
resource "vonage_number" "office" {
  country = "GB"
  msisdn  = "447700900100"

  voice_callback = {
    type  = "sip"
    value = "sip:office@sip.example.com;transport=tls"
  }
  voice_status_callback = "https://example.com/webhooks/ended"
}
