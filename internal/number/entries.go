// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package number

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/vonage/terraform-provider-vonage/internal/framework"
	"github.com/vonage/terraform-provider-vonage/internal/schematype"
	"github.com/vonage/terraform-provider-vonage/internal/vonage"
)

// entries are the elements of vonage_application_numbers.numbers: canonical digits, such as 447700900001, or with the
// number's country, such as GB/447700900001. They are sorted, as Terraform has the elements of a set.
type entries []string

// entriesOf returns the elements that are known, and whether all of them are.
func entriesOf(list schematype.LargeSet) (known entries, all bool) {
	all = !list.IsUnknown()
	for _, element := range list.Elements() {
		text, ok := element.(types.String)
		if !ok || text.IsUnknown() {
			all = false
			continue
		}
		known = append(known, text.ValueString())
	}
	return known, all
}

func (e entries) set() schematype.LargeSet {
	slices.Sort(e)
	return schematype.NewLargeSet(e)
}

// keyOf returns the key that an entry is written as. Its country is empty if the entry has only digits.
func keyOf(entry string) vonage.NumberKey {
	if country, msisdn, both := strings.Cut(entry, "/"); both {
		return vonage.NumberKey{Country: country, MSISDN: msisdn}
	}
	return vonage.NumberKey{MSISDN: entry}
}

// msisdns returns the digits of the entries.
func (e entries) msisdns() []string {
	digits := map[string]bool{}
	for _, entry := range e {
		digits[keyOf(entry).MSISDN] = true
	}
	return slices.Sorted(maps.Keys(digits))
}

// without returns the entries that others do not have, written in the same way.
func (e entries) without(others entries) entries {
	has := make(map[string]bool, len(others))
	for _, other := range others {
		has[other] = true
	}
	return slices.DeleteFunc(slices.Clone(e), func(entry string) bool { return has[entry] })
}

// newEntry returns the entry for a number, of which the account has that many with the same digits.
func newEntry(key vonage.NumberKey, having int) string {
	if having > 1 {
		return key.String()
	}
	return key.MSISDN
}

// holdings are the account's numbers by their digits.
type holdings map[string][]vonage.Found

// resolve returns the number that an entry means. An entry without a country means the only number with these digits or,
// if there are several, the only one of them that is linked to the application. The error is a *countryError, one that
// vonage.IsNotFound recognizes, or why the number cannot be read.
func (h holdings) resolve(entry, applicationID string) (vonage.Number, error) {
	key := keyOf(entry)
	found := h[key.MSISDN]
	if len(found) == 0 {
		return vonage.Number{}, vonage.ErrNotFound
	}
	if key.Country == "" && len(found) == 1 {
		return found[0].Number, found[0].Err
	}
	var linked, all []vonage.Number
	for _, one := range found {
		if one.Number.Country == key.Country || one.Err != nil && one.Number.Country == "" {
			return one.Number, one.Err
		}
		if isLinked(one.Number, applicationID) {
			linked = append(linked, one.Number)
		}
		all = append(all, one.Number)
	}
	if key.Country == "" && len(linked) == 1 {
		return linked[0], nil
	}
	return vonage.Number{}, &countryError{want: key, found: all}
}

func isLinked(number vonage.Number, applicationID string) bool {
	return number.ApplicationID != "" && strings.EqualFold(number.ApplicationID, applicationID)
}

// canonicalEntries validates the entries. A made-up value passes if late is false: see schematype.Reference.
type canonicalEntries struct{ late bool }

// Description implements validator.List.
func (canonicalEntries) Description(context.Context) string {
	return "canonical phone numbers: digits such as 447700900001, or with the country such as GB/447700900001"
}

// MarkdownDescription implements validator.List.
func (v canonicalEntries) MarkdownDescription(ctx context.Context) string { return v.Description(ctx) }

// mostShown is how many wrong entries a message shows.
const mostShown = 10

// ValidateList reports all entries that are wrong in one error on the attribute.
func (v canonicalEntries) ValidateList(_ context.Context, req validator.ListRequest, resp *validator.ListResponse) {
	var wrong []string
	written := map[string]string{} // by digits
	for _, element := range req.ConfigValue.Elements() {
		text, ok := element.(types.String)
		switch {
		case !ok || text.IsUnknown():
			continue
		case text.IsNull():
			wrong = append(wrong, "An element is null.")
			continue
		}
		entry := text.ValueString()
		if problem := v.problem(entry); problem != "" {
			wrong = append(wrong, problem)
			continue
		}
		key := keyOf(entry)
		if other, twice := written[key.MSISDN]; twice && (key.Country == "" || keyOf(other).Country == "") {
			wrong = append(wrong, fmt.Sprintf("%s and %s are the same number, or two of which one lacks its country.", vonage.Quote(other), vonage.Quote(entry)))
		}
		written[key.MSISDN] = entry
	}
	if len(wrong) == 0 {
		return
	}
	detail := strings.Join(wrong[:min(len(wrong), mostShown)], "\n")
	if more := len(wrong) - mostShown; more > 0 {
		detail += fmt.Sprintf("\n%d more are wrong.", more)
	}
	resp.Diagnostics.AddAttributeError(req.Path, "Invalid phone numbers", detail)
}

// problem returns what is wrong with an entry, or "".
func (v canonicalEntries) problem(entry string) string {
	key, err := parseImportID(strings.TrimSpace(entry))
	switch {
	case !v.late && schematype.IsMocked(entry) && strings.Trim(entry, "0123456789") != "":
		return ""
	case err != nil:
		return framework.Sentence(errors.Unwrap(err).Error()) + " Write each number as 447700900001 or GB/447700900001."
	case key.String() != entry:
		return fmt.Sprintf("%s is to be written as %q. The function provider::vonage::normalize_msisdn writes a number in this form.", vonage.Quote(entry), key)
	default:
		return ""
	}
}
