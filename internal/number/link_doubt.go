// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package number

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/diag"
)

// A link is in doubt after an update of which nobody knows whether it took effect: the number is linked to the application of the
// state, or to the one it was to be linked to instead. The next refresh finds out.

// doubtKey is where private state keeps the application that a link may have been changed to. After a create the state itself
// names it, because Terraform keeps no private state of an object whose creation failed.
const doubtKey = "in_doubt"

func setDoubt(ctx context.Context, private privateState, application string, diags *diag.Diagnostics) {
	diags.Append(private.SetKey(ctx, doubtKey, []byte(`"`+application+`"`))...)
}

// resolveDoubt ends the doubt about a link, if there is any. It reports whether application, which the number is linked to now, is
// the one that the link may have been changed to.
func resolveDoubt(ctx context.Context, private privateState, application string, diags *diag.Diagnostics) bool {
	stored, problems := private.GetKey(ctx, doubtKey)
	diags.Append(problems...)
	if stored == nil {
		return false
	}
	diags.Append(private.SetKey(ctx, doubtKey, nil)...)
	return application != "" && string(stored) == `"`+application+`"`
}
