list "vonage_sip_domain" "all" {
  provider         = vonage
  include_resource = true
}
