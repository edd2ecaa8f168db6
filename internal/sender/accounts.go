// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package sender

import (
	"cmp"
	"context"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/list"
	listschema "github.com/hashicorp/terraform-plugin-framework/list/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/vonage/terraform-provider-vonage/internal/framework"
	"github.com/vonage/terraform-provider-vonage/internal/schematype"
	"github.com/vonage/terraform-provider-vonage/internal/vonage"
)

const onlyChannel = "Only the senders of this channel: " + channelDescription + ". Those of all channels by default. API: `provider`."

var _ datasource.DataSourceWithConfigure = (*accountsDataSource)(nil)

// accountsDataSource is the data source vonage_messages_accounts.
type accountsDataSource struct{ senders *vonage.SendersService }

type accountsModel struct {
	Channel  types.String   `tfsdk:"channel"`
	Accounts []accountModel `tfsdk:"accounts"`
}

type accountModel struct {
	Channel       types.String             `tfsdk:"channel"`
	ExternalID    types.String             `tfsdk:"external_id"`
	Name          types.String             `tfsdk:"name"`
	ApplicationID schematype.ApplicationID `tfsdk:"application_id"`
}

func newAccountModel(sender vonage.Sender) accountModel {
	account := accountModel{Channel: types.StringValue(sender.Channel), ExternalID: types.StringValue(sender.ExternalID)}
	if sender.Name != "" {
		account.Name = types.StringValue(sender.Name)
	}
	if sender.ApplicationID != "" {
		account.ApplicationID = schematype.NewApplicationID(sender.ApplicationID)
	}
	return account
}

// NewAccountsDataSource returns the data source vonage_messages_accounts.
func NewAccountsDataSource() datasource.DataSource { return &accountsDataSource{} }

func (d *accountsDataSource) Metadata(_ context.Context, req datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_messages_accounts"
}

func (d *accountsDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "Reads the senders of messages of the account, and the applications that get their messages. Their access tokens, which the API returns, are " +
			"not read. The API is a developer preview of Vonage's (External Accounts).",
		Attributes: map[string]schema.Attribute{
			"channel": schema.StringAttribute{
				MarkdownDescription: onlyChannel, Optional: true, Validators: []validator.String{schematype.OneOf(vonage.SenderChannels()...)},
			},
			"accounts": schema.ListNestedAttribute{
				MarkdownDescription: "The senders, ordered by channel and id. API: `_embedded` of all pages.",
				Computed:            true,
				NestedObject: schema.NestedAttributeObject{Attributes: map[string]schema.Attribute{
					"channel":     schema.StringAttribute{MarkdownDescription: "The channel of the sender. API: `provider`.", Computed: true},
					"external_id": schema.StringAttribute{MarkdownDescription: "The id of the sender on its channel. API: `external_id`.", Computed: true},
					"name":        schema.StringAttribute{MarkdownDescription: "The name of the sender, if it has one. API: `name`.", Computed: true},
					"application_id": schema.StringAttribute{
						MarkdownDescription: "The application that gets the sender's messages; null if none does. API: `applications`.",
						CustomType:          schematype.ApplicationIDType{}, Computed: true,
					},
				}},
			},
		},
	}
}

func (d *accountsDataSource) Configure(_ context.Context, req datasource.ConfigureRequest, resp *datasource.ConfigureResponse) {
	if data := framework.Data(req.ProviderData, &resp.Diagnostics); data != nil {
		d.senders = data.Client.Senders
	}
}

func (d *accountsDataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var found accountsModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &found)...)
	if resp.Diagnostics.HasError() {
		return
	}
	found.Accounts = []accountModel{}
	for sender, err := range d.senders.List(ctx, found.Channel.ValueString()) {
		shown, more := framework.Listed(&resp.Diagnostics, "list", "senders", framework.InDataSource(err))
		if !more {
			return
		}
		if shown {
			found.Accounts = append(found.Accounts, newAccountModel(sender))
		}
	}
	slices.SortFunc(found.Accounts, func(a, b accountModel) int {
		return cmp.Or(cmp.Compare(a.Channel.ValueString(), b.Channel.ValueString()), cmp.Compare(a.ExternalID.ValueString(), b.ExternalID.ValueString()))
	})
	resp.Diagnostics.Append(resp.State.Set(ctx, found)...)
}

var _ list.ListResourceWithConfigure = (*linkListResource)(nil)

// linkListResource is the list resource vonage_messages_account_link.
type linkListResource struct{ senders *vonage.SendersService }

// linkListModel is the configuration of the list.
type linkListModel struct {
	Channel types.String `tfsdk:"channel"`
}

// NewLinkListResource returns the list resource vonage_messages_account_link.
func NewLinkListResource() list.ListResource { return &linkListResource{} }

func (l *linkListResource) Metadata(_ context.Context, req resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_messages_account_link"
}

func (l *linkListResource) ListResourceConfigSchema(_ context.Context, _ list.ListResourceSchemaRequest, resp *list.ListResourceSchemaResponse) {
	resp.Schema = listschema.Schema{
		MarkdownDescription: "Lists the links between the account's senders of messages and applications. One request reads twenty.",
		Attributes: map[string]listschema.Attribute{
			"channel": listschema.StringAttribute{
				MarkdownDescription: onlyChannel, Optional: true, Validators: []validator.String{schematype.OneOf(vonage.SenderChannels()...)},
			},
		},
	}
}

func (l *linkListResource) Configure(_ context.Context, req resource.ConfigureRequest, resp *resource.ConfigureResponse) {
	if data := framework.Data(req.ProviderData, &resp.Diagnostics); data != nil {
		l.senders = data.Client.Senders
	}
}

func (l *linkListResource) List(ctx context.Context, req list.ListRequest, stream *list.ListResultsStream) {
	var config linkListModel
	if diags := req.Config.Get(ctx, &config); diags.HasError() {
		stream.Results = list.ListResultsStreamDiagnostics(diags)
		return
	}
	stream.Results = framework.Listing[vonage.Sender]{
		Noun:    "links of senders",
		All:     l.senders.List(ctx, config.Channel.ValueString()),
		Selects: func(sender vonage.Sender) bool { return sender.ApplicationID != "" },
		Name:    func(sender vonage.Sender) string { return sender.String() + " to application " + sender.ApplicationID },
		Model:   func(sender vonage.Sender) framework.Identifiable { return newLinkModel(sender, importedLink()) },
	}.Results(ctx, req)
}
