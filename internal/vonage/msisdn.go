// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package vonage

import (
	"errors"
	"fmt"
	"strings"
	"unicode"
)

// Length of an international number in digits: E.164 allows 15, and no country has subscriber numbers so short that
// country code and number together are shorter than 7.
const (
	minMSISDNDigits = 7
	maxMSISDNDigits = 15
)

// maxCountryCodeDigits is the maximum length of a country calling code (E.164).
const maxCountryCodeDigits = 3

// NormalizeMSISDN returns a phone number as the Numbers API writes it: E.164 digits without "+". It removes the usual
// separators (spaces, dashes, dots, parentheses), but rejects what would become a different phone number: a national
// prefix after the country code, and what looks like a negative or decimal number, which a program may have calculated.
func NormalizeMSISDN(number string) (string, error) {
	if strings.Contains(strings.Join(strings.Fields(number), ""), "(0)") {
		// (0) is the national trunk prefix. Removing only the parentheses would result in a different number.
		return "", fmt.Errorf("%s has a national trunk prefix; leave out the (0)", Quote(number))
	}
	digits := make([]byte, 0, len(number))
	for i, r := range strings.TrimSpace(number) {
		switch {
		case r >= '0' && r <= '9':
			digits = append(digits, byte(r))
		case r == '+' && i == 0, r == '-' && i > 0, r == '.', r == '(', r == ')', unicode.IsSpace(r):
		default:
			return "", fmt.Errorf("%s is not a phone number: %q does not belong in one", Quote(number), r)
		}
	}
	switch {
	case isDecimal(number):
		return "", fmt.Errorf("%s is a decimal number and no phone number; a dot by itself can only follow the country code", Quote(number))
	case len(digits) == 0:
		return "", errors.New("a phone number needs digits, such as 447700900001")
	case digits[0] == '0':
		return "", fmt.Errorf("%s is not in international form; begin with the country code, not with 0", Quote(number))
	case hasTrunkZero(string(digits)):
		code := CallingCode(string(digits))
		return "", fmt.Errorf("%s has a 0 after the country code %s, and no such number begins with 0 there; leave out the 0", Quote(number), code)
	case len(digits) < minMSISDNDigits:
		return "", fmt.Errorf("%s is too short: an international number has at least %d digits", Quote(number), minMSISDNDigits)
	case len(digits) > maxMSISDNDigits:
		return "", fmt.Errorf("%s is too long: an international number has at most %d digits", Quote(number), maxMSISDNDigits)
	}
	return string(digits), nil
}

// isDecimal reports whether number is a decimal number rather than a phone number with a separate country code, such
// as 44.7700900001.
func isDecimal(number string) bool {
	whole, fraction, dot := strings.Cut(number, ".")
	return dot && len(whole) > maxCountryCodeDigits && strings.Trim(whole+fraction, "0123456789") == ""
}

// NormalizeCountry returns an ISO 3166-1 alpha-2 country code in upper case, as the Numbers API writes it. It checks
// the format only, not whether the country exists.
func NormalizeCountry(country string) (string, error) {
	code := strings.ToUpper(country)
	if code == "UK" {
		return "", fmt.Errorf("%s is not the code of the United Kingdom, which is GB", Quote(country))
	}
	if len(code) != 2 || code[0] < 'A' || code[0] > 'Z' || code[1] < 'A' || code[1] > 'Z' {
		return "", fmt.Errorf("%s is not a two-letter country code such as GB", Quote(country))
	}
	return code, nil
}
