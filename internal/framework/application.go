// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package framework

import (
	"cmp"
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource"
)

// Application is the application whose tokens the provider sends.
type Application struct {
	// ID is "" if a ready-made token does not name its application.
	ID string
	// Source says where the credentials come from.
	Source string
}

// String describes the application for messages.
func (a Application) String() string {
	if a.ID == "" {
		return "an application that the jwt does not name"
	}
	return "application " + a.ID
}

// What belongs to an application, such as its users, does not exist for the tokens of another one: with the wrong credentials,
// everything looks gone. So it is treated like an account's objects, see KeepAccount.

// applicationMarker stores the id of the application under which an object was made or last read. Neither state nor plan have
// it. An object without one, such as an import, belongs to the present application.
var applicationMarker = Marker[string]{Key: "application", Noun: "resource", Tells: "which application the object belongs to"}

// KeepApplication stores that an object was made or read with the tokens that the provider sends.
func (d *ProviderData) KeepApplication(ctx context.Context, private PrivateWriter, diags *diag.Diagnostics) {
	present, err := d.Application(ctx)
	if err != nil {
		AddError(diags, "keep", "the application", err, nil)
		return
	}
	applicationMarker.Set(ctx, private, present.ID, diags)
}

// SameApplication reports whether an object was last seen with tokens of the application whose tokens the provider sends. If
// not, it adds an error that the operation verb on noun is impossible. A write asks before it is sent.
func (d *ProviderData) SameApplication(ctx context.Context, private PrivateReader, verb, noun string, diags *diag.Diagnostics) bool {
	var damage diag.Diagnostics
	seen := applicationMarker.Get(ctx, private, &damage)
	diags.Append(damage...)
	if damage.HasError() {
		return false
	}
	present, err := d.Application(ctx)
	switch {
	case err != nil:
		AddError(diags, verb, noun, err, nil)
		return false
	case seen == "" || seen == present.ID:
		return true
	}
	diags.AddError(Unable(verb, noun), fmt.Sprintf("It was made or last read with a token of application %s, but the provider now sends tokens of %s (%s), to "+
		"which it does not exist. Nothing was changed, and the state stays as it is.\n\nUse the credentials of application %s: correct application_id and "+
		"private_key (or jwt) in the provider block, the environment or the Vonage CLI's file, or the provider alias that the resource refers to. If there is to "+
		"be such an object in %s from now on, remove this one from the state (terraform state rm), and import or create the other one.",
		seen, present, present.Source, seen, cmp.Or(present.ID, "the other application")))
	return false
}

// RemoveFromApplication is RemoveState for an object that belongs to an application: see SameApplication.
func (d *ProviderData) RemoveFromApplication(ctx context.Context, noun string, resp *resource.ReadResponse) bool {
	if !d.SameApplication(ctx, resp.Private, "read", noun, &resp.Diagnostics) {
		return false
	}
	removeState(ctx, &resp.State, resp.Identity)
	return true
}
