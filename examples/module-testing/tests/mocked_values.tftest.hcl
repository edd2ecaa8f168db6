mock_provider "vonage" {
  mock_resource "vonage_application" {
    defaults = { id = "78d335fa-323d-0114-9c3d-d6f0d48968cf" }
  }
}

variables {
  name        = "Support"
  msisdn      = "447700900100"
  webhook_url = "https://example.com"
}

run "passes_the_id_on" {
  assert {
    condition     = output.application_id == "78d335fa-323d-0114-9c3d-d6f0d48968cf"
    error_message = "The output should be the application's id."
  }
}
