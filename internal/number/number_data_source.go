// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package number

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"

	"github.com/vonage/terraform-provider-vonage/internal/framework"
	"github.com/vonage/terraform-provider-vonage/internal/schematype"
	"github.com/vonage/terraform-provider-vonage/internal/vonage"
)

var _ datasource.DataSourceWithConfigure = (*numberDataSource)(nil)

// NewDataSource returns the data source vonage_number.
func NewDataSource() datasource.DataSource { return &numberDataSource{} }

type numberDataSource struct{ numbers *vonage.NumbersService }

func (d *numberDataSource) Metadata(_ context.Context, req datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_number"
}

func (d *numberDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	attributes := ownedAttributes()
	attributes["msisdn"] = schema.StringAttribute{
		MarkdownDescription: "The phone number with its country calling code (E.164), with or without `+` and spaces. API: `msisdn`.",
		CustomType:          schematype.MSISDNType{},
		Validators:          []validator.String{schematype.Valid[schematype.MSISDNMeaning]()},
		Required:            true,
	}
	attributes["country"] = schema.StringAttribute{
		MarkdownDescription: "The country of the number, ISO 3166-1 alpha-2, in upper or lower case. By default the provider looks it up; required if the account has the number in more than one country. API: `country`.",
		CustomType:          schematype.CountryType{},
		Validators:          []validator.String{schematype.Valid[schematype.CountryMeaning]()},
		Optional:            true,
		Computed:            true,
	}
	resp.Schema = schema.Schema{
		MarkdownDescription: "A number that the account rents. Its SMPP system type and its voice status callback cannot be read from Vonage.",
		Attributes:          attributes,
	}
}

func (d *numberDataSource) Configure(_ context.Context, req datasource.ConfigureRequest, resp *datasource.ConfigureResponse) {
	if data := framework.Data(req.ProviderData, &resp.Diagnostics); data != nil {
		d.numbers = data.Client.Numbers
	}
}

func (d *numberDataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var config ownedModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	if resp.Diagnostics.HasError() {
		return
	}
	key := vonage.NumberKey{
		Country: config.Country.ValueCanonical(),
		MSISDN:  config.MSISDN.ValueCanonical(),
	}
	number, err := lookUp(ctx, d.numbers, key)
	if err != nil {
		addError(&resp.Diagnostics, "read", key, framework.InDataSource(err))
		return
	}
	resp.Diagnostics.Append(resp.State.Set(ctx, newOwnedModel(number))...)
}
