// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package framework

import "testing"

// FuzzImportNumber checks that an import id is either rejected or yields a key that, written as an import id, yields the
// same key.
func FuzzImportNumber(f *testing.F) {
	for _, seed := range []string{"GB/447700900001", "gb/+44 7700 900001", "447700900001", "", "/", "GB/", "/447700900001", "GB/447700900001/x", "ſſ/1234567"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, id string) {
		key, err := ImportNumber(id)
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
		if again, err := ImportNumber(canonical); err != nil || again != key {
			t.Errorf("%q became %v, which became %v, %v", id, key, again, err)
		}
	})
}
