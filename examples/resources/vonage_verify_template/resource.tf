# The wording of one-time passwords. Requests for a verification name the template's id.
resource "vonage_verify_template" "login" {
  name = "login"
}

# Two dollar signs keep Terraform from replacing the variable itself.
resource "vonage_verify_template_fragment" "english" {
  template_id = vonage_verify_template.login.id
  channel     = "sms"
  locale      = "en-us"
  text        = "$${code} is your code for Example. It is valid for $${time-limit} $${time-limit-unit}."
}
