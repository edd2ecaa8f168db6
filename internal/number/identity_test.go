// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package number

import (
	"strings"
	"testing"

	"github.com/vonage/terraform-provider-vonage/internal/vonage"
)

func TestParseImportID(t *testing.T) {
	t.Parallel()
	for id, want := range map[string]vonage.NumberKey{
		"GB/447700900001":    {Country: "GB", MSISDN: "447700900001"},
		"gb/+44 7700 900001": {Country: "GB", MSISDN: "447700900001"},
		"447700900001":       {MSISDN: "447700900001"},
		"+447700900001":      {MSISDN: "447700900001"},
	} {
		if got, err := parseImportID(id); err != nil || got != want {
			t.Errorf("parseImportID(%q) = %v, %v; want %v", id, got, err, want)
		}
	}
	for id, reason := range map[string]string{
		"": "phone number", "GB": "phone number", "GB/": "phone number", "/447700900001": "country",
		"GBR/447700900001": "country", "GB/447700900001/x": "phone number", "447700900001/GB": "phone number",
	} {
		if got, err := parseImportID(id); err == nil || !strings.Contains(err.Error(), reason) {
			t.Errorf("parseImportID(%q) = %v, %v; want an error about the %s", id, got, err, reason)
		}
	}
}

// FuzzParseImportID checks that an import id is either rejected or yields a key that, written as an import id, yields the
// same key.
func FuzzParseImportID(f *testing.F) {
	for _, seed := range []string{"GB/447700900001", "gb/+44 7700 900001", "447700900001", "", "/", "GB/", "/447700900001", "GB/447700900001/x", "ſſ/1234567"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, id string) {
		key, err := parseImportID(id)
		if err != nil {
			if key.MSISDN != "" || key.Country != "" {
				t.Errorf("%q gave %v and %v", id, key, err)
			}
			return
		}
		canonical := key.String()
		if key.Country == "" {
			canonical = key.MSISDN
		}
		if again, err := parseImportID(canonical); err != nil || again != key {
			t.Errorf("%q became %v, which became %v, %v", id, key, again, err)
		}
	})
}
