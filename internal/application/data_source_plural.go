// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package application

import (
	"cmp"
	"context"
	"slices"

	fwdatasource "github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"

	"github.com/vonage/terraform-provider-vonage/internal/framework"
)

var _ fwdatasource.DataSourceWithConfigure = (*pluralDataSource)(nil)

type pluralDataSource struct{ data *framework.ProviderData }

type pluralModel struct {
	filter

	Applications []dataModel `tfsdk:"applications"`
}

// NewPluralDataSource returns the data source vonage_applications.
func NewPluralDataSource() fwdatasource.DataSource { return &pluralDataSource{} }

func (d *pluralDataSource) Metadata(_ context.Context, req fwdatasource.MetadataRequest, resp *fwdatasource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_applications"
}

func (d *pluralDataSource) Schema(ctx context.Context, _ fwdatasource.SchemaRequest, resp *fwdatasource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "Reads all applications of the account, or those that match every filter given. Only the public halves of their key pairs " +
			"can be read.",
		Attributes: map[string]schema.Attribute{
			"name_regex": schema.StringAttribute{
				MarkdownDescription: nameRegexDescription,
				Optional:            true,
				Validators:          []validator.String{regularExpression{}},
			},
			"capability": schema.StringAttribute{
				MarkdownDescription: capabilityDescription,
				Optional:            true,
				Validators:          capabilityValidators(),
			},
			"applications": schema.ListNestedAttribute{
				MarkdownDescription: "The applications, ordered by id. API: `_embedded.applications` of all pages.",
				Computed:            true,
				NestedObject:        schema.NestedAttributeObject{Attributes: computedAttributes(ctx)},
			},
		},
	}
}

func (d *pluralDataSource) Configure(_ context.Context, req fwdatasource.ConfigureRequest, resp *fwdatasource.ConfigureResponse) {
	d.data = framework.Data(req.ProviderData, &resp.Diagnostics)
}

func (d *pluralDataSource) Read(ctx context.Context, req fwdatasource.ReadRequest, resp *fwdatasource.ReadResponse) {
	var found pluralModel
	resp.Diagnostics.Append(req.Config.GetAttribute(ctx, path.Root("name_regex"), &found.NameRegex)...)
	resp.Diagnostics.Append(req.Config.GetAttribute(ctx, path.Root("capability"), &found.Capability)...)
	selects := found.compile(&resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	found.Applications = []dataModel{}
	for app, err := range d.data.Client.Applications.List(ctx) {
		shown, more := framework.Listed(&resp.Diagnostics, "list", "applications", framework.InDataSource(err))
		if !more {
			return
		}
		if shown && selects(app) {
			found.Applications = append(found.Applications, newDataModel(app))
		}
	}
	slices.SortFunc(found.Applications, func(a, b dataModel) int { return cmp.Compare(a.ID.ValueString(), b.ID.ValueString()) })
	resp.Diagnostics.Append(resp.State.Set(ctx, found)...)
}
