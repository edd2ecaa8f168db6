// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package application

import (
	"context"
	"encoding/json"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/vonage/terraform-provider-vonage/internal/schematype"
	"github.com/vonage/terraform-provider-vonage/internal/vonage"
)

// A pair is pending when the update that sent its public half had no clear end: if Vonage has carried it out, this is the
// only copy of the key in force. Terraform keeps the private state that comes with an error, and the state as it was. The
// next refresh sees which pair is in force, and the pending one moves into the state or is forgotten.

const pendingPairPrivate = "pending_pair" // its name in private state

// pendingPair is a private key, from which the public half follows, and the key_version that it was made for.
type pendingPair struct {
	PrivateKey string  `json:"private_key"`
	KeyVersion *string `json:"key_version,omitempty"`
}

// getPendingPair gives nil where none is pending.
func getPendingPair(ctx context.Context, private privateGetter, diags *diag.Diagnostics) *pendingPair {
	text, problems := private.GetKey(ctx, pendingPairPrivate)
	diags.Append(problems...)
	if len(text) == 0 {
		return nil
	}
	var pair pendingPair
	if json.Unmarshal(text, &pair) != nil { // its error would quote from the key
		addUnreadable(diags, "The pair of a rotation that had no clear end cannot be read")
		return nil
	}
	return &pair
}

// keepPendingPair keeps the pair of a plan whose update had no clear end.
func keepPendingPair(ctx context.Context, private privateSetter, plan model, diags *diag.Diagnostics) {
	text, err := json.Marshal(pendingPair{plan.PrivateKey.ValueString(), plan.KeyVersion.ValueStringPointer()}) //nolint:gosec // to keep the key is the purpose
	if err != nil {
		diags.AddError("Unable to keep private state", err.Error())
		return
	}
	diags.Append(private.SetKey(ctx, pendingPairPrivate, text)...)
	diags.AddAttributeWarning(path.Root("private_key"), "The new private key is kept",
		"It is not known whether its public half is in force at Vonage. The next plan or apply that refreshes finds out: if it is, the new "+
			"pair moves into the state; if not, the provider discards it. Until then the new private key is in the state file, beside the old one.")
}

func forgetPendingPair(ctx context.Context, private privateSetter, diags *diag.Diagnostics) {
	diags.Append(private.SetKey(ctx, pendingPairPrivate, nil)...)
}

// settlePendingPair ends the wait for a pending pair. It returns the state with that pair if the application has it, as if the
// update that sent it had been answered, and the state as it was if not.
func settlePendingPair(ctx context.Context, private privateState, app vonage.Application, state model, diags *diag.Diagnostics) model {
	pair := getPendingPair(ctx, private, diags)
	if pair == nil {
		return state
	}
	forgetPendingPair(ctx, private, diags)
	if isPair(pair.PrivateKey, app.Keys.PublicKey) {
		state.PrivateKey = types.StringValue(pair.PrivateKey)
		state.KeyVersion = types.StringPointerValue(pair.KeyVersion)
		state.PublicKeyWOVersion = schematype.Int64{}
		setOrigin(ctx, private, providerOrigin, diags)
	}
	return state
}
