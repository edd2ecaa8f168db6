// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package vonage

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestNormalizeMSISDN(t *testing.T) {
	t.Parallel()
	for number, want := range map[string]string{
		"447700900001":              "447700900001",
		"+447700900001":             "447700900001",
		"+44 7700 900001":           "447700900001",
		" +44 7700-900.001 ":        "447700900001",
		"+1 (415) 555-0100":         "14155550100",
		"44.7700.900001":            "447700900001",
		"1.415.555.0100":            "14155550100",
		"44.7700900001":             "447700900001",
		"+44.7700900001":            "447700900001",
		"+447700.900001":            "447700900001",
		"+44\u00a07700\u00a0900001": "447700900001",
		"1234567":                   "1234567",
		"+39 06 698 12345":          "390669812345", // numbers that do begin with 0
		"+378 0549 882 345":         "3780549882345",
		"+225 07 12 34 56 78":       "2250712345678",
		"+242 06 123 4567":          "242061234567",
		"+47 02 345":                "4702345",
		"123456789012345":           "123456789012345",
	} {
		got, err := NormalizeMSISDN(number)
		if err != nil || got != want {
			t.Errorf("NormalizeMSISDN(%q) = %q, %v; want %q", number, got, err, want)
		}
	}
}

func TestNormalizeMSISDNRefuses(t *testing.T) {
	t.Parallel()
	for number, reason := range map[string]string{
		"":                   "needs digits",
		"+":                  "needs digits",
		"07700900001":        "country code",
		"00447700900001":     "country code",
		"123456":             "too short",
		"1234567890123456":   "too long",
		"+44 (0)7700 900001": "trunk prefix",
		"+44 ( 0)7700900001": "trunk prefix",
		"+44 07700 900001":   "leave out the 0",
		"4407700900001":      "leave out the 0",
		"+49 0171 1234567":   "leave out the 0",
		"+1 0415 555 0100":   "leave out the 0",
		"+7 0912 345 67 89":  "leave out the 0",
		"+81 090 1234 5678":  "leave out the 0",
		"+353 087 123 4567":  "leave out the 0",
		"44+7700900001":      `'+'`,
		"447700900001.5":     "decimal number",
		"447700900001.55":    "decimal number",
		"4477009000.5":       "decimal number",
		"-447700900001":      `'-'`,
		"++447700900001":     `'+'`,
		"44770090000x":       `'x'`,
		"GB/447700900001":    `'G'`,
		"٤٤٧٧٠٠٩٠٠٠٠١":       "does not belong",
	} {
		got, err := NormalizeMSISDN(number)
		if err == nil || !strings.Contains(err.Error(), reason) {
			t.Errorf("NormalizeMSISDN(%q) = %q, %v; want an error saying %q", number, got, err, reason)
		}
	}
}

func TestNormalizeMSISDNIsStable(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		number := rapid.StringMatching(`\+?[1-9][0-9 ().-]{0,24}`).Draw(t, "number")
		once, err := NormalizeMSISDN(number)
		if err != nil {
			return
		}
		twice, err := NormalizeMSISDN(once)
		if err != nil || twice != once {
			t.Fatalf("%q became %q, which became %q, %v", number, once, twice, err)
		}
	})
}

func TestNormalizeCountry(t *testing.T) {
	t.Parallel()
	for country, want := range map[string]string{"GB": "GB", "gb": "GB", "gB": "GB"} {
		if got, err := NormalizeCountry(country); err != nil || got != want {
			t.Errorf("NormalizeCountry(%q) = %q, %v; want %q", country, got, err, want)
		}
	}
	for _, country := range []string{"", "G", "GBR", "G1", " GB", "ß", "ÄÖ", "UK", "uk"} {
		if got, err := NormalizeCountry(country); err == nil {
			t.Errorf("NormalizeCountry(%q) = %q; want an error", country, got)
		}
	}
}
