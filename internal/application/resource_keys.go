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
