# A template that is managed elsewhere.
data "vonage_verify_template" "marketing" {
  name = "marketing"
}

resource "vonage_verify_template_fragment" "spanish" {
  template_id = data.vonage_verify_template.marketing.id
  channel     = "voice"
  locale      = "es-mx"
  text        = "Su código es $${code}."
}
