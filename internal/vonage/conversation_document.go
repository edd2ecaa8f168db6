// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package vonage

import (
	"cmp"
	"encoding/json"
	"strings"
)

// conversationDocument is a conversation of either shape.
type conversationDocument struct {
	Conversation
	UUID    string            `json:"uuid"`    // shape A
	Members []json.RawMessage `json:"members"` // shape A
}

func (d conversationDocument) conversation(raw []byte) Conversation {
	c := d.Conversation
	c.ID, c.State, c.Raw = cmp.Or(c.ID, d.UUID), upper(c.State), raw
	return c
}

// memberDocument is a member of either shape.
type memberDocument struct {
	Member
	MemberID  string `json:"member_id"` // shape A
	Initiator *struct {
		Joined *struct {
			InitiatorJoined
			camelCase
		} `json:"joined"`
		Invited *struct {
			InitiatorInvited
			camelCase
		} `json:"invited"`
	} `json:"initiator"`
	Embedded struct { // shape B
		User struct {
			ID          *string `json:"id"`
			Name        *string `json:"name"`
			DisplayName *string `json:"display_name"`
		} `json:"user"`
	} `json:"_embedded"`
}

// camelCase has the one key of an initiator that shape A spells differently.
type camelCase struct {
	IsSystemCamel *bool `json:"isSystem"`
}

func (d memberDocument) id() string { return cmp.Or(d.ID, d.MemberID) }

func (d memberDocument) member() Member {
	m, user := d.Member, d.Embedded.User
	m.ID, m.State = d.id(), upper(m.State)
	m.UserID, m.Name, m.DisplayName = cmp.Or(m.UserID, user.ID), cmp.Or(m.Name, user.Name), cmp.Or(m.DisplayName, user.DisplayName)
	if d.Initiator == nil {
		return m
	}
	m.Initiator = &Initiator{}
	if joined := d.Initiator.Joined; joined != nil {
		joined.IsSystem = cmp.Or(joined.IsSystem, joined.IsSystemCamel)
		m.Initiator.Joined = &joined.InitiatorJoined
	}
	if invited := d.Initiator.Invited; invited != nil {
		invited.IsSystem = cmp.Or(invited.IsSystem, invited.IsSystemCamel)
		m.Initiator.Invited = &invited.InitiatorInvited
	}
	return m
}

func upper(text *string) *string {
	if text == nil {
		return nil
	}
	return new(strings.ToUpper(*text))
}
