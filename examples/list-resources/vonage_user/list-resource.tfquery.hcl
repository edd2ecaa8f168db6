list "vonage_user" "all" {
  provider = vonage
}
