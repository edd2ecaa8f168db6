list "vonage_verify_template_fragment" "all" {
  provider = vonage
}
