// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package emulator_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/vonage/terraform-provider-vonage/internal/emulator"
)

func TestNumberInsight(t *testing.T) {
	t.Parallel()
	a := newAccount(t, emulator.Options{})
	seed(t, a.SeedNumber("GB/447700900001", document{}))
	seed(t, a.SeedInventory(document{"country": "ES", "msisdn": "34447700900"}))
	for number, want := range map[string]document{
		"447700900001": {"status": 0., "status_message": "Success", "international_format_number": "447700900001", "country_code": "GB"},
		"34447700900":  {"status": 0., "status_message": "Success", "international_format_number": "34447700900", "country_code": "ES"},
		"44770090000":  {"status": 3., "status_message": "Invalid request :: Not valid number format detected [ 44770090000 ]"},
		"":             {"status": 3., "status_message": "Invalid request :: Not valid number format detected [  ]"},
	} {
		got := a.get("/ni/basic/json?number="+number).want(t, 200).json
		if text(got, "request_id") == "" {
			t.Errorf("%s: no request_id", number)
		}
		delete(got, "request_id")
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", number, diff)
		}
	}
	a.do("DELETE", "/ni/basic/json", nil).want(t, 405)
	a.get("/ni/basic/json?number=1&api_key=wrong&api_secret=wrong").want(t, 401)
}
