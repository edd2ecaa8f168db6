variable "conversation_id" {
  description = "conversation_uuid that the answer webhook of a call in progress has received."
  type        = string
}

data "vonage_conversation" "call" {
  id = var.conversation_id
}

check "both_phones_are_connected" {
  assert {
    condition     = length([for m in data.vonage_conversation.call.members : m if m.state == "JOINED"]) == 2
    error_message = "The call does not have two joined members."
  }
}

output "legs" {
  value = [for m in data.vonage_conversation.call.members : {
    leg  = m.channel.id
    from = m.channel.from.number
    to   = m.channel.to.number
  }]
}
