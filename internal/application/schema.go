// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

// Package application offers Vonage applications (Application API v2, https://developer.vonage.com/en/api/application.v2):
// the resource vonage_application and the data sources vonage_application and vonage_applications.
package application

import (
	"context"
	"maps"
	"time"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/resource/identityschema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/boolplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"

	"github.com/vonage/terraform-provider-vonage/internal/framework"
)

// operationTimeout is how long an operation may take when timeouts does not say otherwise. The limits on requests per
// second make large configurations wait.
const operationTimeout = 5 * time.Minute

func resourceSchema(ctx context.Context) schema.Schema {
	attributes := map[string]schema.Attribute{
		"id": schema.StringAttribute{
			MarkdownDescription: "The application's UUID, made by Vonage. Phone numbers are linked to it, and it is the `application_id` " +
				"claim of JWTs. API: `id`.",
			Computed:      true,
			PlanModifiers: []planmodifier.String{stringplanmodifier.UseNonNullStateForUnknown()},
		},
		"name": schema.StringAttribute{
			MarkdownDescription: "What people call the application. Names are not unique. API: `name`.",
			Required:            true,
			Validators:          []validator.String{stringvalidator.LengthAtLeast(1)},
		},
		"improve_ai": schema.BoolAttribute{
			MarkdownDescription: "Whether Vonage may use what passes through the application to improve its AI. The default depends on the " +
				"account. API: `privacy.improve_ai`.",
			Optional: true, Computed: true,
			PlanModifiers: []planmodifier.Bool{boolplanmodifier.UseNonNullStateForUnknown()},
		},
		"timeouts": framework.TimeoutsAttribute(ctx, operationTimeout),
	}
	maps.Copy(attributes, capabilityAttributes())
	maps.Copy(attributes, keyAttributes())
	return schema.Schema{
		MarkdownDescription: "An application: the capabilities that Vonage's APIs have for you, the webhooks they call, and the key that signs " +
			"your JWTs.\n\n" +
			"A capability that is left out is off, whoever turned it on; an empty object turns one on with the defaults. Capabilities and " +
			"settings that this provider does not know, set in the dashboard for example, are left as they are; but turning a capability " +
			"off removes all that it holds, even what the plan cannot show.\n\n" +
			"Settings marked as filled in by Vonage are read back when you do not set them. Removing one of them from the configuration " +
			"keeps its last value.\n\n" +
			"Terraform drops misspelt names inside nested objects without a word: a setting that has no effect may be one.",
		Attributes: attributes,
	}
}

func identitySchema() identityschema.Schema {
	return identityschema.Schema{
		Attributes: map[string]identityschema.Attribute{
			"id": identityschema.StringAttribute{
				Description:       "The application's UUID.",
				RequiredForImport: true,
			},
		},
	}
}
