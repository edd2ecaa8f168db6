// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package application

import (
	"strings"

	"github.com/hashicorp/terraform-plugin-framework-validators/mapvalidator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/boolplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/mapdefault"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/objectplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/vonage/terraform-provider-vonage/internal/schematype"
	"github.com/vonage/terraform-provider-vonage/internal/vonage"
)

func videoAttribute() schema.SingleNestedAttribute {
	const api = "capabilities.video"
	webhook := videoWebhookObject(api + ".webhooks.*")
	return schema.SingleNestedAttribute{
		MarkdownDescription: "Video sessions (Vonage Video API). Vonage stores further settings here, which this provider does not show: " +
			"in the resource, `video = {}` is enough to keep them, and leaving out `video` removes them. Off by default. API: `" + api + "`.",
		Optional: true,
		Attributes: map[string]schema.Attribute{
			"webhooks": schema.MapNestedAttribute{
				MarkdownDescription: "Webhooks, by the name of the event that they receive: `" + strings.Join(vonage.VideoEvents(), "`, `") + "`. None by default. API: `" +
					api + ".webhooks`.",
				Optional: true, Computed: true,
				// The API does not distinguish an absent map from an empty one; with this default neither is a change.
				Default:      mapdefault.StaticValue(types.MapValueMust(webhook.Type(), map[string]attr.Value{})),
				Validators:   []validator.Map{mapvalidator.KeysAre(schematype.OneOf(vonage.VideoEvents()...))},
				NestedObject: webhook,
			},
			"storage": schema.SingleNestedAttribute{
				MarkdownDescription: "How recordings are stored. Default: set by Vonage. API: `" + api + ".storage`.",
				Optional:            true, Computed: true,
				PlanModifiers: []planmodifier.Object{objectplanmodifier.UseNonNullStateForUnknown()},
				Attributes: map[string]schema.Attribute{
					"server_side_encryption": storageAttribute("Whether recordings are encrypted at rest.", api+".storage.server_side_encryption"),
					"end_to_end_encryption":  storageAttribute("Whether recordings are end-to-end encrypted.", api+".storage.end_to_end_encryption"),
					"cloud_storage":          storageAttribute("Whether recordings go to your own cloud storage.", api+".storage.cloud_storage"),
				},
			},
		},
	}
}

func videoWebhookObject(api string) schema.NestedAttributeObject {
	return schema.NestedAttributeObject{Attributes: map[string]schema.Attribute{
		"address": addressAttribute(api + ".address"),
		"active": schema.BoolAttribute{
			MarkdownDescription: "Whether the event is reported. Default: set by Vonage. API: `" + api + ".active`.",
			Optional:            true, Computed: true,
			PlanModifiers: []planmodifier.Bool{boolplanmodifier.UseNonNullStateForUnknown()},
		},
		"secret": schema.StringAttribute{
			MarkdownDescription: "Secret with which Vonage signs the webhook's requests; not empty. If the API does not return it, the provider keeps the last " +
				"known value and sends it again. Removing it from the configuration clears it; a secret that the configuration did not set, such " +
				"as that of an imported application, is kept. None by default. API: `" + api + ".secret`.",
			Optional: true, Computed: true, Sensitive: true,
			Validators:    []validator.String{stringvalidator.LengthAtLeast(1)},
			PlanModifiers: []planmodifier.String{keepForeignSecret{}},
		},
	}}
}

func storageAttribute(what, api string) schema.BoolAttribute {
	return schema.BoolAttribute{
		MarkdownDescription: what + " Default: set by Vonage, `false`. API: `" + api + "`.",
		Optional:            true, Computed: true,
		PlanModifiers: []planmodifier.Bool{boolplanmodifier.UseNonNullStateForUnknown()},
	}
}
