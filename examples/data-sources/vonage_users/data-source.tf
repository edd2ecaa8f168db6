data "vonage_users" "all" {}

output "user_names" {
  value = data.vonage_users.all.users[*].name
}
