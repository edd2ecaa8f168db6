// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package number

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/vonage/terraform-provider-vonage/internal/framework"
	"github.com/vonage/terraform-provider-vonage/internal/vonage"
)

// read returns the current number. A key without a country matches the only number with these digits.
func read(ctx context.Context, numbers *vonage.NumbersService, key vonage.NumberKey) (vonage.Number, error) {
	if key.Country == "" {
		return lookUp(ctx, numbers, key)
	}
	return numbers.Get(ctx, key)
}

// lookUp finds a number among all that have its digits, so that it notices if the number exists in another country. The
// error is a *countryError, or one that vonage.IsNotFound recognizes.
func lookUp(ctx context.Context, numbers *vonage.NumbersService, key vonage.NumberKey) (vonage.Number, error) {
	found, err := numbers.Find(ctx, key.MSISDN)
	if err != nil {
		return vonage.Number{}, err
	}
	for _, number := range found {
		if number.Country == key.Country || key.Country == "" && len(found) == 1 {
			return number, nil
		}
	}
	if len(found) == 0 {
		return vonage.Number{}, vonage.ErrNotFound
	}
	return vonage.Number{}, &countryError{want: key, found: found}
}

// countryError reports that the account has numbers with these digits, but in other countries than the given one, or in
// several if none was given.
type countryError struct {
	want  vonage.NumberKey
	found []vonage.Number
}

func (e *countryError) Error() string {
	owned := make([]string, len(e.found))
	for i, number := range e.found {
		owned[i] = number.Key().String()
	}
	if e.want.Country == "" {
		return fmt.Sprintf("the account has the number %s in more than one country: %s", e.want.MSISDN, strings.Join(owned, " and "))
	}
	return fmt.Sprintf("the account has no number %s, but %s", e.want, strings.Join(owned, " and "))
}

// acquiredMarker stores when this object rented or linked its number: Vonage has confirmed then that the account has it.
// The list of numbers, which is all that a refresh can look at, may not show it yet, and does not say since when it has
// a number. Nor does any attribute in the state.
var acquiredMarker = framework.Marker[time.Time]{Key: "acquired", Noun: "resource", Tells: "when the number was rented or linked"}

// acquired is when an object rented or linked its number; verb tells which. The list may not show the number for a while.
type acquired struct {
	verb string
	framework.Settling
}

// newAcquired returns when the object with this private state rented or linked its number.
func newAcquired(ctx context.Context, verb string, private framework.PrivateReader, data *framework.ProviderData, diags *diag.Diagnostics) acquired {
	return acquired{verb, framework.NewSettling(acquiredMarker.Get(ctx, private, diags), data.Now())}
}

// read returns the current number. If it was acquired recently, read waits some seconds until the list shows it.
func (a acquired) read(ctx context.Context, numbers *vonage.NumbersService, key vonage.NumberKey) (vonage.Number, error) {
	if a.Recent() {
		return numbers.AwaitListed(ctx, key)
	}
	return read(ctx, numbers, key)
}

// warnOfDelay warns that the list does not show a number that was acquired recently.
func (a acquired) warnOfDelay(diags *diag.Diagnostics, key vonage.NumberKey) {
	diags.AddWarning("A number is not listed", fmt.Sprintf("Number %s was %s at %s, and the account's list of numbers does not show it. The list may be late, or the "+
		"number was cancelled outside Terraform since then. It stays in the state: plan again after %s. If the list does not show it then either, it is taken for gone.",
		key, a.verb, a.Made(), a.Until()))
}

// warnOfRemainder warns that a link could not be ended because the list does not show its number. It is no error: often
// the same run cancels the number, too, which needs no list.
func (a acquired) warnOfRemainder(diags *diag.Diagnostics, link linkModel) {
	diags.AddWarning("A link may stay", fmt.Sprintf("Number %s was %s at %s, and the account's list of numbers does not show it, so it cannot be unlinked. The list "+
		"may be late, or the number was cancelled since then. If the account keeps the number, it is still linked to application %s: unlink it at "+
		"https://dashboard.nexmo.com/your-numbers.", link.key(), a.verb, a.Made(), link.ApplicationID.ValueString()))
}
