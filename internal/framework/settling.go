// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package framework

import (
	"context"
	"fmt"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
)

// settlingTime is how long a read may not show an object that has just been made. It is undocumented how soon Vonage shows one.
const settlingTime = 5 * time.Minute

// Settling is when an object was made that no read has shown yet. One that is missing soon after that is not gone.
type Settling struct{ made, now time.Time }

// createdMarker stores when an object was created, until a refresh has seen it. Otherwise the refresh would take one that Vonage
// does not show yet for gone. No attribute in the state says so.
var createdMarker = Marker[time.Time]{Key: "created", Noun: "resource", Tells: "when the object was created"}

// KeepCreated stores that an object has been created now.
func (d *ProviderData) KeepCreated(ctx context.Context, private PrivateWriter, diags *diag.Diagnostics) {
	createdMarker.Set(ctx, private, d.Now().UTC().Truncate(time.Second), diags)
}

// ForgetCreated stores that a read has shown the object.
func ForgetCreated(ctx context.Context, private PrivateWriter, diags *diag.Diagnostics) {
	createdMarker.Forget(ctx, private, diags)
}

// Settling returns when the object with this private state was created, as KeepCreated has stored it.
func (d *ProviderData) Settling(ctx context.Context, private PrivateReader, diags *diag.Diagnostics) Settling {
	return NewSettling(createdMarker.Get(ctx, private, diags), d.Now())
}

// NewSettling returns when an object was made, as its private state has it: the zero time if a read has shown it since.
func NewSettling(made, now time.Time) Settling { return Settling{made, now} }

// Recent reports whether a read may not show the object yet. The clock of the machine that made it may have been ahead of
// this one's.
func (s Settling) Recent() bool { return !s.made.IsZero() && s.now.Sub(s.made).Abs() < settlingTime }

// Made returns when the object was made, for messages.
func (s Settling) Made() string { return s.made.Format(time.RFC3339) }

// Until returns when an object that is still not shown is taken for gone, for messages.
func (s Settling) Until() string { return s.made.Add(settlingTime).Format(time.RFC3339) }

// WarnOfDelay warns that Vonage does not show an object that was made recently.
func (s Settling) WarnOfDelay(diags *diag.Diagnostics, noun string) {
	diags.AddWarning("A new object is not shown yet", fmt.Sprintf("The %s was created at %s, and Vonage does not show it. It may be late, or the object was deleted outside "+
		"Terraform since then. It stays in the state: plan again after %s. If it is not shown then either, it is taken for gone.", noun, s.Made(), s.Until()))
}
