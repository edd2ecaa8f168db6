resource "vonage_verify_template" "login" {
  name       = "login_${var.revision}"
  is_default = false
}

resource "vonage_verify_template_fragment" "sms" {
  provider    = vonage.environment
  template_id = vonage_verify_template.login.id
  channel     = "sms"
  locale      = "en-us"
  text        = "Code $${code}, revision ${var.revision}"
}

data "vonage_verify_template" "login" {
  id         = vonage_verify_template_fragment.sms.template_id
  depends_on = [vonage_verify_template_fragment.sms]
}

data "vonage_verify_templates" "all" {
  depends_on = [vonage_verify_template_fragment.sms]
}
