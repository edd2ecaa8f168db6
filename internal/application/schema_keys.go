// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package application

import (
	"github.com/hashicorp/terraform-plugin-framework-validators/int64validator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"

	"github.com/vonage/terraform-provider-vonage/internal/schematype"
)

// keyAttributes describe the application's key pair. What a plan does with it is decided in one place, decideKeys, for it
// depends on all of them and on who set the key before.
func keyAttributes() map[string]schema.Attribute {
	publicKeyWO := path.MatchRoot("public_key_wo")
	version, keyVersion := path.MatchRoot("public_key_wo_version"), path.MatchRoot("key_version")
	return map[string]schema.Attribute{
		"public_key": schema.StringAttribute{
			MarkdownDescription: "Public key that JWTs are checked against, RSA as SPKI PEM. Set it to use a pair of your own; without it and " +
				"`public_key_wo` the provider makes an RSA-2048 pair on this machine and uploads this half. Null while `public_key_wo` is in " +
				"force. API: `keys.public_key`.",
			CustomType: schematype.PublicKeyType{},
			Optional:   true, Computed: true,
			Validators:    []validator.String{stringvalidator.ConflictsWith(publicKeyWO, keyVersion)},
			PlanModifiers: []planmodifier.String{schematype.KeepEquivalent()},
		},
		"public_key_wo": schema.StringAttribute{
			MarkdownDescription: "The same as `public_key` for a key that must not enter the state, such as that of an ephemeral resource. It " +
				"is sent on create and when `public_key_wo_version` changes; a key changed by others is not noticed. Needs " +
				"`public_key_wo_version`, and Terraform 1.11 or OpenTofu 1.11. API: `keys.public_key`.",
			CustomType: schematype.PublicKeyType{},
			Optional:   true, WriteOnly: true,
			Validators: []validator.String{stringvalidator.AlsoRequires(version), stringvalidator.ConflictsWith(keyVersion)},
		},
		"public_key_wo_version": schema.Int64Attribute{
			MarkdownDescription: "A number of your own: any change of it sends `public_key_wo` again. Needed by " +
				"`public_key_wo`, and by default none. After an import the first one is recorded without sending the key. " +
				"Not part of the API.",
			CustomType: schematype.WholeType{},
			Optional:   true,
			Validators: []validator.Int64{int64validator.AlsoRequires(publicKeyWO)},
		},
		"private_key": schema.StringAttribute{
			MarkdownDescription: "Private key that signs JWTs, PKCS#8 PEM, when the provider made the pair; else null. It never crosses the " +
				"network, but it is in the state: keep that safe, or bring a key of your own with `public_key` or `public_key_wo`. Not part " +
				"of the API.",
			Computed: true, Sensitive: true,
		},
		"key_version": schema.StringAttribute{
			MarkdownDescription: "A text of your own: any change of it makes a new pair in place. By default none. There is no " +
				"overlap: JWTs signed with the old key stop working at once. " +
				"A run that is cut off meanwhile does not lose the new key, unless the provider is killed outright (`SIGKILL`): change this " +
				"again then. After an import the first one is recorded without making a pair. Not part of the API.",
			Optional: true,
		},
	}
}
