// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package number

import (
	"context"
	"crypto/rand"
	"encoding/json"

	"github.com/hashicorp/terraform-plugin-framework/diag"
)

// privateState is what Terraform keeps beside a resource's state, for the provider alone.
type privateState interface {
	GetKey(ctx context.Context, key string) ([]byte, diag.Diagnostics)
	SetKey(ctx context.Context, key string, value []byte) diag.Diagnostics
}

// ownerKey is where an object keeps what tells it from every other that manages the same number: no address, which a
// provider is not told, but a random text of its own.
const ownerKey = "owner"

// ownerOf is empty for an object that has never written to its number.
func ownerOf(ctx context.Context, private privateState, diags *diag.Diagnostics) string {
	stored, problems := private.GetKey(ctx, ownerKey)
	diags.Append(problems...)
	var owner string
	if stored == nil || json.Unmarshal(stored, &owner) != nil {
		return ""
	}
	return owner
}

// ensureOwner gives an object that is about to write what tells it apart.
func ensureOwner(ctx context.Context, private privateState, diags *diag.Diagnostics) string {
	if owner := ownerOf(ctx, private, diags); owner != "" {
		return owner
	}
	owner := rand.Text()
	diags.Append(private.SetKey(ctx, ownerKey, []byte(`"`+owner+`"`))...)
	return owner
}
