// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package number

import (
	"context"
	"crypto/rand"
	"encoding/json"

	"github.com/hashicorp/terraform-plugin-framework/diag"
)

// privateState is what Terraform stores with a resource's state, for use by the provider only.
type privateState interface {
	GetKey(ctx context.Context, key string) ([]byte, diag.Diagnostics)
	SetKey(ctx context.Context, key string, value []byte) diag.Diagnostics
}

// ownerKey is the private state key of a random text that identifies an object among all that manage the same number.
// The resource's address would do, but Terraform does not pass it to the provider.
const ownerKey = "owner"

// ownerOf returns an object's random text, or "" if the object has never written to its number.
func ownerOf(ctx context.Context, private privateState, diags *diag.Diagnostics) string {
	stored, problems := private.GetKey(ctx, ownerKey)
	diags.Append(problems...)
	var owner string
	if stored == nil || json.Unmarshal(stored, &owner) != nil {
		return ""
	}
	return owner
}

// ensureOwner is ownerOf for an object that is about to write to its number: it generates the text if there is none.
func ensureOwner(ctx context.Context, private privateState, diags *diag.Diagnostics) string {
	if owner := ownerOf(ctx, private, diags); owner != "" {
		return owner
	}
	owner := rand.Text()
	diags.Append(private.SetKey(ctx, ownerKey, []byte(`"`+owner+`"`))...)
	return owner
}
