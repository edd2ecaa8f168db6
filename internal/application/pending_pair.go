// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package application

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/vonage/terraform-provider-vonage/internal/framework"
	"github.com/vonage/terraform-provider-vonage/internal/schematype"
	"github.com/vonage/terraform-provider-vonage/internal/vonage"
)

// A pair is pending if it is unknown whether the update that sent its public half was carried out. If it was, this is
// the only copy of the private key in use. After an error, Terraform stores the new private state with the old state.
// The next refresh sees which key is in use, and the pending pair is moved to the state or discarded.

var pendingPairMarker = framework.Marker[*pendingPair]{
	Key: "pending_pair", Noun: "application", Tells: "the pair of a rotation that had no clear end",
}

// pendingPair is a private key, from which the public half is derived, and the key_version that it was generated for.
type pendingPair struct {
	PrivateKey string  `json:"private_key"`
	KeyVersion *string `json:"key_version,omitempty"`
}

// keepPendingPair stores the planned pair of an update with unknown outcome.
func keepPendingPair(ctx context.Context, private framework.PrivateWriter, plan model, diags *diag.Diagnostics) {
	pendingPairMarker.Set(ctx, private, &pendingPair{plan.PrivateKey.ValueString(), plan.KeyVersion.ValueStringPointer()}, diags)
	diags.AddAttributeWarning(path.Root("private_key"), "The new private key is kept",
		"It is not known whether its public half is in force at Vonage. The next plan or apply that refreshes finds out: if it is, the new "+
			"pair moves into the state; if not, the provider discards it. Until then the new private key is in the state file, beside the old one.")
}

// settlePendingPair ends the pending status. If the application has the pending pair, it returns the state with that
// pair, as if the update had succeeded, else the state unchanged.
func settlePendingPair(ctx context.Context, private framework.PrivateState, app vonage.Application, state model, diags *diag.Diagnostics) model {
	pair := pendingPairMarker.Get(ctx, private, diags)
	if pair == nil {
		return state
	}
	pendingPairMarker.Forget(ctx, private, diags)
	if isPair(pair.PrivateKey, app.Keys.PublicKey) {
		state.PrivateKey = types.StringValue(pair.PrivateKey)
		state.KeyVersion = types.StringPointerValue(pair.KeyVersion)
		state.PublicKeyWOVersion = schematype.Int64{}
		originMarker.Set(ctx, private, providerOrigin, diags)
	}
	return state
}
