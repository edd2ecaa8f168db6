# Places a test call whenever terraform_data.line is created or updated, to check that the line works.
action "vonage_voice_call" "line_test" {
  config {
    from      = "+44 7700 900000"
    to        = { number = "+44 7700 900001" }
    ncco      = provider::vonage::ncco([{ action = "talk", text = "The support line is in service." }])
    event_url = "https://example.com/webhooks/event"
    wait_for  = "ringing"
  }
}

resource "terraform_data" "line" {
  input = "support"

  lifecycle {
    action_trigger {
      events  = [after_create, after_update]
      actions = [action.vonage_voice_call.line_test]
    }
  }
}
