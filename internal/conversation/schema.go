// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package conversation

import (
	"regexp"

	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/vonage/terraform-provider-vonage/internal/schematype"
)

// conversationID requires the prefix and then any visible characters: the rest is a UUID in practice, but the examples
// in Vonage's own Conversation API specification (5.5.1) contain letters that are not valid in a UUID.
var conversationID = regexp.MustCompile(`^CON-\S+$`)

func newSchema() schema.Schema {
	return schema.Schema{
		MarkdownDescription: "A conversation of the Vonage Conversation API: the object behind a phone call, an in-app call or a chat, " +
			"with its members and their legs.\n\n" +
			"The answer and event webhooks of a call contain the id of its conversation (`conversation_uuid`). Unless the call was put into a named " +
			"conversation, Vonage deletes the conversation when the call ends, so this data source reads calls in progress. With " +
			"`allow_missing`, it warns instead of failing once the call has ended.\n\n" +
			"It needs the `application_id` and `private_key` (or `jwt`) of the application that owns the conversation, " +
			"and no API key.",
		Attributes: map[string]schema.Attribute{
			"id": schema.StringAttribute{
				Required: true,
				MarkdownDescription: "The conversation's id, `CON-…`, as the webhooks of the call report it in `conversation_uuid`. " +
					"API: `id` (`uuid` before v0.3).",
				Validators: []validator.String{schematype.Matches(conversationID,
					"must start with \"CON-\" and have no spaces")},
			},
			"api_version": schema.StringAttribute{
				Optional: true,
				MarkdownDescription: "Version of the Conversation API to use: `v1` (default), `v0.3`, `v0.1` or `beta`. All of them fill the same attributes. " +
					"The first two need one request for the conversation, one per 100 members and one per member; the last two need a single request. API: the first segment of the path.",
				Validators: []validator.String{schematype.OneOf("v1", "v0.3", "v0.1", "beta")},
			},
			"region_url": schema.StringAttribute{
				Optional: true,
				MarkdownDescription: "Base URL of the region that owns the call, such as `https://api-us-3.vonage.com`: the parameter `region_url` of the answer webhook. " +
					"Other regions answer that the conversation does not exist. Only https hosts under `vonage.com` or " +
					"`nexmo.com` and loopback addresses are accepted, because the provider sends the application's token there. Default: the provider's `api_url`. Not part of the API.",
				Validators: []validator.String{regionURL()},
			},
			"allow_missing": schema.BoolAttribute{
				Optional: true,
				MarkdownDescription: "Whether a conversation that Vonage does not find (HTTP 404) gives a warning and `exists = false` instead of an " +
					"error. All other computed attributes are then null. Default: `false`. Not part of the API.",
			},
			"exists": schema.BoolAttribute{
				Computed:            true,
				MarkdownDescription: "Whether the conversation was found. Can be `false` only with `allow_missing`. Not part of the API.",
			},
			"name":            text("Name, unique within the application. `NAM-…` if Vonage chose it. API: `name`."),
			"display_name":    text("Display name. API: `display_name`."),
			"image_url":       text("URL of an image for the conversation. API: `image_url`."),
			"state":           text("`ACTIVE`, `INACTIVE` (can only be read and deleted) or `DELETED`; null before v0.3. API: `state`."),
			"sequence_number": number("Id of the latest event; it increases with every event. API: `sequence_number`."),
			"timestamp": schema.SingleNestedAttribute{
				Computed:            true,
				MarkdownDescription: "Times of changes to the conversation, in RFC 3339 format. API: `timestamp`.",
				Attributes: map[string]schema.Attribute{
					"created":   text("When it was created. API: `timestamp.created`."),
					"updated":   text("When it was last changed. API: `timestamp.updated`."),
					"destroyed": text("When it was deleted. API: `timestamp.destroyed`."),
				},
			},
			"properties": schema.SingleNestedAttribute{
				Computed:            true,
				MarkdownDescription: "Settings of the conversation. API: `properties`.",
				Attributes: map[string]schema.Attribute{
					"ttl":             number("Time after which Vonage deletes the empty conversation, in seconds. API: `properties.ttl`."),
					"video":           boolean("Whether the conversation has video. API: `properties.video`, before v1."),
					"type":            text("Type of conversation. API: `properties.type`."),
					"custom_sort_key": text("Key that conversations are sorted by. API: `properties.custom_sort_key`."),
					"custom_data": schema.MapAttribute{
						Computed:    true,
						ElementType: types.StringType,
						MarkdownDescription: "Data that the application attached to the conversation. Values that are not strings are JSON-encoded. " +
							"API: `properties.custom_data`.",
					},
				},
			},
			"members": membersAttribute(),
			"raw": text("The conversation's JSON as received, for fields that have no attribute here; read it with `jsondecode`. " +
				"With `v0.3` and `v1` it does not contain the members, which are read with separate requests. API: the whole response."),
		},
	}
}

func text(description string) schema.StringAttribute {
	return schema.StringAttribute{Computed: true, MarkdownDescription: description}
}

func number(description string) schema.Int64Attribute {
	return schema.Int64Attribute{Computed: true, MarkdownDescription: description}
}

func boolean(description string) schema.BoolAttribute {
	return schema.BoolAttribute{Computed: true, MarkdownDescription: description}
}
