// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package number

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/diag"
)

// A link is in doubt after an update with unknown outcome: the number is linked either to the application in the state,
// or to the one it was to be linked to instead. The next refresh finds out.

// doubtKey is the private state key of the application that the link may have been changed to. After a create, the state
// itself names it, because Terraform stores no private state for an object whose creation failed.
const doubtKey = "in_doubt"

func setDoubt(ctx context.Context, private privateState, application string, diags *diag.Diagnostics) {
	diags.Append(private.SetKey(ctx, doubtKey, []byte(`"`+application+`"`))...)
}

// resolveDoubt ends the doubt about a link, if any. It reports whether application, to which the number is linked now,
// is the one that the link may have been changed to.
func resolveDoubt(ctx context.Context, private privateState, application string, diags *diag.Diagnostics) bool {
	stored, problems := private.GetKey(ctx, doubtKey)
	diags.Append(problems...)
	if stored == nil {
		return false
	}
	diags.Append(private.SetKey(ctx, doubtKey, nil)...)
	return application != "" && string(stored) == `"`+application+`"`
}
