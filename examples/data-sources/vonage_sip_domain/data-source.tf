data "vonage_sip_domain" "reception" {
  name = "front-desk"
}

# The users that have not registered with the domain.
output "absent" {
  value = setsubtract(
    data.vonage_sip_domain.reception.users[*].key,
    [for endpoint in data.vonage_sip_domain.reception.endpoints : regex("^sip:([^@]+)@", endpoint.uri)[0]],
  )
}
