// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"maps"
	"slices"
	"time"
)

// newCallConversation creates the conversation that every call starts with.
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

// enter makes a leg a member of its call's conversation, in state "JOINED" or, while it rings, "INVITED".
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

// channel returns a conversation's description of a leg, plus the members of more.
func (l *leg) channel(more document) document {
	channel := document{
		"type": text(l.to, "type"), "id": l.uuid, "leg_ids": []any{l.uuid}, "from": l.from, "to": l.to,
	}
	maps.Copy(channel, more)
	return channel
}

// calledChannel returns the description of a called leg, with the settings of the action or request that asked for
// it. Times are in seconds in asked and in milliseconds in the result.
func (l *leg) calledChannel(asked document, detection, advanced, ringing, longest string) document {
	return l.channel(document{
		"cpa":          text(asked, detection) != "" || object(asked, advanced) != nil,
		"preanswer":    false,
		"ring_timeout": number(1000 * integer(asked, 60, ringing)),
		"cpa_time":     number(5000),
		"max_length":   number(1000 * integer(asked, 7200, longest)),
	})
}

// admit adds a member. It does not modify the list in place, because readers may hold it.
func (c *conversation) admit(member document) {
	c.members = append(slices.Clip(c.members), member)
	c.emptySince, c.seeded = time.Time{}, nil
}

// join changes an invited member's state to JOINED.
func (c *conversation) join(memberID string, now time.Time) {
	place, known := c.member(memberID)
	if !known || text(c.members[place], "state") == "JOINED" {
		return
	}
	c.changeMember(place, "JOINED", "joined", now)
	c.record("member:joined", memberID, document{}, now)
}

// leave changes a member's state to LEFT and reports whether that closes the conversation (endOnExit).
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

// replaceMember replaces a member in a copy of the list, because readers may hold the old one.
func (c *conversation) replaceMember(place int, member document) {
	members := make([]document, len(c.members))
	copy(members, c.members)
	members[place] = member
	c.members, c.seeded = members, nil
}
