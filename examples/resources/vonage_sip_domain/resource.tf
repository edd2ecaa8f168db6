resource "vonage_application" "pbx" {
  name = "Telephone system"

  voice = {
    answer_url = { address = "https://example.com/webhooks/answer" }
    event_url  = { address = "https://example.com/webhooks/events" }
  }
}

# Calls that the telephone system at these addresses sends to one of the domain's hosts reach the application's webhooks.
resource "vonage_sip_domain" "pbx" {
  name           = "acme-pbx"
  application_id = vonage_application.pbx.id

  acl         = ["203.0.113.7", "198.51.100.0/28"]
  digest_auth = true
  tls         = "always"
}

output "sip_host" {
  value = vonage_sip_domain.pbx.hosts.eu
}
