// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package number

import (
	"context"
	"maps"
	"regexp"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/setplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringdefault"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/vonage/terraform-provider-vonage/internal/framework"
	"github.com/vonage/terraform-provider-vonage/internal/schematype"
)

// What becomes of a rented number when its resource is destroyed, in the words that other providers use.
const (
	policyPrevent = "PREVENT"
	policyAbandon = "ABANDON"
	policyDelete  = "DELETE"
)

func numberSchema(ctx context.Context) schema.Schema {
	attributes := map[string]schema.Attribute{
		"country": schema.StringAttribute{
			MarkdownDescription: "The country of the number, ISO 3166-1 alpha-2, in either case. Another country is another number. API: `country`.",
			CustomType:          schematype.CountryType{},
			Required:            true,
			PlanModifiers:       []planmodifier.String{schematype.KeepEquivalent(), stringplanmodifier.RequiresReplace()},
		},
		"msisdn": schema.StringAttribute{
			MarkdownDescription: "The phone number with its country calling code, at most 15 digits (E.164). `447700900001`, `+447700900001` and " +
				"`+44 7700 900001` are the same number. Another number replaces the resource, which `deletion_policy` has to allow. API: `msisdn`.",
			CustomType:    schematype.MSISDNType{},
			Required:      true,
			PlanModifiers: []planmodifier.String{schematype.KeepEquivalent(), stringplanmodifier.RequiresReplace()},
		},
		"deletion_policy": schema.StringAttribute{
			MarkdownDescription: "What becomes of the number when the resource is destroyed or replaced. `PREVENT` (default): an error, and the number stays. " +
				"`ABANDON`: Terraform forgets the number, which stays rented and is billed on. `DELETE`: the number is cancelled at once, and may never be had again. " +
				"What counts is the policy in the state: apply a change of it before the destroy. Not part of the API.",
			Optional:   true,
			Computed:   true,
			Default:    stringdefault.StaticString(policyPrevent),
			Validators: []validator.String{stringvalidator.OneOf(policyPrevent, policyAbandon, policyDelete)},
		},
		"max_monthly_cost": costLimit("The highest rent per month", "cost"),
		"max_initial_cost": costLimit("The highest price paid once, at renting,", "initialPrice"),
		"target_api_key": schema.StringAttribute{
			MarkdownDescription: "The API key of the subaccount that is to own the number, when the provider has the credentials of its primary account. " +
				"By default the number is the provider's own account's. A subaccount's number cannot be read or set up with the primary account's " +
				"credentials: drift is not seen, and none of the settings can be given here. A change moves nothing; it takes effect when the number is cancelled. " +
				"API: `target_api_key`.",
			Optional:   true,
			Validators: []validator.String{stringvalidator.LengthAtLeast(1)},
		},
		"timeouts": framework.TimeoutsAttribute(ctx, defaultTimeout),
	}
	maps.Copy(attributes, settingsAttributes())
	maps.Copy(attributes, factsAttributes())
	return schema.Schema{
		MarkdownDescription: "A rented phone number. Creating the resource rents the number, which is billed at once and then monthly; a number that the " +
			"account has already is adopted, with a warning and without a purchase.\n\n" +
			"A number that is given back may never be had again. So nothing but `deletion_policy = \"DELETE\"` gives one back: with the default, `PREVENT`, " +
			"destroying or replacing the resource is an error, in the plan where Terraform lets a provider see it, and else when it would happen " +
			"(a tainted resource, `-replace`, `replace_triggered_by`).\n\n" +
			"Which application the number belongs to is the business of `vonage_number_link`; the two keep each other's settings.",
		Attributes: attributes,
	}
}

var decimal = regexp.MustCompile(`^[0-9]+(\.[0-9]+)?$`)

func costLimit(what, field string) schema.Attribute {
	return schema.StringAttribute{
		MarkdownDescription: what + " in EUR, a decimal number in a string such as `\"1.25\"`. A number that costs more, or whose price Vonage does not say, " +
			"is not rented. Without it every price is paid. It is looked at only when the number is rented. Compared with what a search says. API: `numbers[]." + field + "` of the search.",
		Optional: true,
		Validators: []validator.String{
			stringvalidator.RegexMatches(decimal, `must be a decimal number such as "1.25", without a currency`),
		},
	}
}

