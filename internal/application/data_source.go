// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package application

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	fwdatasource "github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"

	"github.com/vonage/terraform-provider-vonage/internal/framework"
	"github.com/vonage/terraform-provider-vonage/internal/schematype"
	"github.com/vonage/terraform-provider-vonage/internal/vonage"
)

var _ fwdatasource.DataSourceWithConfigure = (*dataSource)(nil)

type dataSource struct{ data *framework.ProviderData }

// NewDataSource returns the data source vonage_application.
func NewDataSource() fwdatasource.DataSource { return &dataSource{} }

func (d *dataSource) Metadata(_ context.Context, req fwdatasource.MetadataRequest, resp *fwdatasource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_application"
}

func (d *dataSource) Schema(ctx context.Context, _ fwdatasource.SchemaRequest, resp *fwdatasource.SchemaResponse) {
	attributes := computedAttributes(ctx)
	attributes["id"] = schema.StringAttribute{
		MarkdownDescription: "UUID of the application to read. Set either this or `name`. API: `id`.",
		Optional:            true, Computed: true,
		Validators: []validator.String{schematype.UUID(), stringvalidator.ExactlyOneOf(path.MatchRoot("id"), path.MatchRoot("name"))},
	}
	attributes["name"] = schema.StringAttribute{
		MarkdownDescription: "Name of the application to read. Exactly one application of the account must have it; the provider lists them all " +
			"to find it. Set either this or `id`. API: `name`.",
		Optional: true, Computed: true,
		Validators: []validator.String{stringvalidator.LengthAtLeast(1)},
	}
	resp.Schema = schema.Schema{
		MarkdownDescription: "Reads one application, by its id or its unique name. Only the public half of its key pair can be read.",
		Attributes:          attributes,
	}
}

func (d *dataSource) Configure(_ context.Context, req fwdatasource.ConfigureRequest, resp *fwdatasource.ConfigureResponse) {
	d.data = framework.Data(req.ProviderData, &resp.Diagnostics)
}

func (d *dataSource) Read(ctx context.Context, req fwdatasource.ReadRequest, resp *fwdatasource.ReadResponse) {
	var config dataModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	if resp.Diagnostics.HasError() {
		return
	}
	var app vonage.Application
	var err error
	if config.ID.IsNull() {
		app, err = findByName(ctx, d.data.Client, config.Name.ValueString())
	} else {
		app, err = d.data.Client.Applications.Get(ctx, config.ID.ValueString())
	}
	if vonage.IsNotFound(err) && !config.ID.IsNull() {
		err = framework.Advise(err, "Check the id, and that the provider's api_key belongs to the account that has the application: Vonage gives the same "+
			"answer for an application that does not exist and for one of another account.")
	}
	if err != nil {
		framework.AddError(&resp.Diagnostics, "read", "application", framework.InDataSource(err), nil)
		return
	}
	next := newDataModel(app)
	if !config.ID.IsNull() {
		next.ID = config.ID // in the spelling of the configuration
	}
	resp.Diagnostics.Append(resp.State.Set(ctx, next)...)
}
