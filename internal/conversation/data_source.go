// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

// Package conversation implements the types that use the Conversation and Voice APIs: a data source and the action that
// places calls.
package conversation

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/vonage/terraform-provider-vonage/internal/framework"
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
		resp.Diagnostics.AddAttributeWarning(path.Root("id"), "Conversation does not exist", d.whyNotFound(query, err))
		resp.Diagnostics.Append(resp.State.Set(ctx, missing(config))...)
	default:
		d.addError(&resp.Diagnostics, query, err)
	}
}
