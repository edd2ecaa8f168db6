# The users of all domains.
list "vonage_sip_user" "all" {
  provider = vonage
}

# Those of one domain.
list "vonage_sip_user" "reception" {
  provider = vonage

  config {
    domain = "front-desk"
  }
}
