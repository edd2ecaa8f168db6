list "vonage_verify_template" "all" {
  provider = vonage
}
