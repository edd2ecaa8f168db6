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
	length := min(callingCodeLength(msisdn), len(msisdn))
	return strings.TrimSpace("+" + msisdn[:length] + " " + msisdn[length:])
}

// twoDigitCodes are the country calling codes of two digits (ITU-T E.164, list of assigned codes). Of the others 1 and 7
// have one digit, and the rest have three.
const twoDigitCodes = "20 27 30 31 32 33 34 36 39 40 41 43 44 45 46 47 48 49 51 52 53 54 55 56 57 58 60 61 62 63 64 65 66 " +
	"81 82 84 86 90 91 92 93 94 95 98"

func callingCodeLength(msisdn string) int {
	switch {
	case strings.Trim(msisdn, "0123456789") != "":
		return len(msisdn) // not a phone number, so there is no code
	case strings.HasPrefix(msisdn, "1"), strings.HasPrefix(msisdn, "7"):
		return 1
	case len(msisdn) >= 2 && slices.Contains(strings.Fields(twoDigitCodes), msisdn[:2]):
		return 2
	default:
		return 3
	}
}
