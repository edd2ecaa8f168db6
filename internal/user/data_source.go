// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package user

import (
	"cmp"
	"context"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/path"
	resourceschema "github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/vonage/terraform-provider-vonage/internal/framework"
	"github.com/vonage/terraform-provider-vonage/internal/schematype"
	"github.com/vonage/terraform-provider-vonage/internal/vonage"
)

// computedChannels returns the resource's channels as computed attributes, without passwords.
func computedChannels() schema.Attribute {
	kinds := map[string]schema.Attribute{}
	for kind, attribute := range channelsAttribute().Attributes {
		list, ok := attribute.(resourceschema.ListNestedAttribute)
		if !ok {
			continue
		}
		members := map[string]schema.Attribute{}
		for name, member := range list.NestedObject.Attributes {
			switch member := member.(type) {
			case resourceschema.StringAttribute:
				members[name] = schema.StringAttribute{MarkdownDescription: member.MarkdownDescription, CustomType: member.CustomType, Computed: true}
			case resourceschema.MapAttribute:
				members[name] = schema.MapAttribute{MarkdownDescription: member.MarkdownDescription, ElementType: member.ElementType, Computed: true}
			}
		}
		delete(members, "password")
		kinds[kind] = schema.ListNestedAttribute{
			MarkdownDescription: "Channels of this kind; null if there are none. API: `channels." + kind + "`.",
			Computed:            true,
			NestedObject:        schema.NestedAttributeObject{Attributes: members},
		}
	}
	return schema.SingleNestedAttribute{
		MarkdownDescription: "Where calls and messages reach the user; null if nowhere. Passwords are not shown. API: `channels`.",
		Computed:            true,
		Attributes:          kinds,
	}
}

var (
	_ datasource.DataSourceWithConfigure = (*dataSource)(nil)
	_ datasource.DataSourceWithConfigure = (*pluralDataSource)(nil)
)

// NewDataSource returns the data source vonage_user.
func NewDataSource() datasource.DataSource { return &dataSource{} }

type dataSource struct{ data *framework.ProviderData }

func (d *dataSource) Metadata(_ context.Context, req datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_user"
}

func (d *dataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "Reads one user of the provider's application by its id or its name: in one request by its id, in two by its name.\n\n" +
			"It needs the `application_id` and `private_key` (or `jwt`) of the application, and no API key.",
		Attributes: map[string]schema.Attribute{
			"id": schema.StringAttribute{
				MarkdownDescription: "The id of the user to read, `USR-…`. Set either this or `name`. API: `id`.",
				Optional:            true, Computed: true,
				Validators: []validator.String{
					schematype.Reference(schematype.Matches(userID, "must start with \"USR-\" and have no spaces")),
					stringvalidator.ExactlyOneOf(path.MatchRoot("id"), path.MatchRoot("name")),
				},
			},
			"name": schema.StringAttribute{
				MarkdownDescription: "The name of the user to read. Set either this or `id`. API: `name`.",
				Optional:            true, Computed: true,
				Validators: []validator.String{stringvalidator.LengthAtLeast(1)},
			},
			"display_name": schema.StringAttribute{MarkdownDescription: "Name for people. API: `display_name`.", Computed: true},
			"image_url":    schema.StringAttribute{MarkdownDescription: "URL of a picture. API: `image_url`.", Computed: true},
			"custom_data": schema.MapAttribute{
				MarkdownDescription: "Data that a program attached to the user. Values that are not strings are JSON-encoded. API: `properties.custom_data`.",
				ElementType:         types.StringType,
				Computed:            true,
			},
			"ttl":      schema.Int64Attribute{MarkdownDescription: "Time after which Vonage deletes the user, in seconds. API: `properties.ttl`.", CustomType: schematype.Int64Type{}, Computed: true},
			"channels": computedChannels(),
		},
	}
}

func (d *dataSource) Configure(_ context.Context, req datasource.ConfigureRequest, resp *datasource.ConfigureResponse) {
	d.data = framework.Data(req.ProviderData, &resp.Diagnostics)
}

