data "vonage_user" "support" {
  name = "support-line"
}

output "support_numbers" {
  value = [for channel in coalesce(data.vonage_user.support.channels.sms, []) : channel.number]
}
