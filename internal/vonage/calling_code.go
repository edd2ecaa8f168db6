// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package vonage

import (
	"slices"
	"strings"
)

// twoDigitCodes are the country calling codes of two digits (ITU-T E.164, list of assigned codes). Of the others 1 and 7
// have one digit, and the rest have three.
const twoDigitCodes = "20 27 30 31 32 33 34 36 39 40 41 43 44 45 46 47 48 49 51 52 53 54 55 56 57 58 60 61 62 63 64 65 66 " +
	"81 82 84 86 90 91 92 93 94 95 98"

// zeroCodes are the country calling codes with numbers that begin with 0 after the code, such as +39 06 in Rome. Source:
// the number patterns in libphonenumber (resources/PhoneNumberMetadata.xml of https://github.com/google/libphonenumber,
// as of July 2026). National toll-free numbers such as 00800 in +81 are not counted: nobody calls them with the code.
const zeroCodes = "39 47 225 226 227 229 241 242 247 250 378 800 881 888 992"

// CallingCode returns the country calling code that digits begin with, and all of a text that is no number.
func CallingCode(digits string) string {
	length := 3
	switch {
	case strings.Trim(digits, "0123456789") != "":
		return digits
	case strings.HasPrefix(digits, "1"), strings.HasPrefix(digits, "7"):
		length = 1
	case len(digits) >= 2 && slices.Contains(strings.Fields(twoDigitCodes), digits[:2]):
		length = 2
	}
	return digits[:min(length, len(digits))]
}

// hasTrunkZero reports whether digits have a 0 after a country calling code whose numbers never begin with one. It is the
// prefix of calls inside the country; with it, the digits are those of no number or of another one.
func hasTrunkZero(digits string) bool {
	code := CallingCode(digits)
	return strings.HasPrefix(digits[len(code):], "0") && !slices.Contains(strings.Fields(zeroCodes), code)
}
