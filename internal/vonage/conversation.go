// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package vonage

import "encoding/json"

// Conversation is a conversation of the Conversation API, decoded from any of its versions: shape A (beta and v0.1)
// embeds members, shape B (v0.3 and v1) has separate endpoints for them. Fields that the answer omits are nil or
// empty. Times are RFC 3339, as received.
type Conversation struct {
	ID             string
	Name           *string
	DisplayName    *string
	ImageURL       *string
	State          *string // upper case
	SequenceNumber *int64  // of the last event
	Timestamp      ConversationTimestamp
	Properties     ConversationProperties
	Members        []Member // in the API's order
	// Raw is the conversation as received, byte for byte; members fetched separately are not in it.
	Raw json.RawMessage
}

// ConversationTimestamp holds when the conversation was created, updated and destroyed.
type ConversationTimestamp struct {
	Created   *string `json:"created"`
	Updated   *string `json:"updated"`
	Destroyed *string `json:"destroyed"`
}

// ConversationProperties are a conversation's settings.
type ConversationProperties struct {
	TTL           *int64 // seconds for which an empty conversation is kept
	Video         *bool
	Type          *string
	CustomSortKey *string
	CustomData    map[string]json.RawMessage // JSON values: strings by the specification, which nothing enforces
}

// Member is a participant of a conversation, one per leg of a call.
type Member struct {
	ID          string
	UserID      *string
	Name        *string
	DisplayName *string
	State       *string // INVITED, JOINED, LEFT or UNKNOWN
	InvitedBy   *string // a user id in shape A, a member id in shape B
	Timestamp   MemberTimestamp
	Initiator   *Initiator
	Channel     *Channel
	Media       *Media
}

// MemberTimestamp holds when a member reached each state.
type MemberTimestamp struct {
	Invited *string `json:"invited"`
	Joined  *string `json:"joined"`
	Left    *string `json:"left"`
}

// Initiator identifies who made a member join and who invited it.
type Initiator struct {
	Joined  *InitiatorJoined
	Invited *InitiatorInvited
}

// InitiatorJoined identifies who made a member join: the system, or a user through a member.
type InitiatorJoined struct {
	IsSystem         *bool
	UserID, MemberID *string
}

// InitiatorInvited identifies who invited a member.
type InitiatorInvited struct{ IsSystem *bool }

// Channel is the medium through which a member participates.
type Channel struct {
	Type   *string
	ID     *string // the leg's id
	LegIDs []string
	From   *Endpoint
	To     *Endpoint
	// Set on outbound legs only; times are in milliseconds.
	CPA         *bool
	Preanswer   *bool
	RingTimeout *int64
	CPATime     *int64
	MaxLength   *int64
}

// Endpoint is one end of a channel. Type determines which other members apply.
type Endpoint struct {
	Type      *string // may list several types, separated by commas
	Number    *string // phone, sms; "Unknown" is possible
	User      *string // app
	URI       *string // sip, websocket
	Extension *string // vbc
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
