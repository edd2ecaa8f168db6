data "vonage_messages_accounts" "all" {}

# The senders whose messages nobody gets.
output "not_linked" {
  value = [for account in data.vonage_messages_accounts.all.accounts : "${account.channel}/${account.external_id}" if account.application_id == null]
}
