// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package vonage

import (
	"cmp"
	"encoding/json"
	"strings"
)

// conversationDocument decodes a conversation of either shape.
type conversationDocument struct {
	ID             string                `json:"id"`   // shape B
	UUID           string                `json:"uuid"` // shape A
	Name           *string               `json:"name"`
	DisplayName    *string               `json:"display_name"`
	ImageURL       *string               `json:"image_url"`
	State          *string               `json:"state"`
	SequenceNumber *int64                `json:"sequence_number"`
	Timestamp      ConversationTimestamp `json:"timestamp"`
	Properties     struct {
		TTL           *int64                     `json:"ttl"`
		Video         *bool                      `json:"video"`
		Type          *string                    `json:"type"`
		CustomSortKey *string                    `json:"custom_sort_key"`
		CustomData    map[string]json.RawMessage `json:"custom_data"`
	} `json:"properties"`
	Members []json.RawMessage `json:"members"` // shape A
}

func (d conversationDocument) id() string { return cmp.Or(d.ID, d.UUID) }

func (d conversationDocument) conversation(raw []byte) Conversation {
	return Conversation{
		ID: d.id(), Name: d.Name, DisplayName: d.DisplayName, ImageURL: d.ImageURL, State: upper(d.State),
		SequenceNumber: d.SequenceNumber, Timestamp: d.Timestamp,
		Properties: ConversationProperties{
			TTL: d.Properties.TTL, Video: d.Properties.Video, Type: d.Properties.Type,
			CustomSortKey: d.Properties.CustomSortKey, CustomData: d.Properties.CustomData,
		},
		Raw: raw,
	}
}

// memberDocument decodes a member of either shape.
type memberDocument struct {
	ID          string          `json:"id"`        // shape B
	MemberID    string          `json:"member_id"` // shape A
	UserID      *string         `json:"user_id"`
	Name        *string         `json:"name"`
	DisplayName *string         `json:"display_name"`
	State       *string         `json:"state"`
	InvitedBy   *string         `json:"invited_by"`
	Timestamp   MemberTimestamp `json:"timestamp"`
	Initiator   *struct {
		Joined  *initiatorDocument `json:"joined"`
		Invited *initiatorDocument `json:"invited"`
	} `json:"initiator"`
	Channel  *channelDocument `json:"channel"`
	Media    *Media           `json:"media"`
	Embedded struct {         // shape B
		User struct {
			ID          *string `json:"id"`
			Name        *string `json:"name"`
			DisplayName *string `json:"display_name"`
		} `json:"user"`
	} `json:"_embedded"`
}

func (d memberDocument) id() string { return cmp.Or(d.ID, d.MemberID) }

func (d memberDocument) member() Member {
	user := d.Embedded.User
	member := Member{
		ID: d.id(), UserID: cmp.Or(d.UserID, user.ID), Name: cmp.Or(d.Name, user.Name),
		DisplayName: cmp.Or(d.DisplayName, user.DisplayName), State: upper(d.State), InvitedBy: d.InvitedBy,
		Timestamp: d.Timestamp, Media: d.Media,
	}
	if d.Initiator != nil {
		member.Initiator = &Initiator{}
		if joined := d.Initiator.Joined; joined != nil {
			member.Initiator.Joined = &InitiatorJoined{IsSystem: joined.system(), UserID: joined.UserID, MemberID: joined.MemberID}
		}
		if invited := d.Initiator.Invited; invited != nil {
			member.Initiator.Invited = &InitiatorInvited{IsSystem: invited.system()}
		}
	}
	if d.Channel != nil {
		member.Channel = d.Channel.channel()
	}
	return member
}

// initiatorDocument has one key that is spelled differently in each shape.
type initiatorDocument struct {
	IsSystem      *bool   `json:"is_system"`
	IsSystemCamel *bool   `json:"isSystem"`
	UserID        *string `json:"user_id"`
	MemberID      *string `json:"member_id"`
}

func (d initiatorDocument) system() *bool { return cmp.Or(d.IsSystem, d.IsSystemCamel) }

type channelDocument struct {
	Type        *string           `json:"type"`
	ID          *string           `json:"id"`
	LegIDs      []string          `json:"leg_ids"`
	From        *endpointDocument `json:"from"`
	To          *endpointDocument `json:"to"`
	CPA         *bool             `json:"cpa"`
	Preanswer   *bool             `json:"preanswer"`
	RingTimeout *int64            `json:"ring_timeout"`
	CPATime     *int64            `json:"cpa_time"`
	MaxLength   *int64            `json:"max_length"`
}

func (d channelDocument) channel() *Channel {
	return &Channel{
		Type: d.Type, ID: d.ID, LegIDs: d.LegIDs, From: d.From.endpoint(), To: d.To.endpoint(), CPA: d.CPA, Preanswer: d.Preanswer,
		RingTimeout: d.RingTimeout, CPATime: d.CPATime, MaxLength: d.MaxLength,
	}
}

type endpointDocument struct {
	Type      *string `json:"type"`
	Number    *string `json:"number"`
	User      *string `json:"user"`
	URI       *string `json:"uri"`
	Extension *string `json:"extension"`
}

func (d *endpointDocument) endpoint() *Endpoint {
	if d == nil {
		return nil
	}
	return &Endpoint{
		Type: d.Type, Number: d.Number, User: d.User, URI: d.URI, Extension: d.Extension,
	}
}

func upper(text *string) *string {
	if text == nil {
		return nil
	}
	return new(strings.ToUpper(*text))
}
