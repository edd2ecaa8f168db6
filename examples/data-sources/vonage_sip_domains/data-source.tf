data "vonage_sip_domains" "all" {}

# Domains that ask nobody to sign in: only their access lists protect them.
output "without_users" {
  value = [for domain in data.vonage_sip_domains.all.domains : domain.name if !domain.digest_auth]
}
