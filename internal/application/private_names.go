// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package application

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/diag"
)

// getNames reads a list of names that setNames put into private state.
func getNames(ctx context.Context, private privateGetter, key string, diags *diag.Diagnostics) []string {
	text, problems := private.GetKey(ctx, key)
	diags.Append(problems...)
	if len(text) == 0 {
		return nil
	}
	var names []string
	if err := json.Unmarshal(text, &names); err != nil {
		addUnreadable(diags, fmt.Sprintf("%s cannot be read (%s)", key, err))
	}
	return names
}

func setNames(ctx context.Context, private privateSetter, key string, names []string, diags *diag.Diagnostics) {
	var text []byte // deletes what is there
	if len(names) > 0 {
		encoded, err := json.Marshal(names)
		if err != nil {
			diags.AddError("Unable to keep private state", err.Error())
			return
		}
		text = encoded
	}
	diags.Append(private.SetKey(ctx, key, text)...)
}

// addUnreadable reports what only a state that was edited or damaged can hold.
func addUnreadable(diags *diag.Diagnostics, what string) {
	diags.AddError("Unreadable private state", what+". Private state is the provider's part of the state file, which something else has "+
		"changed: restore the state from a backup, or remove the application from it (terraform state rm) and import it again.")
}
