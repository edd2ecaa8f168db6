# A SIP trunk, which needs no application.
resource "vonage_sip_domain" "trunk" {
  name        = "acme-trunk"
  domain_type = "trunk"
  acl         = ["203.0.113.7"]
}
