# terraform query                                   shows what exists
# terraform query -generate-config-out=adopted.tf   writes resources and import blocks
list "vonage_application" "all" {
  provider = vonage
  limit    = 1000 # without it, Terraform stops at 100
}

# Applications of one team that take phone calls, with all of their settings.
list "vonage_application" "support" {
  provider         = vonage
  include_resource = true

  config {
    name_regex = "^Support"
    capability = "voice"
  }
}
