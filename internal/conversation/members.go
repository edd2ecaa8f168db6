// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package conversation

import (
	"slices"

	"github.com/vonage/terraform-provider-vonage/internal/vonage"
)

type member struct {
	ID          string           `tfsdk:"id"`
	UserID      *string          `tfsdk:"user_id"`
	Name        *string          `tfsdk:"name"`
	DisplayName *string          `tfsdk:"display_name"`
	State       *string          `tfsdk:"state"`
	InvitedBy   *string          `tfsdk:"invited_by"`
	Timestamp   *memberTimestamp `tfsdk:"timestamp"`
	Initiator   *initiator       `tfsdk:"initiator"`
	Channel     *channel         `tfsdk:"channel"`
	Media       *media           `tfsdk:"media"`
}

type memberTimestamp struct {
	Invited *string `tfsdk:"invited"`
	Joined  *string `tfsdk:"joined"`
	Left    *string `tfsdk:"left"`
}

type initiator struct {
	Joined  *joinInitiator   `tfsdk:"joined"`
	Invited *inviteInitiator `tfsdk:"invited"`
}

type joinInitiator struct {
	IsSystem *bool   `tfsdk:"is_system"`
	UserID   *string `tfsdk:"user_id"`
	MemberID *string `tfsdk:"member_id"`
}

type inviteInitiator struct {
	IsSystem *bool `tfsdk:"is_system"`
}

type channel struct {
	Type        *string   `tfsdk:"type"`
	ID          *string   `tfsdk:"id"`
	LegIDs      []string  `tfsdk:"leg_ids"`
	From        *endpoint `tfsdk:"from"`
	To          *endpoint `tfsdk:"to"`
	CPA         *bool     `tfsdk:"cpa"`
	Preanswer   *bool     `tfsdk:"preanswer"`
	RingTimeout *int64    `tfsdk:"ring_timeout"`
	CPATime     *int64    `tfsdk:"cpa_time"`
	MaxLength   *int64    `tfsdk:"max_length"`
}

type endpoint struct {
	Type      *string `tfsdk:"type"`
	Number    *string `tfsdk:"number"`
	User      *string `tfsdk:"user"`
	URI       *string `tfsdk:"uri"`
	Extension *string `tfsdk:"extension"`
}

type media struct {
	Audio         *bool          `tfsdk:"audio"`
	AudioSettings *audioSettings `tfsdk:"audio_settings"`
}

type audioSettings struct {
	Enabled   *bool `tfsdk:"enabled"`
	Earmuffed *bool `tfsdk:"earmuffed"`
	Muted     *bool `tfsdk:"muted"`
}

func newMembers(api []vonage.Member) []member {
	if api == nil {
		return nil
	}
	arrived := slices.SortedFunc(slices.Values(api), byArrival)
	members := make([]member, len(arrived))
	for i, m := range arrived {
		members[i] = newMember(m)
	}
	return members
}

func newMember(m vonage.Member) member {
	next := member{
		ID: m.ID, UserID: m.UserID, Name: m.Name, DisplayName: m.DisplayName, State: m.State, InvitedBy: m.InvitedBy,
		Initiator: newInitiator(m.Initiator), Channel: newChannel(m.Channel), Media: newMedia(m.Media),
	}
	if m.Timestamp != (vonage.MemberTimestamp{}) {
		next.Timestamp = &memberTimestamp{Invited: m.Timestamp.Invited, Joined: m.Timestamp.Joined, Left: m.Timestamp.Left}
	}
	return next
}

func newInitiator(i *vonage.Initiator) *initiator {
	if i == nil {
		return nil
	}
	var next initiator
	if i.Joined != nil {
		next.Joined = &joinInitiator{IsSystem: i.Joined.IsSystem, UserID: i.Joined.UserID, MemberID: i.Joined.MemberID}
	}
	if i.Invited != nil {
		next.Invited = &inviteInitiator{IsSystem: i.Invited.IsSystem}
	}
	return &next
}

func newChannel(c *vonage.Channel) *channel {
	if c == nil {
		return nil
	}
	return &channel{
		Type: c.Type, ID: c.ID, LegIDs: c.LegIDs, From: newEndpoint(c.From), To: newEndpoint(c.To), CPA: c.CPA, Preanswer: c.Preanswer,
		RingTimeout: c.RingTimeout, CPATime: c.CPATime, MaxLength: c.MaxLength,
	}
}

func newEndpoint(e *vonage.Endpoint) *endpoint {
	if e == nil {
		return nil
	}
	return &endpoint{Type: e.Type, Number: e.Number, User: e.User, URI: e.URI, Extension: e.Extension}
}

func newMedia(m *vonage.Media) *media {
	if m == nil {
		return nil
	}
	next := &media{Audio: m.Audio}
	if s := m.AudioSettings; s != nil {
		next.AudioSettings = &audioSettings{Enabled: s.Enabled, Earmuffed: s.Earmuffed, Muted: s.Muted}
	}
	return next
}
