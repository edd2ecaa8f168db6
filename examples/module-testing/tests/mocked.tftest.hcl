mock_provider "vonage" {}

variables {
  name        = "Support"
  msisdn      = "447700900100"
  webhook_url = "https://example.com"
}

run "links_the_number_to_its_application" {
  assert {
    condition     = vonage_number_link.hotline.application_id == vonage_application.hotline.id
    error_message = "The number should be linked to the application."
  }
}
