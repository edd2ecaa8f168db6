// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package application

import (
	"context"
	"crypto/rsa"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/vonage/terraform-provider-vonage/internal/framework"
	"github.com/vonage/terraform-provider-vonage/internal/schematype"
	"github.com/vonage/terraform-provider-vonage/internal/vonage"
)

// supplyKey adds the key to send to the plan: public_key_wo, which only the configuration has, or a pair. The pair is a
// pending one, if any, else a new one: the pending pair may already be in use, and sending it again is harmless.
func (r *resource) supplyKey(
	ctx context.Context, change keyChange, config attributes, pending *pendingPair, plan *model, diags *diag.Diagnostics,
) {
	switch {
	case diags.HasError():
	case change == sendWriteOnly:
		diags.Append(config.GetAttribute(ctx, path.Root("public_key_wo"), &plan.PublicKeyWO)...)
		if plan.PublicKeyWO.IsNull() {
			diags.AddAttributeError(path.Root("public_key_wo"), "No public key to send", "public_key_wo_version asks for public_key_wo to be sent, and it is not set.")
		}
	case change == makeKey:
		private, public, err := r.pair(pending)
		if err != nil {
			framework.AddError(diags, "make", "key pair", err, nil)
			return
		}
		plan.PrivateKey = types.StringValue(private)
		plan.PublicKey = schematype.NewPublicKey(public)
	}
}

func (r *resource) pair(pending *pendingPair) (private, public string, err error) {
	var key *rsa.PrivateKey
	if pending != nil {
		key, err = vonage.ParsePrivateKey(pending.PrivateKey)
	} else {
		key, err = r.data.GenerateKey()
	}
	if err != nil {
		return "", "", err
	}
	if private, err = vonage.EncodePrivateKey(key); err != nil {
		return "", "", err
	}
	public, err = vonage.EncodePublicKey(&key.PublicKey)
	return private, public, err
}

// warnIfKeyChanged warns if the private key in the state no longer belongs to the application's public key.
func warnIfKeyChanged(before, after model, diags *diag.Diagnostics) {
	if before.PrivateKey.IsNull() || !after.PrivateKey.IsNull() {
		return
	}
	diags.AddAttributeWarning(path.Root("private_key"), "The application's key was changed elsewhere",
		"The public key of application "+after.ID.ValueString()+" no longer belongs to private_key, which is now useless and is removed from "+
			"the state. Whoever set the new key has its private half. To have the provider make a new key pair, change key_version.")
}

// warnIfKeyIsIgnored warns about settings that ask for another key while public_key must stay as it is. A configuration
// may not have both, so public_key is in ignore_changes.
func warnIfKeyIsIgnored(config, state keySettings, origin keyOrigin, diags *diag.Diagnostics) {
	if !config.keepsKeyOf(state) {
		return
	}
	config.PublicKey = schematype.PublicKey{}
	change, attribute := decideKeys(config, &state, origin), ""
	switch {
	case change == sendWriteOnly && !config.PublicKeyWOVersion.Equal(state.PublicKeyWOVersion):
		attribute = "public_key_wo_version"
	case change == makeKey && !config.KeyVersion.IsNull() && !config.KeyVersion.Equal(state.KeyVersion):
		attribute = "key_version"
	default:
		return
	}
	diags.AddAttributeWarning(path.Root(attribute), "The key stays as it is", "public_key is in ignore_changes of the resource, so the "+
		"application keeps its key, and "+attribute+" is only recorded. To change the key, remove public_key from ignore_changes and change "+
		attribute+" once more.")
}
