// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package application

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	fwschema "github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/vonage/terraform-provider-vonage/internal/schematype"
	"github.com/vonage/terraform-provider-vonage/internal/vonage"
)

// dataModel is an application in the data sources: like the resource, but with only the public key.
type dataModel struct {
	settings

	Video *dataVideo `tfsdk:"video"`
}

type dataVideo struct {
	Webhooks map[string]dataVideoWebhook `tfsdk:"webhooks"`
	Storage  types.Object                `tfsdk:"storage"`
}

type dataVideoWebhook struct {
	Address types.String `tfsdk:"address"`
	Active  types.Bool   `tfsdk:"active"`
}

func newDataModel(app vonage.Application) dataModel {
	next := dataModel{settings: newSettings(app, settings{})}
	read := newVideo(app.Capabilities.Video, nil)
	if read == nil {
		return next
	}
	next.Video = &dataVideo{Webhooks: map[string]dataVideoWebhook{}, Storage: read.Storage}
	for event, hook := range read.Webhooks {
		next.Video.Webhooks[event] = dataVideoWebhook{Address: hook.Address, Active: hook.Active}
	}
	return next
}

// computedAttributes returns the resource's attributes as computed ones, with the same descriptions.
func computedAttributes(ctx context.Context) map[string]schema.Attribute {
	resource := resourceSchema(ctx).Attributes
	for _, name := range []string{"private_key", "public_key_wo", "public_key_wo_version", "key_version", "timeouts"} {
		delete(resource, name)
	}
	attributes := toComputed(resource)
	attributes["public_key"] = schema.StringAttribute{
		MarkdownDescription: "RSA public key (SPKI PEM) that Vonage verifies JWTs with. API: `keys.public_key`.",
		CustomType:          schematype.PublicKeyType{},
		Computed:            true,
	}
	return attributes
}

// toComputed omits sensitive attributes.
func toComputed(attributes map[string]fwschema.Attribute) map[string]schema.Attribute {
	computed := map[string]schema.Attribute{}
	for name, attribute := range attributes {
		description := attribute.GetMarkdownDescription()
		switch attribute := attribute.(type) {
		case fwschema.StringAttribute:
			if !attribute.Sensitive {
				computed[name] = schema.StringAttribute{MarkdownDescription: description, CustomType: attribute.CustomType, Computed: true}
			}
		case fwschema.BoolAttribute:
			computed[name] = schema.BoolAttribute{MarkdownDescription: description, Computed: true}
		case fwschema.Int64Attribute:
			computed[name] = schema.Int64Attribute{MarkdownDescription: description, CustomType: attribute.CustomType, Computed: true}
		case fwschema.SingleNestedAttribute:
			computed[name] = schema.SingleNestedAttribute{
				MarkdownDescription: description, Computed: true, Attributes: toComputed(attribute.Attributes),
			}
		case fwschema.MapNestedAttribute:
			computed[name] = schema.MapNestedAttribute{
				MarkdownDescription: description, Computed: true,
				NestedObject: schema.NestedAttributeObject{Attributes: toComputed(attribute.NestedObject.Attributes)},
			}
		}
	}
	return computed
}
