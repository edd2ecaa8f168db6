// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package conversation

import (
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

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
