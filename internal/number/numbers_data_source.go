// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package number

import (
	"cmp"
	"context"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/vonage/terraform-provider-vonage/internal/framework"
	"github.com/vonage/terraform-provider-vonage/internal/vonage"
)

var (
	_ datasource.DataSourceWithConfigure      = (*numbersDataSource)(nil)
	_ datasource.DataSourceWithValidateConfig = (*numbersDataSource)(nil)
)

// NewPluralDataSource returns the data source vonage_numbers.
func NewPluralDataSource() datasource.DataSource { return &numbersDataSource{} }

type numbersDataSource struct{ numbers *vonage.NumbersService }

// numbersModel is the data source vonage_numbers.
type numbersModel struct {
	ownedFilter
	linkedFilter

	Features types.Set    `tfsdk:"features"`
	Numbers  []ownedModel `tfsdk:"numbers"`
}

func (d *numbersDataSource) Metadata(_ context.Context, req datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_numbers"
}

func (d *numbersDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	attributes := ownedFilterAttributes()
	attributes["has_application"] = linkedFilterAttribute()
	attributes["features"] = featuresFilter(selectedHere)
	attributes["numbers"] = schema.ListNestedAttribute{
		MarkdownDescription: "The numbers, ordered by their digits. API: `numbers` of all pages.",
		Computed:            true,
		NestedObject:        schema.NestedAttributeObject{Attributes: ownedAttributes()},
	}
	resp.Schema = schema.Schema{
		MarkdownDescription: "The numbers that the account rents: all of them, or those that match every filter given.",
		Attributes:          attributes,
	}
}

func (d *numbersDataSource) Configure(_ context.Context, req datasource.ConfigureRequest, resp *datasource.ConfigureResponse) {
	if data := framework.Data(req.ProviderData, &resp.Diagnostics); data != nil {
		d.numbers = data.Client.Numbers
	}
}

func (d *numbersDataSource) ValidateConfig(
	ctx context.Context, req datasource.ValidateConfigRequest, resp *datasource.ValidateConfigResponse,
) {
	resp.Diagnostics.Append(refuseContradiction(ctx, req.Config)...)
}

func (d *numbersDataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var model numbersModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &model)...)
	if resp.Diagnostics.HasError() {
		return
	}
	model.Numbers = []ownedModel{}
	for number, err := range d.numbers.List(ctx, model.options(model.HasApplication)) {
		shown, more := framework.Listed(&resp.Diagnostics, "list", "numbers", framework.InDataSource(err))
		if !more {
			return
		}
		if shown && model.selects(number, model.Features.Elements()) {
			model.Numbers = append(model.Numbers, newOwnedModel(number))
		}
	}
	slices.SortFunc(model.Numbers, func(a, b ownedModel) int {
		return cmp.Or(cmp.Compare(a.MSISDN.ValueString(), b.MSISDN.ValueString()), cmp.Compare(a.ID.ValueString(), b.ID.ValueString()))
	})
	resp.Diagnostics.Append(resp.State.Set(ctx, model)...)
}
