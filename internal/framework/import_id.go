// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package framework

import (
	"fmt"
	"strings"

	"github.com/vonage/terraform-provider-vonage/internal/vonage"
)

// ImportName returns the name in an import id of the form "name=…".
func ImportName(id string) (name string, ok bool) { return strings.CutPrefix(id, "name=") }

// ImportNumber parses an import id of the form "GB/447700900001" or "447700900001"; without a country, the key's country
// is empty.
func ImportNumber(id string) (vonage.NumberKey, error) {
	country, msisdn, both := strings.Cut(id, "/")
	if !both {
		country, msisdn = "", id
	}
	msisdn, err := vonage.NormalizeMSISDN(msisdn)
	if err != nil {
		return vonage.NumberKey{}, fmt.Errorf(`the import id must be a phone number, as in "GB/447700900001" or "447700900001": %w`, err)
	}
	if !both {
		return vonage.NumberKey{MSISDN: msisdn}, nil
	}
	country, err = vonage.NormalizeCountry(country)
	if err != nil {
		return vonage.NumberKey{}, fmt.Errorf(`the import id must begin with a country, as in "GB/447700900001": %w`, err)
	}
	return vonage.NumberKey{Country: country, MSISDN: msisdn}, nil
}
