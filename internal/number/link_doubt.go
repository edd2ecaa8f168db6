// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package number

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/vonage/terraform-provider-vonage/internal/framework"
)

// A link is in doubt after an update with unknown outcome: the number is linked either to the application in the state,
// or to the one it was to be linked to instead. The next refresh finds out.

// doubtMarker stores the application that the link may have been changed to. After a create, the state itself names it,
// because Terraform stores no private state for an object whose creation failed.
var doubtMarker = framework.Marker[string]{Key: "in_doubt", Noun: "link", Tells: "the application that the link may have been changed to"}

// resolveDoubt ends the doubt about a link, if any. It reports whether application, to which the number is linked now,
// is the one that the link may have been changed to.
func resolveDoubt(ctx context.Context, private framework.PrivateState, application string, diags *diag.Diagnostics) bool {
	doubted := doubtMarker.Get(ctx, private, diags)
	if doubted == "" {
		return false
	}
	doubtMarker.Forget(ctx, private, diags)
	return doubted == application
}
