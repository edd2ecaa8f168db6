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

// keyAttributes returns the attributes of the key pair. Plans for them are made in one place, decideKeys, because they
// depend on all of them and on who set the key before.
func keyAttributes() map[string]schema.Attribute {
	publicKeyWO := path.MatchRoot("public_key_wo")
	version, keyVersion := path.MatchRoot("public_key_wo_version"), path.MatchRoot("key_version")
	return map[string]schema.Attribute{
		"public_key": schema.StringAttribute{
			MarkdownDescription: "RSA public key (SPKI PEM) that Vonage verifies JWTs with. Set it to use your own key pair. If you set neither this nor " +
				"`public_key_wo`, the provider makes an RSA-2048 key pair on this machine and uploads the public half. Null while `public_key_wo` " +
				"is in use. API: `keys.public_key`.",
			CustomType: schematype.PublicKeyType{},
			Optional:   true, Computed: true,
			Validators:    []validator.String{schematype.Valid[schematype.PublicKeyMeaning](), stringvalidator.ConflictsWith(publicKeyWO, keyVersion)},
			PlanModifiers: []planmodifier.String{schematype.KeepEquivalent()},
		},
		"public_key_wo": schema.StringAttribute{
			MarkdownDescription: "The same as `public_key`, for a key that must not be stored in the state, such as one from an ephemeral resource. It " +
				"is sent on create and when `public_key_wo_version` changes; key changes outside Terraform are not detected. Requires " +
				"`public_key_wo_version`, and Terraform 1.11 or OpenTofu 1.11. None by default. API: `keys.public_key`.",
			CustomType: schematype.PublicKeyType{},
			Optional:   true, WriteOnly: true,
			Validators: []validator.String{
				schematype.Valid[schematype.PublicKeyMeaning](), stringvalidator.AlsoRequires(version), stringvalidator.ConflictsWith(keyVersion),
			},
		},
		"public_key_wo_version": schema.Int64Attribute{
			MarkdownDescription: "A number of your choice: any change of it sends `public_key_wo` again. Required with " +
				"`public_key_wo`. None by default. After an import the first value is recorded without sending the key. " +
				"Not part of the API.",
			CustomType: schematype.Int64Type{},
			Optional:   true,
			Validators: []validator.Int64{int64validator.AlsoRequires(publicKeyWO)},
		},
		"private_key": schema.StringAttribute{
			MarkdownDescription: "Private key that signs JWTs, as PKCS#8 PEM, if the provider made the key pair; otherwise null. The provider never sends " +
				"it to Vonage, but it is in the state: protect the state, or use your own key with `public_key` or `public_key_wo`. It stays as long as the application " +
				"has its public half, even if `public_key` is set to that or is in `ignore_changes`. Not part of the API.",
			Computed: true, Sensitive: true,
		},
		"key_version": schema.StringAttribute{
			MarkdownDescription: "A text of your choice: any change of it makes a new key pair, without replacing the application. None by default. There is no " +
				"overlap: JWTs signed with the old key stop working at once. " +
				"A run that is cut off does not lose the new key, unless the provider is killed (`SIGKILL`): in that case change this " +
				"again. After an import the first value is recorded without making a key pair. Not part of the API.",
			Optional: true,
		},
	}
}
