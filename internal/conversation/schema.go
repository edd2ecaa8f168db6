// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package conversation

import (
	"regexp"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// conversationID accepts the prefix and anything visible after it: the rest is a UUID in practice, but the examples in
// Vonage's own Conversation API specification (5.5.1) hold letters that no UUID has.
var conversationID = regexp.MustCompile(`^CON-\S+$`)

func newSchema() schema.Schema {
	return schema.Schema{
		MarkdownDescription: "A conversation of the Vonage Conversation API: what a phone call, an in-app call or a chat looks like " +
			"from the inside, with the members on each of its legs.\n\n" +
			"The answer and event webhooks of a call name its conversation (`conversation_uuid`). Unless the call was put into a named " +
			"conversation, Vonage forgets the conversation when the call ends, so this data source sees calls in progress; " +
			"`allow_missing` makes the end of a call a warning instead of an error.\n\n" +
			"Needs the `application_id` and `private_key` (or `jwt`) of the application that owns the conversation, " +
			"and no API key.",
		Attributes: map[string]schema.Attribute{
			"id": schema.StringAttribute{
				Required: true,
				MarkdownDescription: "The conversation's id, `CON-…`, as the webhooks of the call report it in `conversation_uuid`. " +
					"API: `id` (`uuid` before v0.3).",
				Validators: []validator.String{stringvalidator.RegexMatches(conversationID,
					"must start with \"CON-\" and have no spaces")},
			},
			"api_version": schema.StringAttribute{
				Optional: true,
				MarkdownDescription: "Version of the Conversation API to ask: `v1` (default), `v0.3`, `v0.1` or `beta`. All fill the same attributes. " +
					"The first two take one request for the conversation, one per 100 members and one per member; the last two take a single request. API: the first segment of the path.",
				Validators: []validator.String{stringvalidator.OneOf("v1", "v0.3", "v0.1", "beta")},
			},
			"region_url": schema.StringAttribute{
				Optional: true,
				MarkdownDescription: "Origin of the region that owns the call, as the answer webhook names it in its own `region_url`, such as " +
					"`https://api-us-3.vonage.com`. Other regions answer that the conversation does not exist. Only https hosts under `vonage.com` or " +
					"`nexmo.com` and loopback addresses are accepted, since the application's token is sent there. Default: the provider's `api_url`. Not part of the API.",
				Validators: []validator.String{regionURL()},
			},
			"allow_missing": schema.BoolAttribute{
				Optional: true,
				MarkdownDescription: "Whether a conversation that Vonage does not know (HTTP 404) is a warning and `exists = false` instead of an " +
					"error. All other attributes are null then. Default: `false`. Not part of the API.",
			},
			"exists": schema.BoolAttribute{
				Computed:            true,
				MarkdownDescription: "Whether the conversation was found. Can be `false` only with `allow_missing`. Not part of the API.",
			},
			"name":            text("Name, unique in its application. `NAM-…` when Vonage chose it. API: `name`."),
			"display_name":    text("Name to show to people. API: `display_name`."),
			"image_url":       text("Address of a picture of the conversation. API: `image_url`."),
			"state":           text("`ACTIVE`, `INACTIVE` (can only be read and deleted) or `DELETED`. API: `state`, from v0.3 on."),
			"sequence_number": number("Id of the latest event, which grows with each of them. API: `sequence_number`."),
			"timestamp": schema.SingleNestedAttribute{
				Computed:            true,
				MarkdownDescription: "When what happened to the conversation, in RFC 3339 format. API: `timestamp`.",
				Attributes: map[string]schema.Attribute{
					"created":   text("When it began. API: `timestamp.created`."),
					"updated":   text("When it was last changed. API: `timestamp.updated`."),
					"destroyed": text("When it was deleted. API: `timestamp.destroyed`."),
				},
			},
			"properties": schema.SingleNestedAttribute{
				Computed:            true,
				MarkdownDescription: "Settings of the conversation. API: `properties`.",
				Attributes: map[string]schema.Attribute{
					"ttl":             number("Seconds after which the conversation is deleted once nobody is in it. API: `properties.ttl`."),
					"video":           truth("Whether it carries video. API: `properties.video`, before v1."),
					"type":            text("Kind of conversation. API: `properties.type`."),
					"custom_sort_key": text("Key that conversations are sorted by. API: `properties.custom_sort_key`."),
					"custom_data": schema.MapAttribute{
						Computed:    true,
						ElementType: types.StringType,
						MarkdownDescription: "Data the application attached to the conversation. Values that are not strings are JSON-encoded. " +
							"API: `properties.custom_data`.",
					},
				},
			},
			"members": membersAttribute(),
			"raw": text("The conversation's JSON as received, for fields that have no attribute here; read it with `jsondecode`. " +
				"From v0.3 on it does not hold the members, which come from requests of their own. API: the whole answer."),
		},
	}
}

func text(description string) schema.StringAttribute {
	return schema.StringAttribute{Computed: true, MarkdownDescription: description}
}

func number(description string) schema.Int64Attribute {
	return schema.Int64Attribute{Computed: true, MarkdownDescription: description}
}

func truth(description string) schema.BoolAttribute {
	return schema.BoolAttribute{Computed: true, MarkdownDescription: description}
}
