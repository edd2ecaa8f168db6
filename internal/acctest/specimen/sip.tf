resource "vonage_sip_domain" "office" {
  name           = "office-pbx"
  application_id = vonage_application.generated.id
  acl            = ["203.0.113.7"]
  digest_auth    = true
  tls            = var.revision == "1" ? "optional" : "always"
}

resource "vonage_sip_user" "desk" {
  provider          = vonage.environment
  domain            = vonage_sip_domain.office.name
  key               = "desk"
  secret_wo         = var.sip_secret
  secret_wo_version = tonumber(var.revision)
}

data "vonage_sip_domain" "office" {
  name       = vonage_sip_user.desk.domain
  depends_on = [vonage_sip_user.desk]
}

data "vonage_sip_domains" "all" {
  depends_on = [vonage_sip_user.desk]
}
