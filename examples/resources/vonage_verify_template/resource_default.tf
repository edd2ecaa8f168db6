# The template that verifications use which name none.
resource "vonage_verify_template" "default" {
  name       = "standard"
  is_default = true
}
