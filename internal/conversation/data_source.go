// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

// Package conversation implements the data source vonage_conversation, on the Conversation API
// (https://developer.vonage.com/en/api/conversation).
package conversation

import (
	"context"
	"regexp"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/vonage/terraform-provider-vonage/internal/framework"
	"github.com/vonage/terraform-provider-vonage/internal/schematype"
	"github.com/vonage/terraform-provider-vonage/internal/vonage"
)

// NewDataSource returns the data source vonage_conversation.
func NewDataSource() datasource.DataSource {
	return &dataSource{}
}

type dataSource struct {
	data *framework.ProviderData
}

func (d *dataSource) Metadata(_ context.Context, req datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_conversation"
}

func (d *dataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = newSchema()
}

func (d *dataSource) Configure(_ context.Context, req datasource.ConfigureRequest, resp *datasource.ConfigureResponse) {
	d.data = framework.Data(req.ProviderData, &resp.Diagnostics)
}

func (d *dataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var config model
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	if resp.Diagnostics.HasError() {
		return
	}
	query, diags := config.toRequest()
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}
	conversation, err := d.data.Client.Conversations.Get(ctx, query)
	switch {
	case err == nil:
		resp.Diagnostics.Append(resp.State.Set(ctx, newModel(conversation, config))...)
	case vonage.IsNotFound(err) && config.AllowMissing.ValueBool():
		resp.Diagnostics.AddAttributeWarning(path.Root("id"), "Conversation does not exist", d.whyNotFound(ctx, query, err))
		resp.Diagnostics.Append(resp.State.Set(ctx, missing(config))...)
	default:
		d.addError(ctx, &resp.Diagnostics, query, err)
	}
}

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

// model is the data source's configuration and result. A nil is a value that the API's response omits.
type model struct {
	ID           types.String `tfsdk:"id"`
	APIVersion   types.String `tfsdk:"api_version"`
	RegionURL    types.String `tfsdk:"region_url"`
	AllowMissing types.Bool   `tfsdk:"allow_missing"`

	Exists         *bool       `tfsdk:"exists"`
	Name           *string     `tfsdk:"name"`
	DisplayName    *string     `tfsdk:"display_name"`
	ImageURL       *string     `tfsdk:"image_url"`
	State          *string     `tfsdk:"state"`
	SequenceNumber *int64      `tfsdk:"sequence_number"`
	Timestamp      *timestamp  `tfsdk:"timestamp"`
	Properties     *properties `tfsdk:"properties"`
	Members        []member    `tfsdk:"members"`
	Raw            *string     `tfsdk:"raw"`
}

type timestamp struct {
	Created   *string `tfsdk:"created"`
	Updated   *string `tfsdk:"updated"`
	Destroyed *string `tfsdk:"destroyed"`
}

type properties struct {
	TTL           *int64            `tfsdk:"ttl"`
	Video         *bool             `tfsdk:"video"`
	Type          *string           `tfsdk:"type"`
	CustomSortKey *string           `tfsdk:"custom_sort_key"`
	CustomData    map[string]string `tfsdk:"custom_data"`
}

// toRequest returns the query.
func (m model) toRequest() (vonage.ConversationQuery, diag.Diagnostics) {
	var diags diag.Diagnostics
	query := vonage.ConversationQuery{ID: m.ID.ValueString(), Version: m.APIVersion.ValueString()}
	if !m.RegionURL.IsNull() {
		origin, err := parseRegionURL(m.RegionURL.ValueString())
		if err != nil {
			diags.AddAttributeError(path.Root("region_url"), "Invalid region URL", err.Error())
		}
		query.BaseURL = origin
	}
	return query, diags
}

// newModel returns the result for a conversation that config queried.
func newModel(c vonage.Conversation, config model) model {
	m := missing(config)
	m.Exists = new(true)
	m.Name = c.Name
	m.DisplayName = c.DisplayName
	m.ImageURL = c.ImageURL
	m.State = c.State
	m.SequenceNumber = c.SequenceNumber
	if c.Timestamp != (vonage.ConversationTimestamp{}) {
		m.Timestamp = &timestamp{Created: c.Timestamp.Created, Updated: c.Timestamp.Updated, Destroyed: c.Timestamp.Destroyed}
	}
	m.Properties = newProperties(c.Properties)
	m.Members = newMembers(c.Members)
	m.Raw = new(strings.ToValidUTF8(string(c.Raw), "\uFFFD")) // encoding/json replaces invalid UTF-8 in the same way
	return m
}

// missing returns the result for a conversation that does not exist.
func missing(config model) model {
	return model{
		ID:           config.ID,
		APIVersion:   config.APIVersion,
		RegionURL:    config.RegionURL,
		AllowMissing: config.AllowMissing,
		Exists:       new(false),
	}
}

func newProperties(p vonage.ConversationProperties) *properties {
	if p.TTL == nil && p.Video == nil && p.Type == nil && p.CustomSortKey == nil && p.CustomData == nil {
		return nil
	}
	return &properties{TTL: p.TTL, Video: p.Video, Type: p.Type, CustomSortKey: p.CustomSortKey, CustomData: vonage.TextsOf(p.CustomData)}
}

// addError reports why the conversation could not be read. It explains two API errors that are unclear by themselves.
func (d *dataSource) addError(ctx context.Context, diags *diag.Diagnostics, query vonage.ConversationQuery, err error) {
	switch {
	case vonage.IsNotFound(err):
		diags.AddAttributeError(path.Root("id"), framework.Unable("read", "conversation"), d.whyNotFound(ctx, query, err)+
			"\n\nWith allow_missing = true this is a warning, and exists is false.")
	case vonage.IsUnauthorized(err):
		diags.AddError(framework.Unable("read", "conversation"), d.whyUnauthorized(ctx, err))
	default:
		framework.AddError(diags, "read", "conversation", framework.InDataSource(err), nil)
	}
}

// whyNotFound lists the three situations in which the API reports that a conversation does not exist: it hides the
// conversations of other applications, and a region knows only its own.
func (d *dataSource) whyNotFound(ctx context.Context, query vonage.ConversationQuery, err error) string {
	region := "the one at the provider's api_url: set region_url to the region_url that the answer webhook of the call received"
	if query.BaseURL != "" {
		region = query.BaseURL + ": compare region_url with the one that the answer webhook of the call received"
	}
	return framework.Sentence(err.Error()) + "\n\nPossible causes:\n" +
		"  - The call has ended, and its conversation with it. Only named conversations outlive their calls.\n" +
		"  - The conversation belongs to another application; the provider's credentials are those of " + d.application(ctx) + ".\n" +
		"  - The call is in another region than " + region + "."
}

func (d *dataSource) whyUnauthorized(ctx context.Context, err error) string {
	return framework.Sentence(err.Error()) + "\n\nVonage does not accept the token that was sent for " + d.application(ctx) + ". Possible causes:\n" +
		"  - The signature does not match, because the provider's private_key is not the application's key, or no longer. Compare the public key " +
		"on the application's page (https://dashboard.vonage.com/applications).\n" +
		"  - The provider's jwt has expired: a token is valid until its exp, for 15 minutes without one, and always for less than 24 hours.\n" +
		"  - The clock of this machine is wrong: a token contains the time at which it was made."
}

// application describes the application whose credentials are used.
func (d *dataSource) application(ctx context.Context) string {
	application, _ := d.data.Application(ctx) // a token was sent
	return application.String()
}