// settingsAttributes are what this resource writes to the number: all of it, so that what is left out is cleared.
func settingsAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"sms_webhook_url": schema.StringAttribute{
			MarkdownDescription: "Where inbound SMS of this number are reported. Vonage asks the URL with GET before it accepts it, and wants status 200. " +
				"Left out, the number has none. API: `moHttpUrl`.",
			Optional:   true,
			Validators: []validator.String{schematype.HTTPURL()},
		},
		"smpp_system_type": schema.StringAttribute{
			MarkdownDescription: "The SMPP system type for inbound SMS. By default none is sent. Vonage does not return it: a change made elsewhere is not seen. API: `moSmppSysType`.",
			Optional:            true,
			Validators:          []validator.String{stringvalidator.LengthAtLeast(1)},
		},
		"voice_callback": schema.SingleNestedAttribute{
			MarkdownDescription: "Where calls to the number are forwarded. Forwarding wins over the voice webhooks of an application that the number is linked to. " +
				"Left out, nothing is forwarded. API: `voiceCallbackType`, `voiceCallbackValue`.",
			Optional: true,
			Attributes: map[string]schema.Attribute{
				"type": schema.StringAttribute{
					MarkdownDescription: "`sip`, `tel` or, on numbers that have had it for long, `vxml`. API: `voiceCallbackType`.",
					Required:            true,
					Validators:          []validator.String{stringvalidator.OneOf("sip", "tel", "vxml")},
				},
				"value": schema.StringAttribute{
					MarkdownDescription: "With `sip` a SIP URI or several with commas between them, each with its parameters, such as " +
						"`sip:user@sip.example.com;transport=tls`; with `tel` a phone number, E.164 digits without `+`; with `vxml` a URL. API: `voiceCallbackValue`.",
					Required:   true,
					Validators: []validator.String{stringvalidator.LengthAtLeast(1)},
				},
			},
		},
		"voice_status_callback": schema.StringAttribute{
			MarkdownDescription: "The URL that is called when a forwarded call ends. By default none is sent. Vonage does not return it: a change made elsewhere is not seen. " +
				"API: `voiceStatusCallback`.",
			Optional:   true,
			Validators: []validator.String{schematype.HTTPURL()},
		},
	}
}

// factsAttributes are what is known of a number without anybody setting it here.
func factsAttributes() map[string]schema.Attribute {
	keep := []planmodifier.String{stringplanmodifier.UseStateForUnknown()}
	return map[string]schema.Attribute{
		"id": schema.StringAttribute{
			MarkdownDescription: "Country and number in their canonical form: `GB/447700900001`. Not part of the API.",
			Computed:            true,
			PlanModifiers:       keep,
		},
		"type": schema.StringAttribute{
			MarkdownDescription: "The kind of number: `landline`, `mobile-lvn`, `landline-toll-free` or one that is not documented. API: `type`.",
			Computed:            true,
			PlanModifiers:       keep,
		},
		"features": schema.SetAttribute{
			MarkdownDescription: "What the number can do: `SMS`, `VOICE`, `MMS`. API: `features`.",
			ElementType:         types.StringType,
			Computed:            true,
			PlanModifiers:       []planmodifier.Set{setplanmodifier.UseStateForUnknown()},
		},
		"limitations": schema.SetNestedAttribute{
			MarkdownDescription: "How its features are restricted. API: `limitations`.",
			Computed:            true,
			PlanModifiers:       []planmodifier.Set{setplanmodifier.UseStateForUnknown()},
			NestedObject:        schema.NestedAttributeObject{Attributes: limitationAttributes()},
		},
		"application_id": schema.StringAttribute{
			MarkdownDescription: "The application the number is linked to, if any, as of the last refresh. A `vonage_number_link` sets it. API: `app_id`.",
			Computed:            true,
			PlanModifiers:       keep,
		},
		"monthly_cost": schema.StringAttribute{
			MarkdownDescription: "The rent per month in EUR, a decimal number, as it was offered when this resource rented the number; null for one that it adopted or imported. API: `cost`.",
			Computed:            true,
			PlanModifiers:       keep,
		},
		"initial_cost": schema.StringAttribute{
			MarkdownDescription: "What renting the number cost once, in EUR, a decimal number; null for a number that was adopted or imported. API: `initialPrice`.",
			Computed:            true,
			PlanModifiers:       keep,
		},
	}
}

func limitationAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"feature": schema.StringAttribute{MarkdownDescription: "The feature: `SMS`, `VOICE` or `MMS`. API: `limitations[].feature`.", Computed: true},
		"type":    schema.StringAttribute{MarkdownDescription: "The direction: `INBOUND` or `OUTBOUND`. API: `limitations[].type`.", Computed: true},
		"reach":   schema.StringAttribute{MarkdownDescription: "How far it reaches: `DOMESTIC` or `INTERNATIONAL`. API: `limitations[].reach`.", Computed: true},
	}
}
