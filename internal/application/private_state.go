// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package application

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/diag"
)

// Private state is what Terraform keeps beside a resource's state, for the provider alone. Each entry is JSON under a key of
// its own.

// privateGetter and privateSetter are the framework's private state, whose type it does not export.
type privateGetter interface {
	GetKey(ctx context.Context, key string) ([]byte, diag.Diagnostics)
}

type privateSetter interface {
	SetKey(ctx context.Context, key string, value []byte) diag.Diagnostics
}

type privateState interface {
	privateGetter
	privateSetter
}

const keyOriginPrivate = "key_origin" // where private state keeps who set the key

func getOrigin(ctx context.Context, private privateGetter, diags *diag.Diagnostics) keyOrigin {
	text, problems := private.GetKey(ctx, keyOriginPrivate)
	diags.Append(problems...)
	if len(text) == 0 {
		return unknownOrigin
	}
	var origin keyOrigin
	if err := json.Unmarshal(text, &origin); err != nil {
		addUnreadable(diags, fmt.Sprintf("Who set the application's key cannot be read (%s)", err))
	}
	return origin
}

func setOrigin(ctx context.Context, private privateSetter, origin keyOrigin, diags *diag.Diagnostics) {
	if origin == unknownOrigin {
		return
	}
	diags.Append(private.SetKey(ctx, keyOriginPrivate, []byte(`"`+string(origin)+`"`))...)
}

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
