// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package number

import (
	"cmp"
	"context"
	"maps"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/vonage/terraform-provider-vonage/internal/framework"
	"github.com/vonage/terraform-provider-vonage/internal/schematype"
	"github.com/vonage/terraform-provider-vonage/internal/vonage"
)

// ownedModel is an owned number in the data sources.
type ownedModel struct {
	ID            types.String       `tfsdk:"id"`
	Country       schematype.Country `tfsdk:"country"`
	MSISDN        schematype.MSISDN  `tfsdk:"msisdn"`
	Type          types.String       `tfsdk:"type"`
	Features      types.Set          `tfsdk:"features"`
	Limitations   types.Set          `tfsdk:"limitations"`
	ApplicationID types.String       `tfsdk:"application_id"`
	SMSWebhookURL types.String       `tfsdk:"sms_webhook_url"`
	VoiceCallback types.Object       `tfsdk:"voice_callback"`
}

func newOwnedModel(number vonage.Number) ownedModel {
	return ownedModel{
		ID:            types.StringValue(number.Key().String()),
		Country:       schematype.NewCountry(number.Country),
		MSISDN:        schematype.NewMSISDN(number.MSISDN),
		Type:          types.StringValue(number.Type),
		Features:      newFeatures(number.Features),
		Limitations:   newLimitations(number.Limitations),
		ApplicationID: framework.TextOrNull(number.ApplicationID),
		SMSWebhookURL: framework.TextOrNull(number.SMSWebhookURL),
		VoiceCallback: newVoiceCallback(number),
	}
}

// ownedAttributes are the attributes of an ownedModel, all computed.
func ownedAttributes() map[string]schema.Attribute {
	attributes := map[string]schema.Attribute{
		"id": schema.StringAttribute{
			MarkdownDescription: "Country and number: `GB/447700900001`. It is the id, and the import id, of `vonage_number` and `vonage_number_link`. Not part of the API.",
			Computed:            true,
		},
		"application_id": schema.StringAttribute{
			MarkdownDescription: "The application the number is linked to, if any. API: `app_id`.",
			Computed:            true,
		},
		"sms_webhook_url": schema.StringAttribute{
			MarkdownDescription: "URL of the webhook for inbound SMS to the number, if any. API: `moHttpUrl`.",
			Computed:            true,
		},
		"voice_callback": schema.SingleNestedAttribute{
			MarkdownDescription: "Where calls to the number are forwarded, if anywhere. API: `voiceCallbackType`, `voiceCallbackValue`.",
			Computed:            true,
			Attributes: map[string]schema.Attribute{
				"type": schema.StringAttribute{
					MarkdownDescription: "`sip`, `tel` or, on old numbers, `vxml`. API: `voiceCallbackType`.",
					Computed:            true,
				},
				"value": schema.StringAttribute{
					MarkdownDescription: "SIP URIs separated by commas, a phone number, or a URL, by `type`. API: `voiceCallbackValue`.",
					Computed:            true,
				},
			},
		},
	}
	maps.Copy(attributes, describedAttributes())
	return attributes
}

// describedAttributes are the attributes that owned numbers and numbers on offer share.
func describedAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"country": schema.StringAttribute{
			MarkdownDescription: "The country of the number, ISO 3166-1 alpha-2. API: `country`.",
			CustomType:          schematype.CountryType{},
			Computed:            true,
		},
		"msisdn": schema.StringAttribute{
			MarkdownDescription: "The phone number, E.164 digits without `+`. API: `msisdn`.",
			CustomType:          schematype.MSISDNType{},
			Computed:            true,
		},
		"type": schema.StringAttribute{
			MarkdownDescription: "The kind of number: `landline`, `mobile-lvn`, `landline-toll-free` or an undocumented one. API: `type`.",
			Computed:            true,
		},
		"features": schema.SetAttribute{
			MarkdownDescription: "What the number can do: `SMS`, `VOICE`, `MMS`. API: `features`.",
			ElementType:         types.StringType,
			Computed:            true,
		},
		"limitations": schema.SetNestedAttribute{
			MarkdownDescription: "Restrictions of the number's features. API: `limitations`.",
			Computed:            true,
			NestedObject: schema.NestedAttributeObject{Attributes: map[string]schema.Attribute{
				"feature": schema.StringAttribute{MarkdownDescription: "The feature: `SMS`, `VOICE` or `MMS`. API: `limitations[].feature`.", Computed: true},
				"type":    schema.StringAttribute{MarkdownDescription: "The direction: `INBOUND` or `OUTBOUND`. API: `limitations[].type`.", Computed: true},
				"reach":   schema.StringAttribute{MarkdownDescription: "The reach: `DOMESTIC` or `INTERNATIONAL`. API: `limitations[].reach`.", Computed: true},
			}},
		},
	}
}

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
		Validators:          []validator.String{schematype.Reference(schematype.Valid[schematype.CountryMeaning]())},
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
	resp.Diagnostics.Append(config.Country.Check(ctx, path.Root("country"))...)
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
	resp.Diagnostics.Append(model.check(ctx)...)
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
