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

// aclPath matches the paths that Vonage's own ACL schema allows (src/aclSchema.json of
// https://github.com/Vonage/vonage-cli).
var aclPath = regexp.MustCompile(`^/\S*$`)

func newJWTSchema() schema.Schema {
	return schema.Schema{
		MarkdownDescription: "A JSON Web Token (RS256) for an application: for the Conversation, Voice and Users APIs, or for a user of the Client SDK. " +
			"It is stored in no plan and no state.\n\n" +
			"Every plan and every apply makes new tokens, and does not renew them while it runs: choose an `expires_in` that covers the run. " +
			"If the signing key is known only after apply, so is the token. With OpenTofu, set such a key here, in `application_id` and `private_key`, " +
			"because OpenTofu does not wait for unknown values in the provider block. Nothing is sent to Vonage.",
		Attributes: map[string]schema.Attribute{
			"application_id": schema.StringAttribute{
				Optional:            true,
				Computed:            true,
				CustomType:          schematype.ApplicationIDType{},
				MarkdownDescription: "UUID of the application that the token is for. Requires `private_key`. Default: the provider's `application_id`. Claim: `application_id`.",
				Validators: []validator.String{
					schematype.Valid[schematype.ApplicationIDMeaning](), stringvalidator.AlsoRequires(path.MatchRoot("private_key")),
				},
			},
			"private_key": schema.StringAttribute{
				Optional:  true,
				Sensitive: true,
				MarkdownDescription: "The application's RSA private key in PEM format (PKCS#8 or PKCS#1), not a path. " +
					"Requires `application_id`. Default: the provider's `private_key`. Not part of the API.",
				Validators: []validator.String{stringvalidator.AlsoRequires(path.MatchRoot("application_id")), pemPrivateKey},
			},
			"expires_in": schema.StringAttribute{
				Optional: true,
				MarkdownDescription: "How long the token is valid from now on, such as `30m`: from `30s` to `24h`. Vonage rejects tokens that are " +
					"24 hours old, so `24h` is shortened by some seconds. Default: `15m`. Claim: `exp`.",
				Validators: []validator.String{lifetime},
			},
			"not_before": schema.StringAttribute{
				Optional:            true,
				MarkdownDescription: "Time before which Vonage rejects the token, in RFC 3339 format. Default: none. Claim: `nbf`.",
				Validators:          []validator.String{rfc3339},
			},
			"subject": schema.StringAttribute{
				Optional: true,
				MarkdownDescription: "Name of the Client SDK user that the token is for; `acl` or `acl_preset` limit what it may do. " +
					"Default: none, which makes it an admin token. Claim: `sub`.",
				Validators: []validator.String{stringvalidator.LengthAtLeast(1)},
			},
			"acl": aclAttribute(),
			"acl_preset": schema.StringAttribute{
				Optional:            true,
				MarkdownDescription: "`client_sdk`: access to everything that a Client SDK user needs. Conflicts with `acl`. Default: none. Claim: `acl`.",
				Validators:          []validator.String{schematype.OneOf(clientSDK), stringvalidator.ConflictsWith(path.MatchRoot("acl"))},
			},
			"jwt": schema.StringAttribute{
				Computed:            true,
				Sensitive:           true,
				MarkdownDescription: "The token, to send in the header `Authorization: Bearer …`. Not part of the API.",
			},
			"jti":        schema.StringAttribute{Computed: true, MarkdownDescription: "Unique id of the token, a UUID. Claim: `jti`."},
			"issued_at":  schema.StringAttribute{Computed: true, MarkdownDescription: "Time of issue, in RFC 3339 format; some seconds in the past, because clocks differ. Claim: `iat`."},
			"expires_at": schema.StringAttribute{Computed: true, MarkdownDescription: "Time at which the token expires, in RFC 3339 format. Claim: `exp`."},
		},
	}
}

func aclAttribute() schema.Attribute {
	return schema.SingleNestedAttribute{
		Optional:            true,
		MarkdownDescription: "Access control list: what the token may be used for. Default: everything. Claim: `acl`.",
		Attributes: map[string]schema.Attribute{
			"paths": schema.MapNestedAttribute{
				Required: true,
				MarkdownDescription: "API paths that the token allows, such as `/*/users/**`, each with its limits; `{}` means no limits. A `*` stands for one segment " +
					"of a path, `**` for any number. A misspelled `methods` or `filters` limits nothing, because Terraform silently drops it. " +
					"Claim: `acl.paths`.",
				Validators: []validator.Map{mapvalidator.SizeAtLeast(1), mapvalidator.NoNullValues(), mapvalidator.KeysAre(
					schematype.Matches(aclPath, "a path must start with a slash and have no spaces"))},
				NestedObject: schema.NestedAttributeObject{Attributes: map[string]schema.Attribute{
					"methods": schema.SetAttribute{
						Optional:            true,
						ElementType:         types.StringType,
						MarkdownDescription: "Allowed HTTP methods: `GET`, `POST`, `PUT`, `PATCH`, `DELETE`. Default: all. Claim: `methods`.",
						Validators: []validator.Set{
							setvalidator.SizeAtLeast(1), setvalidator.NoNullValues(),
							setvalidator.ValueStringsAre(schematype.OneOf("GET", "POST", "PUT", "PATCH", "DELETE")),
						},
					},
					"filters": schema.MapAttribute{
						Optional:            true,
						ElementType:         types.StringType,
						MarkdownDescription: "Values that request fields must have, such as `to` of a call. Default: any. Claim: `filters`.",
						Validators:          []validator.Map{mapvalidator.SizeAtLeast(1), mapvalidator.NoNullValues()},
					},
				}},
			},
		},
	}
}
