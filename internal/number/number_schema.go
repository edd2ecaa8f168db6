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

// Values of deletion_policy: what happens to the rented number when its resource is destroyed. The names are those of
// other providers.
const (
	policyPrevent = "PREVENT"
	policyAbandon = "ABANDON"
	policyDelete  = "DELETE"
)

func numberSchema(ctx context.Context) schema.Schema {
	attributes := map[string]schema.Attribute{
		"country": schema.StringAttribute{
			MarkdownDescription: "The country of the number, ISO 3166-1 alpha-2, in upper or lower case. Changing the country replaces the resource, which `deletion_policy` has to allow. API: `country`.",
			CustomType:          schematype.CountryType{},
			Validators:          []validator.String{schematype.Valid[schematype.CountryMeaning]()},
			Required:            true,
			PlanModifiers:       []planmodifier.String{schematype.KeepEquivalent(), stringplanmodifier.RequiresReplace()},
		},
		"msisdn": schema.StringAttribute{
			MarkdownDescription: "The phone number with its country calling code, at most 15 digits (E.164). `447700900001`, `+447700900001` and " +
				"`+44 7700 900001` are the same number. Changing the number replaces the resource, which `deletion_policy` has to allow. API: `msisdn`.",
			CustomType:    schematype.MSISDNType{},
			Validators:    []validator.String{schematype.Valid[schematype.MSISDNMeaning]()},
			Required:      true,
			PlanModifiers: []planmodifier.String{schematype.KeepEquivalent(), stringplanmodifier.RequiresReplace()},
		},
		"deletion_policy": schema.StringAttribute{
			MarkdownDescription: "What happens to the number when the resource is destroyed or replaced. `PREVENT` (default): an error, and the number stays rented. " +
				"`ABANDON`: Terraform removes the number from the state; it stays rented and is still billed. `DELETE`: the number is cancelled at once, and you may never get it back. " +
				"The policy in the state counts: apply a new policy before you destroy. Not part of the API.",
			Optional:   true,
			Computed:   true,
			Default:    stringdefault.StaticString(policyPrevent),
			Validators: []validator.String{schematype.OneOf(policyPrevent, policyAbandon, policyDelete)},
		},
		"max_monthly_cost": costLimit("The highest monthly rent", "cost"),
		"max_initial_cost": costLimit("The highest one-time price for renting the number,", "initialPrice"),
		"target_api_key": schema.StringAttribute{
			MarkdownDescription: "The API key of the subaccount that is to own the number, if the provider has the credentials of its primary account. " +
				"By default the provider's own account owns the number. The primary account's credentials cannot read or configure a subaccount's number: " +
				"drift is not detected, and none of the settings can be set here. Changing this does not move the number; it only affects its cancellation. " +
				"API: `target_api_key`.",
			Optional:   true,
			Validators: []validator.String{stringvalidator.LengthAtLeast(1)},
		},
		"timeouts": framework.TimeoutsAttribute(ctx, defaultTimeout),
	}
	maps.Copy(attributes, settingsAttributes())
	maps.Copy(attributes, factsAttributes())
	return schema.Schema{
		MarkdownDescription: "A rented phone number. Creating the resource rents the number, which is billed at once and then monthly. If the " +
			"account already has the number, the resource adopts it, with a warning and without a purchase.\n\n" +
			"You may never get a cancelled number back, so the resource cancels it only with `deletion_policy = \"DELETE\"`. With the default, `PREVENT`, " +
			"destroying or replacing the resource is an error: during the plan if Terraform tells the provider then, otherwise during the apply " +
			"(a tainted resource, `-replace`, `replace_triggered_by`).\n\n" +
			"`vonage_number_link` says which application the number belongs to; the two resources keep each other's settings.",
		Attributes: attributes,
	}
}

var decimal = regexp.MustCompile(`^[0-9]+(\.[0-9]+)?$`)

func costLimit(what, field string) schema.Attribute {
	return schema.StringAttribute{
		MarkdownDescription: what + " in EUR, a decimal number in a string such as `\"1.25\"`. The provider does not rent a number that costs more or has no stated price. " +
			"None by default: any price is accepted. It is compared with the price in a search, when renting the number is planned and again when it is rented. API: `numbers[]." + field + "` of the search.",
		Optional: true,
		Validators: []validator.String{
			schematype.Matches(decimal, `must be a decimal number such as "1.25", without a currency`),
		},
	}
}

