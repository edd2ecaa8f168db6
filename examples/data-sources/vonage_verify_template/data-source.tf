data "vonage_verify_template" "marketing" {
  name = "marketing"
}

output "languages" {
  value = data.vonage_verify_template.marketing.fragments[*].locale
}
