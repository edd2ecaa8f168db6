variables {
  name            = "Support"
  msisdn          = "447700900100"
  webhook_url     = "https://example.com"
  deletion_policy = "DELETE"
}

run "answers_the_number" {
  assert {
    condition     = vonage_number_link.hotline.application_id == output.application_id
    error_message = "The number should be linked to the application."
  }

  assert {
    condition     = vonage_application.hotline.voice.answer_url.address == "https://example.com/webhooks/answer"
    error_message = "The answer webhook should be on the webhook server."
  }
}

run "keeps_the_link_under_another_name" {
  variables {
    name = "Sales"
  }

  assert {
    condition     = vonage_application.hotline.name == "Sales"
    error_message = "The application should be renamed."
  }

  assert {
    condition     = vonage_number_link.hotline.application_id == output.application_id
    error_message = "The number should still be linked to it."
  }
}

run "wants_no_trailing_slash" {
  command = plan

  variables {
    webhook_url = "https://example.com/"
  }

  expect_failures = [var.webhook_url]
}
