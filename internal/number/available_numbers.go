// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package number

import (
	"cmp"
	"context"
	"math/big"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework-validators/int64validator"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/vonage/terraform-provider-vonage/internal/framework"
	"github.com/vonage/terraform-provider-vonage/internal/schematype"
	"github.com/vonage/terraform-provider-vonage/internal/vonage"
)

var _ datasource.DataSourceWithConfigure = (*availableDataSource)(nil)

// NewAvailableDataSource returns the data source vonage_available_numbers.
func NewAvailableDataSource() datasource.DataSource { return &availableDataSource{} }

type availableDataSource struct{ numbers *vonage.NumbersService }

// availableModel is the data source vonage_available_numbers.
type availableModel struct {
	Country       schematype.Country `tfsdk:"country"`
	Type          types.String       `tfsdk:"type"`
	Features      types.Set          `tfsdk:"features"`
	Pattern       types.String       `tfsdk:"pattern"`
	SearchPattern schematype.Int64   `tfsdk:"search_pattern"`
	MaxResults    schematype.Int64   `tfsdk:"max_results"`
	Numbers       []offerModel       `tfsdk:"numbers"`
}

// offerModel is one number on offer.
type offerModel struct {
	Country     schematype.Country `tfsdk:"country"`
	MSISDN      schematype.MSISDN  `tfsdk:"msisdn"`
	Type        types.String       `tfsdk:"type"`
	Features    types.Set          `tfsdk:"features"`
	Limitations types.Set          `tfsdk:"limitations"`
	MonthlyCost types.String       `tfsdk:"monthly_cost"`
	InitialCost types.String       `tfsdk:"initial_cost"`
}

func newOfferModel(offer vonage.AvailableNumber) offerModel {
	return offerModel{
		Country: schematype.NewCountry(offer.Country), MSISDN: schematype.NewMSISDN(offer.MSISDN),
		Type:     types.StringValue(offer.Type),
		Features: newFeatures(offer.Features), Limitations: newLimitations(offer.Limitations),
		MonthlyCost: framework.TextOrNull(offer.MonthlyCost), InitialCost: framework.TextOrNull(offer.InitialCost),
	}
}

func (d *availableDataSource) Metadata(_ context.Context, req datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_available_numbers"
}

func (d *availableDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	attributes := patternAttributes()
	attributes["country"] = schema.StringAttribute{
		MarkdownDescription: "The country to search in, ISO 3166-1 alpha-2, in upper or lower case. API: `country`.",
		CustomType:          schematype.CountryType{},
		Validators:          []validator.String{schematype.Reference(schematype.Valid[schematype.CountryMeaning]())},
		Required:            true,
	}
	attributes["type"] = schema.StringAttribute{
		MarkdownDescription: "Only numbers of this kind: `landline`, `mobile-lvn` or `landline-toll-free`. By default any. API: `type`.",
		Optional:            true,
		Validators:          []validator.String{schematype.OneOf("landline", "mobile-lvn", "landline-toll-free")},
	}
	attributes["features"] = featuresFilter("API: `features`.")
	attributes["max_results"] = schema.Int64Attribute{
		MarkdownDescription: "Maximum number of results, at least 1; the cheapest numbers are returned. By default all. To find the cheapest, the provider reads all pages, one request per 100 numbers: " +
			"narrow the search if there are many. Not part of the API.",
		CustomType: schematype.Int64Type{},
		Optional:   true,
		Validators: []validator.Int64{int64validator.AtLeast(1)},
	}
	offered := describedAttributes()
	offered["monthly_cost"] = schema.StringAttribute{
		MarkdownDescription: "The monthly rent in EUR, a decimal number; null if Vonage does not state it. API: `cost`.",
		Computed:            true,
	}
	offered["initial_cost"] = schema.StringAttribute{
		MarkdownDescription: "The one-time price of renting the number, in EUR, a decimal number; null if Vonage does not state it. API: `initialPrice`.",
		Computed:            true,
	}
	attributes["numbers"] = schema.ListNestedAttribute{
		MarkdownDescription: "The numbers on offer, ordered by monthly rent, then by their digits; those without a price come last. API: `numbers` of all pages.",
		Computed:            true,
		NestedObject:        schema.NestedAttributeObject{Attributes: offered},
	}
	resp.Schema = schema.Schema{
		MarkdownDescription: "Numbers that can be rented. What is on offer changes from one search to the next, because others rent numbers too: a configuration that rents " +
			"what a search finds has to keep its choice, as the guide \"Renting and keeping phone numbers\" shows.",
		Attributes: attributes,
	}
}

func (d *availableDataSource) Configure(_ context.Context, req datasource.ConfigureRequest, resp *datasource.ConfigureResponse) {
	if data := framework.Data(req.ProviderData, &resp.Diagnostics); data != nil {
		d.numbers = data.Client.Numbers
	}
}

func (d *availableDataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var model availableModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &model)...)
	resp.Diagnostics.Append(model.Country.Check(ctx, path.Root("country"))...)
	var features []string
	resp.Diagnostics.Append(model.Features.ElementsAs(ctx, &features, false)...)
	if resp.Diagnostics.HasError() {
		return
	}
	options := vonage.SearchNumbersOptions{
		Country: model.Country.ValueCanonical(), Type: model.Type.ValueString(), Features: features,
		Pattern: model.Pattern.ValueString(), SearchPattern: searchPattern(model.SearchPattern),
	}
	found := map[vonage.NumberKey]vonage.AvailableNumber{} // a number that moves to a later page is found twice
	for number, err := range d.numbers.Search(ctx, options) {
		shown, more := framework.Listed(&resp.Diagnostics, "search for", "numbers", framework.InDataSource(err))
		if !more {
			return
		}
		if shown {
			found[number.Key()] = number
		}
	}
	model.Numbers = cheapest(found, model.MaxResults)
	resp.Diagnostics.Append(resp.State.Set(ctx, model)...)
}

// cheapest orders offers by cost, then by msisdn, and returns at most limit of them.
func cheapest(found map[vonage.NumberKey]vonage.AvailableNumber, limit schematype.Int64) []offerModel {
	offers := make([]vonage.AvailableNumber, 0, len(found))
	for _, offer := range found {
		offers = append(offers, offer)
	}
	slices.SortFunc(offers, func(a, b vonage.AvailableNumber) int {
		return cmp.Or(compareCosts(a.MonthlyCost, b.MonthlyCost), cmp.Compare(a.MSISDN, b.MSISDN))
	})
	if !limit.IsNull() {
		offers = offers[:min(int64(len(offers)), limit.ValueInt64())]
	}
	models := make([]offerModel, len(offers))
	for i, offer := range offers {
		models[i] = newOfferModel(offer)
	}
	return models
}

// compareCosts orders decimal numbers by value; text that is not a number comes last.
func compareCosts(a, b string) int {
	x, xStated := new(big.Rat).SetString(a)
	y, yStated := new(big.Rat).SetString(b)
	switch {
	case xStated && yStated:
		return x.Cmp(y)
	case xStated:
		return -1
	case yStated:
		return 1
	default:
		return 0
	}
}
