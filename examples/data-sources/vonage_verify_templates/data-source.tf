data "vonage_verify_templates" "all" {}

output "default_template" {
  value = one([for template in data.vonage_verify_templates.all.templates : template.name if template.is_default])
}
