data "vonage_api_secrets" "this" {}

output "oldest_secret" {
  value = sort(data.vonage_api_secrets.this.secrets[*].created_at)[0]
}
