output "application_id" {
  description = "The application that answers."
  value       = vonage_application.hotline.id
}
