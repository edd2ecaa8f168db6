output "application_id" {
  description = "The application that answers the calls."
  value       = vonage_application.tutorial.id
}

output "number" {
  description = "The number to call."
  value       = vonage_number_link.tutorial.msisdn
}

output "conversation" {
  description = "The conversation of the call in progress, or null."
  value       = one(data.vonage_conversation.call)
}
