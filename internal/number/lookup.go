// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package number

import (
	"context"
	"fmt"
	"strings"

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
