// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package voice

import (
	"maps"
	"time"

	"github.com/google/uuid"

	"github.com/vonage/terraform-provider-vonage/internal/emulator/platform"
	"github.com/vonage/terraform-provider-vonage/internal/emulator/platform/conversation"
	"github.com/vonage/terraform-provider-vonage/internal/emulator/platform/document"
)

// newCallConversation creates the conversation that every call starts with.
func (a *API) newCallConversation(application document.Object) *conversation.Conversation {
	hours := document.Integer(application, conversation.DefaultTTL, "capabilities", "voice", "conversations_ttl")
	made := conversation.New(document.Text(application, "id"), document.Object{
		"id": "CON-" + uuid.NewString(), "name": "NAM-" + uuid.NewString(), "state": "ACTIVE", "sequence_number": document.Number(0),
		"timestamp":  document.Object{"created": document.Timestamp(a.Now())},
		"properties": document.Object{"ttl": document.Number(hours * int(time.Hour/time.Second))},
	})
	made.Transient = true
	if application != nil { // nobody can ask for that of a forwarded call
		a.conversations.Put(made)
	}
	return made
}

// enter makes a leg a member of its call's conversation, in state "JOINED" or, while it rings, "INVITED".
func (a *API) enter(l *leg, state string, invitedBy string, channel document.Object) {
	user := "USR-" + uuid.NewString()
	name := user
	now := document.Timestamp(a.Now())
	member := document.Object{
		"id": l.memberID, "conversation_id": l.conversationID(), "state": state, "channel": channel,
		"media":     document.Object{"audio": true, "audio_settings": document.Object{"enabled": true, "earmuffed": false, "muted": false}},
		"initiator": document.Object{"joined": document.Object{"is_system": true}},
		"timestamp": document.Object{"joined": now},
	}
	kind := "member:joined"
	if state == "INVITED" {
		name = "vapi-user-" + platform.RandomHex(16)
		kind = "member:invited"
		member["initiator"] = document.Object{"invited": document.Object{"is_system": true}}
		member["timestamp"] = document.Object{"invited": now}
	}
	if invitedBy != "" {
		member["invited_by"] = invitedBy
	}
	member["_embedded"] = document.Object{"user": document.Object{"id": user, "name": name}}
	home := l.call.conversation
	home.Admit(member)
	home.Record(kind, l.memberID, document.Object{"channel": channel, "user": document.Object{"id": user, "name": name}}, a.Now())
}

// channel returns a conversation's description of a leg, plus the members of more.
func (l *leg) channel(more document.Object) document.Object {
	channel := document.Object{
		"type": document.Text(l.to, "type"), "id": l.uuid, "leg_ids": []any{l.uuid}, "from": l.from, "to": l.to,
	}
	maps.Copy(channel, more)
	return channel
}

// calledChannel returns the description of a called leg, with the settings of the action or request that asked for
// it, and notes how long the leg may ring and last. Times are in seconds in asked and in milliseconds in the result.
func (l *leg) calledChannel(asked document.Object, detection, advanced, ringing, longest string) document.Object {
	ring, most := document.Integer(asked, 60, ringing), document.Integer(asked, 7200, longest)
	l.ringing, l.longest = time.Duration(ring)*time.Second, time.Duration(most)*time.Second
	return l.channel(document.Object{
		"cpa":          document.Text(asked, detection) != "" || document.ObjectAt(asked, advanced) != nil,
		"preanswer":    false,
		"ring_timeout": document.Number(1000 * ring),
		"cpa_time":     document.Number(5000),
		"max_length":   document.Number(1000 * most),
	})
}