// settingsAttributes are all the settings that this resource writes to the number; those omitted are cleared.
func settingsAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"sms_webhook_url": schema.StringAttribute{
			MarkdownDescription: "URL of the webhook for inbound SMS to this number. Before Vonage accepts it, it sends it a GET request and expects status 200. " +
				"None by default. API: `moHttpUrl`.",
			Optional:   true,
			Validators: []validator.String{schematype.HTTPURL()},
		},
		"smpp_system_type": schema.StringAttribute{
			MarkdownDescription: "The SMPP system type for inbound SMS. By default none is sent. Vonage does not return it, so drift is not detected. API: `moSmppSysType`.",
			Optional:            true,
			Validators:          []validator.String{stringvalidator.LengthAtLeast(1)},
		},
		"voice_callback": schema.SingleNestedAttribute{
			MarkdownDescription: "Where calls to the number are forwarded. Forwarding takes precedence over the voice webhooks of the application that the number is linked to. " +
				"By default calls are not forwarded. API: `voiceCallbackType`, `voiceCallbackValue`.",
			Optional: true,
			Attributes: map[string]schema.Attribute{
				"type": schema.StringAttribute{
					MarkdownDescription: "`sip`, `tel` or, on old numbers that use it already, `vxml`. API: `voiceCallbackType`.",
					Required:            true,
					Validators:          []validator.String{schematype.OneOf("sip", "tel", "vxml")},
				},
				"value": schema.StringAttribute{
					MarkdownDescription: "For `sip`, one or more SIP URIs, separated by commas, each with its parameters, such as " +
						"`sip:user@sip.example.com;transport=tls`; for `tel`, a phone number with its country calling code; for `vxml`, a URL. API: `voiceCallbackValue`.",
					CustomType:    targetType{},
					Required:      true,
					PlanModifiers: []planmodifier.String{schematype.KeepEquivalent()},
					Validators:    []validator.String{stringvalidator.LengthAtLeast(1)},
				},
			},
		},
		"voice_status_callback": schema.StringAttribute{
			MarkdownDescription: "The URL that Vonage calls when a forwarded call ends. By default none is sent. Vonage does not return it, so drift is not detected. " +
				"API: `voiceStatusCallback`.",
			Optional:   true,
			Validators: []validator.String{schematype.HTTPURL()},
		},
	}
}

// factsAttributes are the computed attributes of a number.
func factsAttributes() map[string]schema.Attribute {
	keep := []planmodifier.String{stringplanmodifier.UseStateForUnknown()}
	return map[string]schema.Attribute{
		"id": schema.StringAttribute{
			MarkdownDescription: "Country and number in their canonical form: `GB/447700900001`. Not part of the API.",
			Computed:            true,
			PlanModifiers:       keep,
		},
		"type": schema.StringAttribute{
			MarkdownDescription: "The kind of number: `landline`, `mobile-lvn`, `landline-toll-free` or an undocumented one. API: `type`.",
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
			MarkdownDescription: "Restrictions of the number's features. API: `limitations`.",
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
			MarkdownDescription: "The monthly rent in EUR, a decimal number, as offered when this resource rented the number; null for a number that was adopted or imported. API: `cost`.",
			Computed:            true,
			PlanModifiers:       keep,
		},
		"initial_cost": schema.StringAttribute{
			MarkdownDescription: "The one-time price of renting the number, in EUR, a decimal number; null for a number that was adopted or imported. API: `initialPrice`.",
			Computed:            true,
			PlanModifiers:       keep,
		},
	}
}

func limitationAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"feature": schema.StringAttribute{MarkdownDescription: "The feature: `SMS`, `VOICE` or `MMS`. API: `limitations[].feature`.", Computed: true},
		"type":    schema.StringAttribute{MarkdownDescription: "The direction: `INBOUND` or `OUTBOUND`. API: `limitations[].type`.", Computed: true},
		"reach":   schema.StringAttribute{MarkdownDescription: "The reach: `DOMESTIC` or `INTERNATIONAL`. API: `limitations[].reach`.", Computed: true},
	}
}
