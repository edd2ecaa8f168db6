// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package framework

import (
	"context"
	"encoding/json"
	"reflect"

	"github.com/hashicorp/terraform-plugin-framework/diag"
)

// Private state is stored by Terraform with a resource's state, for use by the provider only. It is the last resort, for
// what neither state nor plan can tell.

// PrivateReader and PrivateWriter are the methods of the framework's private state, whose type it does not export.
type PrivateReader interface {
	GetKey(ctx context.Context, key string) ([]byte, diag.Diagnostics)
}

// PrivateWriter is the writing half: see PrivateReader.
type PrivateWriter interface {
	SetKey(ctx context.Context, key string, value []byte) diag.Diagnostics
}

// PrivateState is both halves: see PrivateReader.
type PrivateState interface {
	PrivateReader
	PrivateWriter
}

// Marker is an entry of private state: JSON under its own key. The zero value of T means that there is no entry.
type Marker[T any] struct {
	Key string
	// Noun is the object that the entry belongs to, and Tells what the entry tells about it, both for messages:
	// "application", "who set the application's key".
	Noun, Tells string
}

// Get returns the entry's value. An entry that cannot be decoded is an error. The error does not quote it, because an
// entry may be secret.
func (m Marker[T]) Get(ctx context.Context, private PrivateReader, diags *diag.Diagnostics) T {
	var none, value T
	text, problems := private.GetKey(ctx, m.Key)
	diags.Append(problems...)
	if len(text) == 0 {
		return none
	}
	if json.Unmarshal(text, &value) != nil {
		diags.AddError("Unreadable private state", Sentence(m.Tells+" cannot be read")+" Private state is the provider's part of the state file, which "+
			"something else has changed: restore the state from a backup, or remove the "+m.Noun+" from it (terraform state rm) and import it again.")
		return none
	}
	return value
}

// Set stores the value, or removes the entry if it is the zero value.
func (m Marker[T]) Set(ctx context.Context, private PrivateWriter, value T, diags *diag.Diagnostics) {
	if reflect.ValueOf(value).IsZero() {
		m.Forget(ctx, private, diags)
		return
	}
	text, err := json.Marshal(value)
	if err != nil {
		diags.AddError("Unable to keep private state", err.Error())
		return
	}
	diags.Append(private.SetKey(ctx, m.Key, text)...)
}

// Forget removes the entry.
func (m Marker[T]) Forget(ctx context.Context, private PrivateWriter, diags *diag.Diagnostics) {
	diags.Append(private.SetKey(ctx, m.Key, nil)...)
}
