# The NCCO for an inbound call: greet the caller, let them press a key, and connect them to a colleague.
output "answer" {
  value = provider::vonage::ncco([
    {
      action  = "talk"
      text    = "Thank you for calling. Press 1 to be connected."
      bargeIn = true
    },
    {
      action   = "input"
      type     = ["dtmf"]
      dtmf     = { maxDigits = 1 }
      eventUrl = "https://example.com/webhooks/input"
    },
    {
      action   = "connect"
      from     = "+44 7700 900000"
      endpoint = { type = "phone", number = "+44 7700 900001" }
    },
  ])
}
