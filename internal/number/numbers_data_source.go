// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package number

import (
	"cmp"
	"context"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/vonage/terraform-provider-vonage/internal/framework"
	"github.com/vonage/terraform-provider-vonage/internal/schematype"
	"github.com/vonage/terraform-provider-vonage/internal/vonage"
)

var (
	_ datasource.DataSourceWithConfigure      = (*numbersDataSource)(nil)
	_ datasource.DataSourceWithValidateConfig = (*numbersDataSource)(nil)
)

// NewPluralDataSource makes the data source vonage_numbers.
func NewPluralDataSource() datasource.DataSource { return &numbersDataSource{} }

type numbersDataSource struct{ numbers *vonage.NumbersService }

// numbersModel is the data source vonage_numbers.
type numbersModel struct {
	Country        schematype.Country       `tfsdk:"country"`
	Pattern        types.String             `tfsdk:"pattern"`
	SearchPattern  types.Int64              `tfsdk:"search_pattern"`
	ApplicationID  schematype.ApplicationID `tfsdk:"application_id"`
	HasApplication types.Bool               `tfsdk:"has_application"`
	Type           types.String             `tfsdk:"type"`
	Features       types.Set                `tfsdk:"features"`
	Numbers        []ownedModel             `tfsdk:"numbers"`
}

func (d *numbersDataSource) Metadata(_ context.Context, req datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_numbers"
}

func (d *numbersDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	attributes := patternAttributes()
	attributes["country"] = schema.StringAttribute{
		MarkdownDescription: "Only numbers of this country, ISO 3166-1 alpha-2, in either case. API parameter `country`.",
		CustomType:          schematype.CountryType{},
		Optional:            true,
	}
	attributes["application_id"] = schema.StringAttribute{
		MarkdownDescription: "Only numbers that are linked to this application, a UUID. API parameter `application_id`.",
		CustomType:          schematype.ApplicationIDType{},
		Optional:            true,
	}
	attributes["has_application"] = schema.BoolAttribute{
		MarkdownDescription: "`true`: only numbers that are linked to an application; `false`: only those that are not. By default both. " +
			"API parameter `has_application`.",
		Optional: true,
	}
	attributes["type"] = schema.StringAttribute{
		MarkdownDescription: "Only numbers of this kind, such as `landline`, `mobile-lvn` or `landline-toll-free`. The API does not select by it; the provider does.",
		Optional:            true,
		Validators:          []validator.String{stringvalidator.LengthAtLeast(1)},
	}
	attributes["features"] = featuresFilter("The API does not select by it; the provider does.")
	attributes["numbers"] = schema.ListNestedAttribute{
		MarkdownDescription: "The numbers, in the order of their digits.",
		Computed:            true,
		NestedObject:        schema.NestedAttributeObject{Attributes: ownedAttributes()},
	}
	resp.Schema = schema.Schema{
		MarkdownDescription: "The numbers that the account rents: all of them, or those that every given argument selects.",
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
	var application schematype.ApplicationID
	var linked types.Bool
	resp.Diagnostics.Append(req.Config.GetAttribute(ctx, path.Root("application_id"), &application)...)
	resp.Diagnostics.Append(req.Config.GetAttribute(ctx, path.Root("has_application"), &linked)...)
	if application.ValueString() != "" && linked.Equal(types.BoolValue(false)) {
		resp.Diagnostics.AddAttributeError(path.Root("has_application"), "Contradicting arguments",
			"No number is linked to the application that application_id names and to none. Leave one of the two out.")
	}
}

func (d *numbersDataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var model numbersModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &model)...)
	if resp.Diagnostics.HasError() {
		return
	}
	model.Numbers = []ownedModel{}
	for number, err := range d.numbers.List(ctx, model.options()) {
		if err != nil {
			framework.AddError(&resp.Diagnostics, "list", "numbers", err, nil)
			return
		}
		if owned := newOwnedModel(number); model.selects(owned) {
			model.Numbers = append(model.Numbers, owned)
		}
	}
	slices.SortFunc(model.Numbers, func(a, b ownedModel) int {
		return cmp.Or(cmp.Compare(a.MSISDN.ValueString(), b.MSISDN.ValueString()), cmp.Compare(a.ID.ValueString(), b.ID.ValueString()))
	})
	resp.Diagnostics.Append(resp.State.Set(ctx, model)...)
}

// options is what the API selects by.
func (m numbersModel) options() vonage.ListNumbersOptions {
	return vonage.ListNumbersOptions{
		Country: m.Country.ValueCanonical(), Pattern: m.Pattern.ValueString(), SearchPattern: searchPattern(m.SearchPattern),
		ApplicationID: m.ApplicationID.ValueCanonical(), HasApplication: m.HasApplication.ValueBoolPointer(),
	}
}

// selects is what the API does not select by.
func (m numbersModel) selects(number ownedModel) bool {
	if !m.Type.IsNull() && !m.Type.Equal(number.Type) {
		return false
	}
	for _, feature := range m.Features.Elements() {
		if !slices.ContainsFunc(number.Features.Elements(), feature.Equal) {
			return false
		}
	}
	return true
}
