// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package vonage

import "encoding/json"

// Conversation is a conversation of the Conversation API, decoded from any of its versions: shape A (beta and v0.1)
// embeds members, shape B (v0.3 and v1) has separate endpoints for them. Fields that the answer omits are nil or
// empty. Times are RFC 3339, as received.
type Conversation struct {
	ID             string                 `json:"id"`
	Name           *string                `json:"name"`
	DisplayName    *string                `json:"display_name"`
	ImageURL       *string                `json:"image_url"`
	State          *string                `json:"state"`           // upper case
	SequenceNumber *int64                 `json:"sequence_number"` // of the last event
	Timestamp      ConversationTimestamp  `json:"timestamp"`
	Properties     ConversationProperties `json:"properties"`
	Members        []Member               `json:"-"` // in the API's order
	// Raw is the conversation as received, byte for byte; members fetched separately are not in it.
	Raw json.RawMessage `json:"-"`
}

// ConversationTimestamp holds when the conversation was created, updated and destroyed.
type ConversationTimestamp struct {
	Created   *string `json:"created"`
	Updated   *string `json:"updated"`
	Destroyed *string `json:"destroyed"`
}

// ConversationProperties are a conversation's settings.
type ConversationProperties struct {
	TTL           *int64                     `json:"ttl"` // seconds for which an empty conversation is kept
	Video         *bool                      `json:"video"`
	Type          *string                    `json:"type"`
	CustomSortKey *string                    `json:"custom_sort_key"`
	CustomData    map[string]json.RawMessage `json:"custom_data"` // JSON values: strings by the specification, which nothing enforces
}

// Member is a participant of a conversation, one per leg of a call.
type Member struct {
	ID          string          `json:"id"`
	UserID      *string         `json:"user_id"`
	Name        *string         `json:"name"`
	DisplayName *string         `json:"display_name"`
	State       *string         `json:"state"`      // INVITED, JOINED, LEFT or UNKNOWN
	InvitedBy   *string         `json:"invited_by"` // a user id in shape A, a member id in shape B
	Timestamp   MemberTimestamp `json:"timestamp"`
	Initiator   *Initiator      `json:"initiator"`
	Channel     *Channel        `json:"channel"`
	Media       *Media          `json:"media"`
}

// MemberTimestamp holds when a member reached each state.
type MemberTimestamp struct {
	Invited *string `json:"invited"`
	Joined  *string `json:"joined"`
	Left    *string `json:"left"`
}

// Initiator identifies who made a member join and who invited it.
type Initiator struct {
	Joined  *InitiatorJoined  `json:"joined"`
	Invited *InitiatorInvited `json:"invited"`
}

// InitiatorJoined identifies who made a member join: the system, or a user through a member.
type InitiatorJoined struct {
	IsSystem *bool   `json:"is_system"`
	UserID   *string `json:"user_id"`
	MemberID *string `json:"member_id"`
}

// InitiatorInvited identifies who invited a member.
type InitiatorInvited struct {
	IsSystem *bool `json:"is_system"`
}

// Channel is the medium through which a member participates.
type Channel struct {
	Type   *string   `json:"type"`
	ID     *string   `json:"id"` // the leg's id
	LegIDs []string  `json:"leg_ids"`
	From   *Endpoint `json:"from"`
	To     *Endpoint `json:"to"`
	// Set on outbound legs only; times are in milliseconds.
	CPA         *bool  `json:"cpa"`
	Preanswer   *bool  `json:"preanswer"`
	RingTimeout *int64 `json:"ring_timeout"`
	CPATime     *int64 `json:"cpa_time"`
	MaxLength   *int64 `json:"max_length"`
}

// Endpoint is one end of a channel. Type determines which other members apply.
type Endpoint struct {
	Type      *string `json:"type"`      // may list several types, separated by commas
	Number    *string `json:"number"`    // phone, sms; "Unknown" is possible
	User      *string `json:"user"`      // app
	URI       *string `json:"uri"`       // sip, websocket
	Extension *string `json:"extension"` // vbc
}

// Media holds which audio functions of a member are enabled.
type Media struct {
	Audio         *bool          `json:"audio"`
	AudioSettings *AudioSettings `json:"audio_settings"`
}

// AudioSettings holds the details of a member's audio.
type AudioSettings struct {
	Enabled   *bool `json:"enabled"`
	Earmuffed *bool `json:"earmuffed"`
	Muted     *bool `json:"muted"`
}
