// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package number

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/booldefault"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"

	"github.com/vonage/terraform-provider-vonage/internal/framework"
	"github.com/vonage/terraform-provider-vonage/internal/schematype"
)

func linkSchema(ctx context.Context) schema.Schema {
	return schema.Schema{
		MarkdownDescription: "Links a rented phone number to an application: calls and messages to the number go to the " +
			"application's webhooks.\n\n" +
			"The resource is the link of this number *to this application*. If somebody unlinks the number outside Terraform, or links it to another " +
			"application, this link no longer exists: a plan shows that it is to be created again, and a warning names the other application. Creating a link " +
			"fails, if possible already during the plan, if the number is linked to another application, unless `replace_existing_link` is set. Destroying a link " +
			"that no longer exists does nothing.\n\n" +
			"The number's inbound SMS webhook and its SIP or telephone forwarding stay as they are. Forwarding takes precedence over the application's " +
			"voice webhooks, so the apply warns if the number has any. The number's SMPP system type and voice status callback cannot be read from Vonage, " +
			"and this resource never sends them.",
		Attributes: map[string]schema.Attribute{
			"id": schema.StringAttribute{
				MarkdownDescription: "Country and number in their canonical form: `GB/447700900001`. Not part of the API.",
				Computed:            true,
				PlanModifiers:       []planmodifier.String{stringplanmodifier.UseStateForUnknown()},
			},
			"msisdn": schema.StringAttribute{
				MarkdownDescription: "The phone number with its country calling code, at most 15 digits (E.164). `447700900001`, `+447700900001` and " +
					"`+44 7700 900001` are the same number. Changing the number replaces the link. API: `msisdn`.",
				CustomType: schematype.MSISDNType{},
				Validators: []validator.String{schematype.Valid[schematype.MSISDNMeaning]()},
				Required:   true,
				PlanModifiers: []planmodifier.String{
					schematype.KeepEquivalent(),
					stringplanmodifier.RequiresReplace(),
				},
			},
			"country": schema.StringAttribute{
				MarkdownDescription: "The country of the number, ISO 3166-1 alpha-2, in upper or lower case. By default the provider looks it up among the account's numbers; " +
					"it is required if the account has the number in more than one country, and a wrong country is an error. Changing the country replaces the link. API: `country`.",
				CustomType: schematype.CountryType{},
				Validators: []validator.String{schematype.Valid[schematype.CountryMeaning]()},
				Optional:   true,
				Computed:   true,
				PlanModifiers: []planmodifier.String{
					schematype.KeepEquivalent(),
					stringplanmodifier.UseStateForUnknown(),
					stringplanmodifier.RequiresReplace(),
				},
			},
			"application_id": schema.StringAttribute{
				MarkdownDescription: "The application to link the number to, a UUID. Changed in place. API: `app_id`.",
				CustomType:          schematype.ApplicationIDType{},
				Validators:          []validator.String{schematype.Valid[schematype.ApplicationIDMeaning]()},
				Required:            true,
				PlanModifiers:       []planmodifier.String{schematype.KeepEquivalent()},
			},
			"replace_existing_link": schema.BoolAttribute{
				MarkdownDescription: "Whether to take over a number that is linked to another application. Default: `false`, which makes that an error naming the application. Not part of the API.",
				Optional:            true,
				Computed:            true,
				Default:             booldefault.StaticBool(false),
			},
			"timeouts": framework.TimeoutsAttribute(ctx, defaultTimeout),
		},
	}
}
