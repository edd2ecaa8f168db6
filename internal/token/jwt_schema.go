// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package token

import (
	"regexp"

	"github.com/hashicorp/terraform-plugin-framework-validators/mapvalidator"
	"github.com/hashicorp/terraform-plugin-framework-validators/setvalidator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/ephemeral/schema"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/vonage/terraform-provider-vonage/internal/schematype"
)

// aclPath is the form of paths in Vonage's own schema of ACLs (src/aclSchema.json of https://github.com/Vonage/vonage-cli).
var aclPath = regexp.MustCompile(`^/\S*$`)

func newJWTSchema() schema.Schema {
	return schema.Schema{
		MarkdownDescription: "A JSON Web Token (RS256) that acts for an application: for the Conversation, Voice and Users APIs, or for a user of the Client SDK. " +
			"It is in no plan and no state.\n\n" +
			"Every plan and every apply makes tokens of its own, which are not renewed while it runs: choose `expires_in` for as long as the run needs them. " +
			"Where the signing key is known only after apply, so is the token; with OpenTofu give such a key here, in `application_id` and `private_key`, " +
			"for it does not wait for what a provider block lacks. Nothing is sent to Vonage.",
		Attributes: map[string]schema.Attribute{
			"application_id": schema.StringAttribute{
				Optional:            true,
				Computed:            true,
				CustomType:          schematype.ApplicationIDType{},
				MarkdownDescription: "Id of the application that the token acts for. Default: the provider's `application_id`. Claim: `application_id`.",
				Validators:          []validator.String{stringvalidator.AlsoRequires(path.MatchRoot("private_key"))},
			},
			"private_key": schema.StringAttribute{
				Optional:  true,
				Sensitive: true,
				MarkdownDescription: "The application's RSA private key in PEM format (PKCS#8 or PKCS#1), not a path. " +
					"Default: the provider's `private_key`. Not part of the API.",
				Validators: []validator.String{stringvalidator.AlsoRequires(path.MatchRoot("application_id")), pemPrivateKey},
			},
			"expires_in": schema.StringAttribute{
				Optional: true,
				MarkdownDescription: "How long the token is good for, such as `30m`: from `30s` to `24h`, counted from now. Vonage refuses tokens that are " +
					"24 hours old, so the last seconds of a `24h` are cut off. Default: `15m`. Claim: `exp`.",
				Validators: []validator.String{lifetime},
			},
			"not_before": schema.StringAttribute{
				Optional:            true,
				MarkdownDescription: "Time before which the token is refused, in RFC 3339 format. Default: none. Claim: `nbf`.",
				Validators:          []validator.String{rfc3339},
			},
			"subject": schema.StringAttribute{
				Optional: true,
				MarkdownDescription: "Name of the user of the Client SDK that the token is for; what it may do is said by `acl` or `acl_preset`. " +
					"Default: none, which makes it an administrator's token. Claim: `sub`.",
				Validators: []validator.String{stringvalidator.LengthAtLeast(1)},
			},
			"acl": aclAttribute(),
			"acl_preset": schema.StringAttribute{
				Optional:            true,
				MarkdownDescription: "`client_sdk`: everything that a user of the Client SDK needs. Conflicts with `acl`. Default: none. Claim: `acl`.",
				Validators:          []validator.String{stringvalidator.OneOf(clientSDK), stringvalidator.ConflictsWith(path.MatchRoot("acl"))},
			},
			"jwt": schema.StringAttribute{
				Computed:            true,
				Sensitive:           true,
				MarkdownDescription: "The token, to be sent in the header `Authorization: Bearer`. Not part of the API.",
			},
			"jti":        schema.StringAttribute{Computed: true, MarkdownDescription: "The token's own id, a UUID. Claim: `jti`."},
			"issued_at":  schema.StringAttribute{Computed: true, MarkdownDescription: "From when on the token is good, in RFC 3339 format; some seconds back, for clocks differ. Claim: `iat`."},
			"expires_at": schema.StringAttribute{Computed: true, MarkdownDescription: "Until when the token is good, in RFC 3339 format. Claim: `exp`."},
		},
	}
}

func aclAttribute() schema.Attribute {
	return schema.SingleNestedAttribute{
		Optional:            true,
		MarkdownDescription: "What the token is good for. Default: everything. Claim: `acl`.",
		Attributes: map[string]schema.Attribute{
			"paths": schema.MapNestedAttribute{
				Required: true,
				MarkdownDescription: "Paths of the API that may be used, such as `/*/users/**`, and how: `{}` is in every way. A `*` stands for one segment " +
					"of a path, `**` for any number. A misspelt `methods` or `filters` limits nothing: Terraform drops it before the provider hears of it. " +
					"Claim: `acl.paths`.",
				Validators: []validator.Map{mapvalidator.SizeAtLeast(1), mapvalidator.NoNullValues(), mapvalidator.KeysAre(
					stringvalidator.RegexMatches(aclPath, "a path starts with a slash and has no spaces"))},
				NestedObject: schema.NestedAttributeObject{Attributes: map[string]schema.Attribute{
					"methods": schema.SetAttribute{
						Optional:            true,
						ElementType:         types.StringType,
						MarkdownDescription: "HTTP methods that may be used: `GET`, `POST`, `PUT`, `PATCH`, `DELETE`. Default: all. Claim: `methods`.",
						Validators: []validator.Set{
							setvalidator.SizeAtLeast(1), setvalidator.NoNullValues(),
							setvalidator.ValueStringsAre(stringvalidator.OneOf("GET", "POST", "PUT", "PATCH", "DELETE")),
						},
					},
					"filters": schema.MapAttribute{
						Optional:            true,
						ElementType:         types.StringType,
						MarkdownDescription: "Values that fields of the request must have, such as `to` of a call. Default: any. Claim: `filters`.",
						Validators:          []validator.Map{mapvalidator.SizeAtLeast(1), mapvalidator.NoNullValues()},
					},
				}},
			},
		},
	}
}
