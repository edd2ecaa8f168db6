// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package number

import (
	"context"
	"fmt"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/vonage/terraform-provider-vonage/internal/framework"
	"github.com/vonage/terraform-provider-vonage/internal/vonage"
)

// acquiredMarker stores when this object rented or linked its number: Vonage has confirmed then that the account has it.
// The list of numbers, which is all that a refresh can look at, may not show it yet, and does not say since when it has
// a number.
var acquiredMarker = framework.Marker[time.Time]{Key: "acquired", Noun: "resource", Tells: "when the number was rented or linked"}

// listingDelay is how long a number may be missing in the list after it was rented or linked. It is undocumented how soon
// the list shows a number.
const listingDelay = 5 * time.Minute

// acquired is when an object rented or linked its number; verb tells which.
type acquired struct {
	verb    string
	at, now time.Time
}

// recently reports whether the list may not show the number yet. The clock of the machine that acquired the number may
// have been ahead of this one's.
func (a acquired) recently() bool { return !a.at.IsZero() && a.now.Sub(a.at).Abs() < listingDelay }

// read returns the current number. If it was acquired recently, read waits some seconds until the list shows it.
func (a acquired) read(ctx context.Context, numbers *vonage.NumbersService, key vonage.NumberKey) (vonage.Number, error) {
	if a.recently() {
		return numbers.AwaitListed(ctx, key)
	}
	return read(ctx, numbers, key)
}

// warnOfDelay warns that the list does not show a number that was acquired recently.
func (a acquired) warnOfDelay(diags *diag.Diagnostics, key vonage.NumberKey) {
	diags.AddWarning("A number is not listed", fmt.Sprintf("Number %s was %s at %s, and the account's list of numbers does not show it. The list may be late, or the "+
		"number was cancelled outside Terraform since then. It stays in the state: plan again after %s. If the list does not show it then either, it is taken for gone.",
		key, a.verb, a.at.Format(time.RFC3339), a.at.Add(listingDelay).Format(time.RFC3339)))
}
