// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package number

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/booldefault"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"

	"github.com/vonage/terraform-provider-vonage/internal/framework"
	"github.com/vonage/terraform-provider-vonage/internal/schematype"
)

func linkSchema(ctx context.Context) schema.Schema {
	return schema.Schema{
		MarkdownDescription: "Links a rented phone number to an application: what arrives at the number, calls and messages, goes to the " +
			"application's webhooks.\n\n" +
			"The resource is the link of this number *to this application*. A number that was unlinked or linked to another application " +
			"outside Terraform is no longer this link, and a plan shows it as to be created again; creating it refuses a number that another application holds, " +
			"unless `replace_existing_link` is set. Destroying a link that is no longer there does nothing.\n\n" +
			"The number's inbound SMS webhook and its SIP or telephone forwarding stay as they are. Forwarding wins over the application's voice " +
			"webhooks, so an apply that finds some warns. The number's SMPP system type and voice status callback cannot be read from Vonage and are never sent.",
		Attributes: map[string]schema.Attribute{
			"id": schema.StringAttribute{
				MarkdownDescription: "Country and number in their canonical form: `GB/447700900001`. Not part of the API.",
				Computed:            true,
				PlanModifiers:       []planmodifier.String{stringplanmodifier.UseStateForUnknown()},
			},
			"msisdn": schema.StringAttribute{
				MarkdownDescription: "The phone number with its country calling code, at most 15 digits (E.164). `447700900001`, `+447700900001` and " +
					"`+44 7700 900001` are the same number. Another number replaces the link. API: `msisdn`.",
				CustomType: schematype.MSISDNType{},
				Required:   true,
				PlanModifiers: []planmodifier.String{
					schematype.KeepEquivalent(),
					stringplanmodifier.RequiresReplace(),
				},
			},
			"country": schema.StringAttribute{
				MarkdownDescription: "The country of the number, ISO 3166-1 alpha-2, in either case. By default it is found among the account's numbers; " +
					"a country that contradicts them is an error. API: `country`.",
				CustomType: schematype.CountryType{},
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
				Required:            true,
				PlanModifiers:       []planmodifier.String{schematype.KeepEquivalent()},
			},
			"replace_existing_link": schema.BoolAttribute{
				MarkdownDescription: "Whether to take the number from another application that holds it. By default (`false`) that is an error naming the application. Not part of the API.",
				Optional:            true,
				Computed:            true,
				Default:             booldefault.StaticBool(false),
			},
			"timeouts": framework.TimeoutsAttribute(ctx, defaultTimeout),
		},
	}
}
