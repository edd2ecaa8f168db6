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

// ownerKey is where private state keeps a random text that tells an object from all others that manage the same number. An
// address would do, but Terraform does not tell a provider the addresses of its resources.
const ownerKey = "owner"

// ownerOf returns an object's random text; it is empty for one that has never written to its number.
func ownerOf(ctx context.Context, private privateState, diags *diag.Diagnostics) string {
	stored, problems := private.GetKey(ctx, ownerKey)
	diags.Append(problems...)
	var owner string
	if stored == nil || json.Unmarshal(stored, &owner) != nil {
		return ""
	}
	return owner
}

// ensureOwner is ownerOf for an object that is about to write to its number: it makes the text if there is none.
func ensureOwner(ctx context.Context, private privateState, diags *diag.Diagnostics) string {
	if owner := ownerOf(ctx, private, diags); owner != "" {
		return owner
	}
	owner := rand.Text()
	diags.Append(private.SetKey(ctx, ownerKey, []byte(`"`+owner+`"`))...)
	return owner
}
