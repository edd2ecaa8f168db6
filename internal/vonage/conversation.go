// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package vonage

import "encoding/json"

// Conversation is a conversation of the Conversation API, whichever of its versions answered: shape A (beta and v0.1,
// members embedded) and shape B (v0.3 and v1, members from endpoints of their own). Nil and empty are what the answer
// leaves out. Times are RFC 3339 as received.
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

// ConversationTimestamp tells when the conversation was made, changed and ended.
type ConversationTimestamp struct {
	Created   *string `json:"created"`
	Updated   *string `json:"updated"`
	Destroyed *string `json:"destroyed"`
}

// ConversationProperties are a conversation's settings.
type ConversationProperties struct {
	TTL           *int64 // seconds for which it is kept when empty
	Video         *bool
	Type          *string
	CustomSortKey *string
	CustomData    map[string]json.RawMessage // values are JSON: strings by the specification, but nothing enforces it
}

// Member is a participant of a conversation, one per leg of a call.
type Member struct {
	ID          string
	UserID      *string
	Name        *string
	DisplayName *string
	State       *string // INVITED, JOINED, LEFT or UNKNOWN
	InvitedBy   *string // a user in shape A, a member in shape B
	Timestamp   MemberTimestamp
	Initiator   *Initiator
	Channel     *Channel
	Media       *Media
}

// MemberTimestamp tells when a member reached each state.
type MemberTimestamp struct {
	Invited *string `json:"invited"`
	Joined  *string `json:"joined"`
	Left    *string `json:"left"`
}

// Initiator tells who made a member join and who invited it.
type Initiator struct {
	Joined  *InitiatorJoined
	Invited *InitiatorInvited
}

// InitiatorJoined is who made a member join: the system, or a user as a member.
type InitiatorJoined struct {
	IsSystem         *bool
	UserID, MemberID *string
}

// InitiatorInvited is who invited a member.
type InitiatorInvited struct{ IsSystem *bool }

// Channel is how a member takes part.
type Channel struct {
	Type   *string
	ID     *string // of the leg
	LegIDs []string
	From   *Endpoint
	To     *Endpoint
	// The following are set on outbound legs only; times are in milliseconds.
	CPA         *bool
	Preanswer   *bool
	RingTimeout *int64
	CPATime     *int64
	MaxLength   *int64
}

// Endpoint is one end of a channel; which members it has depends on its type.
type Endpoint struct {
	Type      *string // may list several types, separated by commas
	Number    *string // phone, sms; "Unknown" is possible
	User      *string // app
	URI       *string // sip, websocket
	Extension *string // vbc
}

// Media tells what of a member's audio is on.
type Media struct {
	Audio         *bool          `json:"audio"`
	AudioSettings *AudioSettings `json:"audio_settings"`
}

// AudioSettings are the details of a member's audio.
type AudioSettings struct {
	Enabled   *bool `json:"enabled"`
	Earmuffed *bool `json:"earmuffed"`
	Muted     *bool `json:"muted"`
}
