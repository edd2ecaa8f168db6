// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package account

import (
	"context"
	"errors"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/vonage/terraform-provider-vonage/internal/framework"
	"github.com/vonage/terraform-provider-vonage/internal/schematype"
	"github.com/vonage/terraform-provider-vonage/internal/vonage"
)

var _ datasource.DataSourceWithConfigure = (*pricingDataSource)(nil)

// NewPricingDataSource returns the data source vonage_pricing.
func NewPricingDataSource() datasource.DataSource { return &pricingDataSource{} }

type pricingDataSource struct{ pricing *vonage.PricingService }

// pricingModel is the data source vonage_pricing.
type pricingModel struct {
	Country       schematype.Country `tfsdk:"country"`
	Type          types.String       `tfsdk:"type"`
	Currency      types.String       `tfsdk:"currency"`
	DefaultPrice  types.String       `tfsdk:"default_price"`
	DialingPrefix types.String       `tfsdk:"dialing_prefix"`
	Networks      []networkModel     `tfsdk:"networks"`
}

type networkModel struct {
	Name   types.String `tfsdk:"name"`
	Code   types.String `tfsdk:"code"`
	MCC    types.String `tfsdk:"mcc"`
	MNC    types.String `tfsdk:"mnc"`
	Type   types.String `tfsdk:"type"`
	Price  types.String `tfsdk:"price"`
	Ranges types.List   `tfsdk:"ranges"` // of integers
}

// with returns the model with the prices; what the API left out is null.
func (m pricingModel) with(prices vonage.CountryPrices) pricingModel {
	m.Currency = framework.TextOrNull(prices.Currency)
	m.DefaultPrice = framework.TextOrNull(prices.DefaultPrice)
	m.DialingPrefix = framework.TextOrNull(prices.DialingPrefix)
	m.Networks = make([]networkModel, len(prices.Networks))
	for i, network := range prices.Networks {
		m.Networks[i] = networkModel{
			Name: framework.TextOrNull(network.Name), Code: framework.TextOrNull(network.Code), MCC: framework.TextOrNull(network.MCC), MNC: framework.TextOrNull(network.MNC),
			Type: framework.TextOrNull(network.Type), Price: framework.TextOrNull(network.Price), Ranges: newRanges(network.Ranges),
		}
	}
	return m
}

func newRanges(ranges []int64) types.List {
	if ranges == nil {
		return types.ListNull(types.Int64Type)
	}
	elements := make([]attr.Value, len(ranges))
	for i, prefix := range ranges {
		elements[i] = types.Int64Value(prefix)
	}
	return types.ListValueMust(types.Int64Type, elements)
}

func (d *pricingDataSource) Metadata(_ context.Context, req datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_pricing"
}

func (d *pricingDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	text := func(description string) schema.StringAttribute {
		return schema.StringAttribute{MarkdownDescription: description, Computed: true}
	}
	resp.Schema = schema.Schema{
		MarkdownDescription: "What messages or calls to a country cost the account. Vonage allows one such request per second. Prices change without notice; " +
			"what Vonage does not state is null.",
		Attributes: map[string]schema.Attribute{
			"country": schema.StringAttribute{
				MarkdownDescription: "The country, ISO 3166-1 alpha-2, in upper or lower case. API: `country`.",
				CustomType:          schematype.CountryType{},
				Validators:          []validator.String{schematype.Reference(schematype.Valid[schematype.CountryMeaning]())},
				Required:            true,
			},
			"type": schema.StringAttribute{
				MarkdownDescription: "What is priced: `sms`, `sms-transit` (SMS that are only passed through Vonage) or `voice`. Not part of the API but for its place in the path.",
				Validators:          []validator.String{schematype.OneOf(vonage.PriceOfSMS, vonage.PriceOfSMSTransit, vonage.PriceOfVoice)},
				Required:            true,
			},
			"currency":       text("The currency of the prices, ISO 4217. API: `currency`."),
			"default_price":  text("The price for networks that are not listed, a decimal number: per message, or per minute. API: `defaultPrice`."),
			"dialing_prefix": text("The country calling code. API: `dialingPrefix`."),
			"networks": schema.ListNestedAttribute{
				MarkdownDescription: "The networks with prices of their own, in the API's order. API: `networks`.",
				Computed:            true,
				NestedObject: schema.NestedAttributeObject{Attributes: map[string]schema.Attribute{
					"name":  text("Name of the network. API: `networkName`."),
					"code":  text("Code of the network: MCC and MNC, or a name for networks without them, such as landlines. API: `networkCode`."),
					"mcc":   text("Mobile country code. API: `mcc`."),
					"mnc":   text("Mobile network code. API: `mnc`."),
					"type":  text("Kind of network, such as `mobile` or `landline`. API: `type`."),
					"price": text("The price, a decimal number: per message, or per minute. API: `price`."),
					"ranges": schema.ListAttribute{
						MarkdownDescription: "The beginnings of the network's numbers, with the country calling code. API: `ranges`.",
						ElementType:         types.Int64Type,
						Computed:            true,
					},
				}},
			},
		},
	}
}

func (d *pricingDataSource) Configure(_ context.Context, req datasource.ConfigureRequest, resp *datasource.ConfigureResponse) {
	if data := framework.Data(req.ProviderData, &resp.Diagnostics); data != nil {
		d.pricing = data.Client.Pricing
	}
}

func (d *pricingDataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var model pricingModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &model)...)
	resp.Diagnostics.Append(model.Country.Check(ctx, path.Root("country"))...)
	if resp.Diagnostics.HasError() {
		return
	}
	prices, err := d.pricing.Get(ctx, model.Type.ValueString(), model.Country.ValueCanonical())
	if isNoPage(err) {
		err = framework.Advise(err, "Check country: Vonage may have no prices of this type to it. If it is right, the answer may come from something else: check rest_url in the "+
			"provider block, and any proxies in between.")
	}
	if err != nil {
		framework.AddError(&resp.Diagnostics, "read", "prices", framework.InDataSource(err), func(apiName string) (path.Path, bool) {
			return path.Root("country"), apiName == "country"
		})
		return
	}
	for _, malformed := range prices.Malformed {
		framework.Listed(&resp.Diagnostics, "read", "networks", malformed)
	}
	resp.Diagnostics.Append(resp.State.Set(ctx, model.with(prices))...)
}

// isNoPage reports whether Vonage, or something in its place, has no such page. How it answers about a country without prices is
// undocumented.
func isNoPage(err error) bool {
	apiError, ok := errors.AsType[*vonage.Error](err)
	return ok && apiError.Status == 404
}
