// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package number

import (
	"slices"
	"strings"

	"github.com/vonage/terraform-provider-vonage/internal/vonage"
)

// displayName returns the name of a number in lists: "+44 7700900001 (GB, mobile-lvn, SMS/VOICE)".
func displayName(number vonage.Number) string {
	facts := []string{number.Country, number.Type, strings.Join(slices.Sorted(slices.Values(number.Features)), "/")}
	facts = slices.DeleteFunc(facts, func(fact string) bool { return fact == "" })
	return international(number.MSISDN) + " (" + strings.Join(facts, ", ") + ")"
}

// linkDisplayName returns the name of a link in lists: "+44 7700900001 (GB) to application
// 78d335fa-323d-0114-9c3d-d6f0d48968cf".
func linkDisplayName(number vonage.Number) string {
	return international(number.MSISDN) + " (" + number.Country + ") to application " + number.ApplicationID
}

// international puts a + before the country calling code and a space after it.
func international(msisdn string) string {
	code := vonage.CallingCode(msisdn)
	return strings.TrimSpace("+" + code + " " + msisdn[len(code):])
}
