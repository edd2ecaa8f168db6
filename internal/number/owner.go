// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package number

import (
	"context"
	"crypto/rand"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/vonage/terraform-provider-vonage/internal/framework"
	"github.com/vonage/terraform-provider-vonage/internal/vonage"
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

// planUse registers that the object is to have this use of a number, and rejects it if another resource is to have it
// too. Terraform passes the private state that a plan returns to the second plan of a replacement, so that an object is
// not taken for another one.
func planUse(ctx context.Context, claims *framework.Claims, key vonage.NumberKey, use framework.Use, resp *resource.ModifyPlanResponse) {
	if err := claims.Plan(key, use, ensureOwner(ctx, resp.Private, &resp.Diagnostics)); err != nil {
		addError(&resp.Diagnostics, "plan", key, inPlan("number "+key.String(), err))
	}
}
