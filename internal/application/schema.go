// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

// Package application implements Vonage applications (Application API v2,
// https://developer.vonage.com/en/api/application.v2): the resource vonage_application and the data sources
// vonage_application and vonage_applications.
package application

import (
	"context"
	"maps"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource/identityschema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/boolplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"

	"github.com/vonage/terraform-provider-vonage/internal/framework"
)

// attributePath returns a function that maps the API's name of a parameter to the attribute it was built from:
// "capabilities.voice.webhooks.answer_url.address" to voice.answer_url.address.
func attributePath(ctx context.Context) func(apiName string) (path.Path, bool) {
	attributes := resourceSchema(ctx)
	return func(apiName string) (path.Path, bool) {
		if strings.Count(apiName, ".") > deepest {
			return path.Empty(), false
		}
		steps := strings.Split(apiName, ".")
		if steps[0] == "capabilities" || steps[0] == "keys" || steps[0] == "privacy" {
			steps = steps[1:]
		}
		if len(steps) == 0 {
			return path.Empty(), false
		}
		at := path.Root(steps[0])
		inVideo := steps[0] == "video"
		if len(steps) > 1 && steps[1] == "webhooks" && !inVideo {
			steps = slices.Delete(steps, 1, 2)
		}
		for i, step := range steps[1:] {
			if inVideo && i == 1 && steps[1] == "webhooks" { // video's webhooks are a map, the others' names are attributes
				at = at.AtMapKey(step)
			} else {
				at = at.AtName(step)
			}
		}
		_, diags := attributes.AttributeAtPath(ctx, at)
		return at, !diags.HasError()
	}
}

// deepest is the number of dots in the longest name that maps to an attribute:
// capabilities.video.webhooks.archive_status.address. Longer names are skipped, because a path is copied with each step,
// which is slow for thousands of steps.
const deepest = 4

func resourceSchema(ctx context.Context) schema.Schema {
	attributes := map[string]schema.Attribute{
		"id": schema.StringAttribute{
			MarkdownDescription: "The application's UUID, assigned by Vonage. Number links and the `application_id` claim of JWTs refer to " +
				"it. API: `id`.",
			Computed:      true,
			PlanModifiers: []planmodifier.String{stringplanmodifier.UseNonNullStateForUnknown()},
		},
		"name": schema.StringAttribute{
			MarkdownDescription: "Name of the application, as the dashboard shows it; not empty. Names need not be unique. API: `name`.",
			Required:            true,
			Validators:          []validator.String{stringvalidator.LengthAtLeast(1)},
		},
		"improve_ai": schema.BoolAttribute{
			MarkdownDescription: "Whether Vonage may use the application's content and data to improve its AI. Default: set by Vonage, depending " +
				"on the account. API: `privacy.improve_ai`.",
			Optional: true, Computed: true,
			PlanModifiers: []planmodifier.Bool{boolplanmodifier.UseNonNullStateForUnknown()},
		},
		"timeouts": framework.TimeoutsAttribute(ctx, operationTimeout),
	}
	maps.Copy(attributes, capabilityAttributes())
	maps.Copy(attributes, keyAttributes())
	return schema.Schema{
		MarkdownDescription: "An application: its capabilities, the webhooks that they call, and the public key that Vonage verifies its JWTs with.\n\n" +
			"A capability that you leave out is off, even if somebody turned it on in the dashboard; an empty object turns one on with the " +
			"defaults. Capabilities and settings that this provider does not support are left as they are. But turning a capability " +
			"off removes all of its settings, including those that the plan cannot show.\n\n" +
			"If you leave out an attribute whose default is set by Vonage, the provider reads Vonage's value back. Removing such an attribute from " +
			"the configuration keeps its last value.\n\n" +
			"Once an application is destroyed, calls and messages to the numbers that were still linked to it reach no webhook. The destroy warns of such numbers, " +
			"which are managed elsewhere; the plan does not know of them.\n\n" +
			"Terraform silently drops misspelled names inside nested objects: if a setting has no effect, check its spelling.",
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
