// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package specimen

import (
	_ "embed" // the configuration

	"github.com/vonage/terraform-provider-vonage/internal/emulator"
)

//go:embed conversation.tf
var conversationConfig string

// Conversation has the data source and the action of calls, which are no resources.
func (specimens) Conversation() Specimen {
	return Specimen{Config: conversationConfig, Questions: []Question{
		data("conversation", "vonage_conversation", "conversation", Values{"id": conversationID}),
		data("conversation in one request", "vonage_conversation", "conversation", Values{"id": conversationID, "api_version": "beta"}),
		{
			Kind: "action", Name: "call", TypeName: "vonage_voice_call", Noun: "call",
			Config: Values{
				"to": Values{"number": "447700900009"}, "from": "447700900001",
				"ncco": `[{"action":"talk","text":"Hello"}]`, "event_url": "https://example.com/events", "wait_for": "ringing",
			},
			Deeds: func(account *emulator.Emulator) int { return len(account.Calls()) },
		},
	}}
}
