// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package number

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/diag"
)

// A link that was being changed when nobody could tell any more whether it was, is in doubt: it is to the application of the state,
// or to the one that it was to be changed to. The next refresh finds out.

// doubtKey is where private state keeps the application that a link may have been changed to. For a link that was being created
// the state itself names it: of what it fails to create, Terraform keeps no private state.
const doubtKey = "in_doubt"

func setDoubt(ctx context.Context, private privateState, application string, diags *diag.Diagnostics) {
	diags.Append(private.SetKey(ctx, doubtKey, []byte(`"`+application+`"`))...)
}

// dispelDoubt says whether the link is in doubt and may be to the application that the number is linked to. After that, it is in
// doubt no longer.
func dispelDoubt(ctx context.Context, private privateState, application string, diags *diag.Diagnostics) bool {
	stored, problems := private.GetKey(ctx, doubtKey)
	diags.Append(problems...)
	if stored == nil {
		return false
	}
	diags.Append(private.SetKey(ctx, doubtKey, nil)...)
	return application != "" && string(stored) == `"`+application+`"`
}
