// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package number

import (
	"maps"

	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

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
		ApplicationID: textOrNull(number.ApplicationID),
		SMSWebhookURL: textOrNull(number.SMSWebhookURL),
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
