// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package application

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/diag"
)

// Private state is stored by Terraform with a resource's state, for use by the provider only. Each entry is JSON under
// its own key.

// privateGetter and privateSetter are parts of the framework's private state, whose type it does not export.
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

const keyOriginPrivate = "key_origin" // the key of the keyOrigin in private state

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

// getNames returns a list of names that setNames stored.
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
	var text []byte // removes the entry
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

// addUnreadable reports private state that is invalid, which happens only if it was edited or damaged.
func addUnreadable(diags *diag.Diagnostics, what string) {
	diags.AddError("Unreadable private state", what+". Private state is the provider's part of the state file, which something else has "+
		"changed: restore the state from a backup, or remove the application from it (terraform state rm) and import it again.")
}
