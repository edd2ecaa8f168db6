// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package number

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/vonage/terraform-provider-vonage/internal/framework"
	"github.com/vonage/terraform-provider-vonage/internal/vonage"
)

// failure is one of many numbers, for which something went wrong.
type failure struct {
	entry string
	key   vonage.NumberKey
	err   error
}

// reason is the error's text without the number, so that numbers which fail for the same reason can be shown together.
func (f failure) reason() string {
	var country *countryError
	switch {
	case vonage.IsNotFound(f.err):
		return "the account does not have the number"
	case errors.As(f.err, &country): // it tells several numbers apart
		return country.Error()
	}
	key := f.key.String()
	return strings.NewReplacer("updating number "+key+": ", "", "the link of number "+key, "its link", "number "+key, "the number").Replace(f.err.Error())
}

// reasons lists numbers by what went wrong with them, a line for each reason, those with most numbers first.
func reasons(failures []failure) string {
	var order []string
	having := map[string][]string{}
	for _, f := range failures {
		reason := f.reason()
		if having[reason] == nil {
			order = append(order, reason)
		}
		having[reason] = append(having[reason], f.entry)
	}
	slices.SortStableFunc(order, func(a, b string) int { return len(having[b]) - len(having[a]) })
	for i, reason := range order {
		slices.Sort(having[reason])
		order[i] = strings.Join(having[reason], ", ") + ": " + strings.TrimSuffix(reason, ".") + "."
	}
	return strings.Join(order, "\n")
}

// manyError are the errors of many numbers; the first kind that the advice knows decides on it.
type manyError struct {
	text   string
	errors []error
}

func (e *manyError) Error() string   { return e.text }
func (e *manyError) Unwrap() []error { return e.errors }

// addErrors reports the numbers that an operation failed for: those that the user can mend on the attribute numbers with
// what to do about each kind, and all others with the advice for their errors. skipped numbers were not tried any more,
// for the reason why.
func addErrors(diags *diag.Diagnostics, verb, noun string, failures []failure, skipped int, why error) {
	var mendable, others []failure
	var advice []string
	for _, f := range failures {
		next := adviceFor(f)
		if next == "" {
			others = append(others, f)
			continue
		}
		mendable = append(mendable, f)
		if !slices.Contains(advice, next) {
			advice = append(advice, next)
		}
	}
	if len(mendable) > 0 {
		diags.AddAttributeError(path.Root("numbers"), framework.Unable(verb, noun), reasons(mendable)+"\n\n"+strings.Join(advice, "\n\n"))
	}
	many := &manyError{text: reasons(others)}
	for _, f := range others {
		many.errors = append(many.errors, f.err)
	}
	if skipped > 0 {
		many.text = strings.TrimSpace(fmt.Sprintf("%s\n%d were not begun: %s", many.text, skipped, why))
		many.errors = append(many.errors, why)
	}
	if len(many.errors) > 0 {
		framework.AddError(diags, verb, noun, many, nil)
	}
}

// adviceFor returns what to do about a failure that concerns its number alone, or "".
func adviceFor(f failure) string {
	var held heldError
	var country *countryError
	var claimed *framework.ClaimedError
	var contradiction *framework.ContradictionError
	switch {
	case errors.As(f.err, &held):
		return "Unlink a number of another application there first, or set replace_existing_links = true to take it over."
	case errors.As(f.err, &country) && country.want.Country == "":
		return "Write a number that the account has in several countries with its country, as in GB/447700900001."
	case errors.As(f.err, &country):
		return "Correct the country, or leave it out."
	case errors.As(f.err, &claimed):
		return "Two resources cannot have the link of the same number: remove the number from one of them. To move numbers between vonage_number_link and " +
			"vonage_application_numbers, see the guide Large accounts: a removed block with lifecycle { destroy = false }, and an import."
	case errors.As(f.err, &contradiction):
		return "A link could be lost that way. To move numbers from one resource to another, remove the first one from the state without destroying it: " +
			"with a removed block with lifecycle { destroy = false }, or with terraform state rm."
	case vonage.IsNotFound(f.err):
		return "Check the digits, and that the provider's api_key belongs to the account that rents the numbers. Numbers that are not rented yet are rented first if numbers " +
			"refers to their vonage_number resources."
	}
	return ""
}

// HTTP statuses of responses that do not depend on the number.
const (
	forbidden       = 403
	tooManyRequests = 429
	serverErrors    = 500 // and above
)

// concernsAll reports whether an error is likely to occur for every number, such as one of the network or the credentials.
func concernsAll(f failure) bool {
	var apiError *vonage.Error
	switch {
	case adviceFor(f) != "", vonage.IsMalformed(f.err):
		return false
	case errors.As(f.err, &apiError):
		return vonage.IsUnauthorized(f.err) || apiError.Status == forbidden || apiError.Status == tooManyRequests || apiError.Status >= serverErrors
	default:
		return true
	}
}
