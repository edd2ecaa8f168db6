// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package number

import (
	"context"
	"crypto/rand"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/vonage/terraform-provider-vonage/internal/framework"
)

// ownerMarker stores a random text that identifies an object among all that manage the same number. The resource's
// address would do, but Terraform does not pass it to the provider. An object that has never written to its number has
// none.
var ownerMarker = framework.Marker[string]{Key: "owner", Noun: "resource", Tells: "which resource wrote to the number"}

// ensureOwner returns the text for an object that is about to write to its number: it generates one if there is none.
func ensureOwner(ctx context.Context, private framework.PrivateState, diags *diag.Diagnostics) string {
	if owner := ownerMarker.Get(ctx, private, diags); owner != "" {
		return owner
	}
	owner := rand.Text()
	ownerMarker.Set(ctx, private, owner, diags)
	return owner
}
