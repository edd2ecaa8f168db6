// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"maps"
	"slices"
	"time"
)

// newCallConversation is the conversation that every call makes for itself.
func (e *Emulator) newCallConversation(application document) *conversation {
	hours := integer(application, conversationsTTL, "capabilities", "voice", "conversations_ttl")
	made := newConversation(text(application, "id"), document{
		"id": "CON-" + newUUID(), "name": "NAM-" + newUUID(), "state": "ACTIVE", "sequence_number": number(0),
		"timestamp":  document{"created": timestamp(e.options.Now())},
		"properties": document{"ttl": number(hours * int(time.Hour/time.Second))},
	})
	made.transient = true
	e.conversations.put(made)
	return made
}

// enter makes a leg a member of its call's conversation, as one who is there ("JOINED") or one who is rung ("INVITED").
func (e *Emulator) enter(l *leg, state string, invitedBy string, channel document) {
	user := "USR-" + newUUID()
	name := user
	now := timestamp(e.options.Now())
	member := document{
		"id": l.memberID, "conversation_id": l.conversationID(), "state": state, "channel": channel,
		"media":     document{"audio": true, "audio_settings": document{"enabled": true, "earmuffed": false, "muted": false}},
		"initiator": document{"joined": document{"is_system": true}},
		"timestamp": document{"joined": now},
	}
	kind := "member:joined"
	if state == "INVITED" {
		name = "vapi-user-" + randomHex(16)
		kind = "member:invited"
		member["initiator"] = document{"invited": document{"is_system": true}}
		member["timestamp"] = document{"invited": now}
	}
	if invitedBy != "" {
		member["invited_by"] = invitedBy
	}
	member["_embedded"] = document{"user": document{"id": user, "name": name}}
	home := l.call.conversation
	home.admit(member)
	home.record(kind, l.memberID, document{"channel": channel, "user": document{"id": user, "name": name}}, e.options.Now())
}

// channel is how a conversation describes a leg. What only applies to legs that are called is in milliseconds.
func (l *leg) channel(more document) document {
	channel := document{
		"type": text(l.to, "type"), "id": l.uuid, "leg_ids": []any{l.uuid}, "from": l.from, "to": l.to,
	}
	maps.Copy(channel, more)
	return channel
}

// calledChannel is what it adds for legs that are called, from whatever asked for them. Times are in seconds there.
func (l *leg) calledChannel(asked document, detection, advanced, ringing, longest string) document {
	return l.channel(document{
		"cpa":          text(asked, detection) != "" || object(asked, advanced) != nil,
		"preanswer":    false,
		"ring_timeout": number(1000 * integer(asked, 60, ringing)),
		"cpa_time":     number(5000),
		"max_length":   number(1000 * integer(asked, 7200, longest)),
	})
}

// admit adds a member to a list that readers may hold.
func (c *conversation) admit(member document) {
	c.members = append(slices.Clip(c.members), member)
	c.emptySince, c.seeded = time.Time{}, nil
}

// join turns a member who was invited into one who is there.
func (c *conversation) join(memberID string, now time.Time) {
	place, known := c.member(memberID)
	if !known || text(c.members[place], "state") == "JOINED" {
		return
	}
	c.changeMember(place, "JOINED", "joined", now)
	c.record("member:joined", memberID, document{}, now)
}

// leave turns a member into one who has left, and tells whether that closes the conversation: because of endOnExit.
func (c *conversation) leave(memberID string, now time.Time) (closes bool) {
	place, known := c.member(memberID)
	if !known || text(c.members[place], "state") == "LEFT" {
		return false
	}
	c.changeMember(place, "LEFT", "left", now)
	c.record("member:left", memberID, document{}, now)
	if !c.occupied() {
		c.emptySince = now
	}
	return c.closers[memberID]
}

func (c *conversation) changeMember(place int, state, when string, now time.Time) {
	changed := copyOf(c.members[place])
	changed["state"] = state
	within(changed, "timestamp")[when] = timestamp(now)
	c.replaceMember(place, changed)
}

// replaceMember leaves the list that a reader may hold as it is.
func (c *conversation) replaceMember(place int, member document) {
	members := make([]document, len(c.members))
	copy(members, c.members)
	members[place] = member
	c.members, c.seeded = members, nil
}