type userData struct {
	ID          types.String          `tfsdk:"id"`
	Name        types.String          `tfsdk:"name"`
	DisplayName types.String          `tfsdk:"display_name"`
	ImageURL    types.String          `tfsdk:"image_url"`
	CustomData  map[string]string     `tfsdk:"custom_data"`
	TTL         schematype.Int64      `tfsdk:"ttl"`
	Channels    *channels[sipAddress] `tfsdk:"channels"`
}

func (d *dataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var id, name types.String
	resp.Diagnostics.Append(req.Config.GetAttribute(ctx, path.Root("id"), &id)...)
	resp.Diagnostics.Append(req.Config.GetAttribute(ctx, path.Root("name"), &name)...)
	if !id.IsNull() && !userID.MatchString(id.ValueString()) { // see schematype.Reference
		resp.Diagnostics.AddAttributeError(path.Root("id"), "Invalid user id", vonage.Quote(id.ValueString())+" is not the id of a user, which begins with USR-.")
	}
	if resp.Diagnostics.HasError() {
		return
	}
	noun, read, key := "user "+vonage.Quote(id.ValueString()), d.data.Client.Users.Get, id.ValueString()
	if id.IsNull() {
		noun, read, key = "user "+vonage.Quote(name.ValueString()), d.data.Client.Users.FindByName, name.ValueString()
	}
	user, err := read(ctx, key)
	if err != nil {
		framework.AddError(&resp.Diagnostics, "read", noun, framework.InDataSource(explainMissing(ctx, d.data, err)), nil)
		return
	}
	found := newModel(user)
	resp.Diagnostics.Append(resp.State.Set(ctx, userData{
		found.ID, found.Name, found.DisplayName, found.ImageURL, found.CustomData, found.TTL, newChannels(user.Channels, newSIPAddress),
	})...)
}

// NewPluralDataSource returns the data source vonage_users.
func NewPluralDataSource() datasource.DataSource { return &pluralDataSource{} }

type pluralDataSource struct{ users *vonage.UsersService }

func (d *pluralDataSource) Metadata(_ context.Context, req datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_users"
}

func (d *pluralDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "Reads all users of the provider's application, in one request per 100. The list has neither their channels nor their custom data: `vonage_user` has.\n\n" +
			"It needs the `application_id` and `private_key` (or `jwt`) of the application, and no API key.",
		Attributes: map[string]schema.Attribute{
			"users": schema.ListNestedAttribute{
				MarkdownDescription: "The users, ordered by id. API: `_embedded.users` of all pages.",
				Computed:            true,
				NestedObject: schema.NestedAttributeObject{Attributes: map[string]schema.Attribute{
					"id":           schema.StringAttribute{MarkdownDescription: "The user's id, `USR-…`. API: `id`.", Computed: true},
					"name":         schema.StringAttribute{MarkdownDescription: "Name, unique in the application. API: `name`.", Computed: true},
					"display_name": schema.StringAttribute{MarkdownDescription: "Name for people. API: `display_name`.", Computed: true},
				}},
			},
		},
	}
}

func (d *pluralDataSource) Configure(_ context.Context, req datasource.ConfigureRequest, resp *datasource.ConfigureResponse) {
	if data := framework.Data(req.ProviderData, &resp.Diagnostics); data != nil {
		d.users = data.Client.Users
	}
}

type usersData struct {
	Users []listedUser `tfsdk:"users"`
}

type listedUser struct {
	ID          string  `tfsdk:"id"`
	Name        string  `tfsdk:"name"`
	DisplayName *string `tfsdk:"display_name"`
}

func (d *pluralDataSource) Read(ctx context.Context, _ datasource.ReadRequest, resp *datasource.ReadResponse) {
	found := usersData{Users: []listedUser{}}
	for user, err := range d.users.List(ctx) {
		shown, more := framework.Listed(&resp.Diagnostics, "list", "users", framework.InDataSource(err))
		if !more {
			return
		}
		if shown {
			found.Users = append(found.Users, listedUser{user.ID, user.Name, user.DisplayName})
		}
	}
	slices.SortFunc(found.Users, func(a, b listedUser) int { return cmp.Compare(a.ID, b.ID) })
	resp.Diagnostics.Append(resp.State.Set(ctx, found)...)
}
