// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package number

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/vonage/terraform-provider-vonage/internal/framework"
	"github.com/vonage/terraform-provider-vonage/internal/vonage"
)

// lookUp finds a number among the account's. A key without a country means the only number with these digits.
// It fails with a *countryError, or with an error that vonage.IsNotFound recognises.
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

// countryError says that the account has a number's digits, but in other countries than the one wanted, or in several
// when none was named.
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

// heldError says which other application holds the number.
type heldError struct{ applicationID string }

func (e *heldError) Error() string { return "the number is linked to application " + e.applicationID }

// addError reports err, met while doing verb ("link", "read") to a number, on the attribute that has to change.
func addError(diags *diag.Diagnostics, verb string, key vonage.NumberKey, err error) {
	noun := "number " + name(key)
	refuse := func(attribute, advice string) {
		diags.AddAttributeError(path.Root(attribute), framework.Unable(verb, noun), sentence(err.Error())+" "+advice)
	}
	var country *countryError
	var held *heldError
	switch {
	case errors.As(err, &country) && country.want.Country == "":
		refuse("country", "Name the country; an import names it as in GB/447700900001.")
	case errors.As(err, &country):
		refuse("country", "Correct the country, or leave it out to have it found.")
	case errors.As(err, &held):
		refuse("application_id", "Unlink it there first, or set replace_existing_link = true to take it over.")
	case vonage.IsNotFound(err):
		err = fmt.Errorf("the account has no %s", noun)
		refuse("msisdn", "Rent it first, with a vonage_number resource that this one refers to or at https://dashboard.nexmo.com/buy-numbers. "+
			"If it is rented, check that the provider's api_key is that of the account which holds it.")
	default:
		framework.AddError(diags, verb, noun, err, attributePath)
	}
}

func sentence(text string) string { return strings.ToUpper(text[:1]) + text[1:] + "." }

// attributePath says which attribute a parameter of the Numbers API is.
func attributePath(parameter string) (path.Path, bool) {
	switch parameter {
	case "country", "msisdn":
		return path.Root(parameter), true
	case "app_id":
		return path.Root("application_id"), true
	}
	return path.Empty(), false
}

// name is how messages call a number whose country may not be known.
func name(key vonage.NumberKey) string {
	if key.Country == "" {
		return key.MSISDN
	}
	return key.String()
}
