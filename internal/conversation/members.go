// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package conversation

import (
	"cmp"
	"slices"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

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

func membersAttribute() schema.Attribute {
	return schema.ListNestedAttribute{
		Computed: true,
		MarkdownDescription: "All current, former and invited members of the conversation, in the order in which they arrived " +
			"(the earliest of `timestamp.invited`, `.joined` and `.left`; those without any of them last), then by `id`. " +
			"In a phone call, each leg is a member. API: `members`.",
		NestedObject: schema.NestedAttributeObject{Attributes: map[string]schema.Attribute{
			"id":      text("The member's id, `MEM-…`. API: `members[].id` (`member_id` before v0.3)."),
			"user_id": text("Id of the user behind the member, `USR-…`. API: `members[]._embedded.user.id` (`user_id` before v0.3)."),
			"name": text("Name of that user; `vapi-user-…` for legs that the Voice API created. " +
				"API: `members[]._embedded.user.name` (`name` before v0.3)."),
			"display_name": text("Display name of that user. API: `members[]._embedded.user.display_name`."),
			"state":        text("`INVITED`, `JOINED`, `LEFT` or `UNKNOWN`, always in upper case. API: `members[].state`."),
			"invited_by":   text("Who invited the member: the id of a user before v0.3, of a member from v0.3 on. API: `members[].invited_by`."),
			"timestamp": schema.SingleNestedAttribute{
				Computed:            true,
				MarkdownDescription: "When the member reached each state, in RFC 3339 format; null for states that it never had. API: `members[].timestamp`.",
				Attributes: map[string]schema.Attribute{
					"invited": text("When it was invited. API: `members[].timestamp.invited`."),
					"joined":  text("When it joined. API: `members[].timestamp.joined`."),
					"left":    text("When it left. API: `members[].timestamp.left`."),
				},
			},
			"initiator": initiatorAttribute(),
			"channel":   channelAttribute(),
			"media":     mediaAttribute(),
		}},
	}
}

func initiatorAttribute() schema.Attribute {
	return schema.SingleNestedAttribute{
		Computed:            true,
		MarkdownDescription: "Who invited the member or made it join. API: `members[].initiator`.",
		Attributes: map[string]schema.Attribute{
			"joined": schema.SingleNestedAttribute{
				Computed:            true,
				MarkdownDescription: "Who made it join. API: `members[].initiator.joined`.",
				Attributes: map[string]schema.Attribute{
					"is_system": boolean("Whether Vonage itself did it, as in calls. API: `is_system` (`isSystem` before v0.3)."),
					"user_id":   text("Id of the user who did it; null if Vonage did. API: `user_id`."),
					"member_id": text("Id of the member who did it; null if Vonage did. API: `member_id`."),
				},
			},
			"invited": schema.SingleNestedAttribute{
				Computed:            true,
				MarkdownDescription: "Who invited it. API: `members[].initiator.invited`.",
				Attributes: map[string]schema.Attribute{
					"is_system": boolean("Whether Vonage itself did it, as in calls. API: `is_system` (`isSystem` before v0.3)."),
				},
			},
		},
	}
}

func channelAttribute() schema.Attribute {
	return schema.SingleNestedAttribute{
		Computed:            true,
		MarkdownDescription: "How the member is connected. API: `members[].channel`.",
		Attributes: map[string]schema.Attribute{
			"type": text("`app`, `phone`, `sip`, `websocket`, `vbc` or a messaging channel. API: `channel.type`."),
			"id":   text("Id of the member's leg, the `uuid` of the Voice API and its webhooks. API: `channel.id`."),
			"leg_ids": schema.ListAttribute{
				Computed:            true,
				ElementType:         types.StringType,
				MarkdownDescription: "Ids of all legs the member has had. API: `channel.leg_ids`.",
			},
			"from":         endpointAttribute("from", "Where the leg comes from."),
			"to":           endpointAttribute("to", "Where the leg goes to."),
			"cpa":          boolean("Whether answering machines are detected; outbound legs only. API: `channel.cpa`."),
			"preanswer":    boolean("Whether media may flow before the call is answered; outbound legs only. API: `channel.preanswer`."),
			"ring_timeout": number("Maximum ringing time, in milliseconds; outbound legs only. API: `channel.ring_timeout`."),
			"cpa_time":     number("Maximum duration of answering machine detection, in milliseconds; outbound legs only. API: `channel.cpa_time`."),
			"max_length":   number("Maximum duration of the leg, in milliseconds; outbound legs only. API: `channel.max_length`."),
		},
	}
}

func endpointAttribute(name, description string) schema.Attribute {
	return schema.SingleNestedAttribute{
		Computed:            true,
		MarkdownDescription: description + " API: `channel." + name + "`.",
		Attributes: map[string]schema.Attribute{
			"type": text("Type of the endpoint, with the values of the channel's `type`. Can be several, separated by commas. API: `channel." + name + ".type`."),
			"number": text("Phone number in E.164 digits without `+`, or `Unknown`; phone and messaging channels. " +
				"API: `channel." + name + ".number`."),
			"user":      text("Name of the user; app channels. API: `channel." + name + ".user`."),
			"uri":       text("URI; SIP and WebSocket channels. API: `channel." + name + ".uri`."),
			"extension": text("Extension; VBC channels. API: `channel." + name + ".extension`."),
		},
	}
}

func mediaAttribute() schema.Attribute {
	return schema.SingleNestedAttribute{
		Computed:            true,
		MarkdownDescription: "The member's media. API: `members[].media`.",
		Attributes: map[string]schema.Attribute{
			"audio": boolean("Whether audio is on. API: `media.audio`."),
			"audio_settings": schema.SingleNestedAttribute{
				Computed:            true,
				MarkdownDescription: "The state of the audio. API: `media.audio_settings`.",
				Attributes: map[string]schema.Attribute{
					"enabled":   boolean("Whether audio is enabled. API: `media.audio_settings.enabled`."),
					"earmuffed": boolean("Whether the member cannot hear the others. API: `media.audio_settings.earmuffed`."),
					"muted":     boolean("Whether the others cannot hear the member. API: `media.audio_settings.muted`."),
				},
			},
		},
	}
}

// byArrival orders members by arrival time, those without one last, and then by id: the API guarantees no order, and
// members[0] must be the same member in every plan.
func byArrival(a, b vonage.Member) int {
	return cmp.Or(compareArrival(arrival(a.Timestamp), arrival(b.Timestamp)), cmp.Compare(a.ID, b.ID))
}

func compareArrival(a, b time.Time) int {
	switch {
	case a.IsZero() && b.IsZero():
		return 0
	case a.IsZero():
		return 1
	case b.IsZero():
		return -1
	}
	return a.Compare(b)
}

// arrival returns the earliest of a member's times, or the zero time if none can be parsed.
func arrival(t vonage.MemberTimestamp) time.Time {
	var earliest time.Time
	for _, text := range []*string{t.Invited, t.Joined, t.Left} {
		if text == nil {
			continue
		}
		at, err := time.Parse(time.RFC3339, *text)
		if err == nil && (earliest.IsZero() || at.Before(earliest)) {
			earliest = at
		}
	}
	return earliest
}
