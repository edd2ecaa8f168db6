// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package number

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/vonage/terraform-provider-vonage/internal/vonage"
)

// sighting is what a read finds of the numbers of an application.
type sighting struct {
	found     bool      // the account has some of them
	linked    entries   // those that stay in the state
	extra     entries   // those that are linked to the application and not in the state
	unlinked  entries   // those that are linked to no application
	taken     []failure // those that are linked to another application
	gone      entries   // those that the account does not have
	late      entries   // those in linked that the account's list does not show yet
	malformed []failure // those in linked that cannot be read
	since     acquired  // when the last numbers were linked
}

// misses reports whether something is not as it was, which can also mean that this is not the account.
func (s *sighting) misses() bool { return s.lost() || len(s.late) > 0 }

// lost reports whether links are gone.
func (s *sighting) lost() bool { return len(s.unlinked)+len(s.taken)+len(s.gone) > 0 }

// look reads the numbers of the state and, if the application is to have no others or is imported, those that it has
// besides. It costs as many calls as the account's list has pages, unless a call for each number is cheaper or this
// process has read them already.
func (r *applicationNumbersResource) look(ctx context.Context, state applicationNumbersModel, before entries, linked acquired) (sighting, error) {
	seen := sighting{since: linked}
	read := r.numbers.FindAll
	if linked.Recent() {
		read = r.numbers.AwaitAllListed
	}
	found, err := read(ctx, before.msisdns())
	if err != nil {
		return seen, err
	}
	for _, entry := range before {
		seen.sort(entry, found, state.application())
	}
	if state.Exclusive.ValueBool() || state.Numbers.IsNull() {
		seen.extra, err = r.extra(ctx, state.application(), before)
		seen.found = seen.found || len(seen.extra) > 0
	}
	return seen, err
}

// sort files one entry.
func (s *sighting) sort(entry string, found holdings, applicationID string) {
	number, err := found.resolve(entry, applicationID)
	s.found = s.found || len(found[keyOf(entry).MSISDN]) > 0
	switch {
	case vonage.IsNotFound(err) && s.since.Recent():
		s.linked, s.late = append(s.linked, entry), append(s.late, entry)
	case vonage.IsNotFound(err), isInOtherCountry(err, entry):
		s.gone = append(s.gone, entry)
	case err == nil && isLinked(number, applicationID):
		s.linked = append(s.linked, entry)
	case err == nil && number.ApplicationID != "":
		s.taken = append(s.taken, failure{entry, number.Key(), heldError(number.ApplicationID)})
	case err == nil:
		s.unlinked = append(s.unlinked, entry)
	default: // nothing can be said about it
		s.linked, s.malformed = append(s.linked, entry), append(s.malformed, failure{entry, keyOf(entry), err})
	}
}

// isInOtherCountry reports whether err means that the account has the entry's digits in other countries only.
func isInOtherCountry(err error, entry string) bool {
	_, elsewhere := errors.AsType[*countryError](err)
	return elsewhere && keyOf(entry).Country != ""
}

// extra returns the numbers that are linked to an application besides those listed.
func (r *applicationNumbersResource) extra(ctx context.Context, applicationID string, besides entries) (entries, error) {
	linked, err := r.numbers.LinkedTo(ctx, applicationID)
	if err != nil {
		return nil, err
	}
	listed := make(map[string]bool, len(besides))
	for _, entry := range besides {
		listed[entry] = true
	}
	var extra entries
	for _, number := range linked {
		key := number.Key()
		if !listed[key.String()] && !listed[key.MSISDN] {
			extra = append(extra, newEntry(key, len(r.numbers.KnownAll(key.MSISDN))))
		}
	}
	return extra, nil
}

// warn says what the plan does not: why it shows numbers as added again, or does not.
func (s *sighting) warn(diags *diag.Diagnostics, state applicationNumbersModel) {
	if len(s.taken) > 0 {
		diags.AddWarning("Links were taken over", fmt.Sprintf("Numbers of application %s are now linked to another one, so their links are removed from the state:\n%s\n\n"+
			"To take them back, set replace_existing_links = true or unlink them there. Otherwise remove them from numbers.", state.application(), reasons(s.taken)))
	}
	if len(s.gone) > 0 {
		diags.AddWarning("Numbers are gone", fmt.Sprintf("The account no longer has numbers that were linked to application %s, so their links are removed from the state: %s. "+
			"They were cancelled outside Terraform, or released because the balance ran out. An apply fails for them unless they are rented again: otherwise remove them from numbers.",
			state.application(), strings.Join(s.gone, ", ")))
	}
	if len(s.late) > 0 {
		diags.AddWarning("Numbers are not listed", fmt.Sprintf("Numbers were linked at %s, and the account's list of numbers does not show these of the application's: %s. The list may be "+
			"late, or they were cancelled outside Terraform since then. They stay in the state: plan again after %s. If the list does not show them then either, they are taken for gone.",
			s.since.Made(), strings.Join(s.late, ", "), s.since.Until()))
	}
	if len(s.malformed) > 0 {
		diags.AddWarning("Numbers cannot be read", fmt.Sprintf("It cannot be told whether these numbers are linked to application %s; they stay in the state as they are:\n%s",
			state.application(), reasons(s.malformed)))
	}
}
