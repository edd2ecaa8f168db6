// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package emulator_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/vonage/terraform-provider-vonage/internal/emulator"
)

const many = 50_000

func largeAccount(tb testing.TB) *emulator.Emulator {
	tb.Helper()
	e := emulator.New(emulator.Options{APIKey: apiKey, APISecret: apiSecret})
	for i := range many {
		// Not in order of digits: a store that sorts after every insertion would take minutes.
		if err := e.SeedNumber(fmt.Sprintf("GB/4477%08d", i*7919%many), document{"type": "mobile-lvn"}); err != nil {
			tb.Fatal(err)
		}
	}
	return e
}

func listNumbers(tb testing.TB, e *emulator.Emulator, query string) string {
	tb.Helper()
	r := httptest.NewRequestWithContext(tb.Context(), http.MethodGet, "/account/numbers?"+query, nil)
	r.SetBasicAuth(apiKey, apiSecret)
	w := httptest.NewRecorder()
	e.ServeHTTP(w, r)
	return w.Body.String()
}

// The pages of a large account form one list. BenchmarkLargeAccount measures how long they take.
func TestLargeAccount(t *testing.T) {
	t.Parallel()
	e := largeAccount(t)
	for index, want := range map[int][2]string{
		1: {"447700000000", "447700000099"}, 250: {"447700024900", "447700024999"}, 500: {"447700049900", "447700049999"},
	} {
		var page struct {
			Count   int `json:"count"`
			Numbers []struct {
				MSISDN string `json:"msisdn"`
			} `json:"numbers"`
		}
		if err := json.Unmarshal([]byte(listNumbers(t, e, fmt.Sprintf("size=100&index=%d", index))), &page); err != nil {
			t.Fatal(err)
		}
		if len(page.Numbers) != 100 || page.Count != many || page.Numbers[0].MSISDN != want[0] || page.Numbers[99].MSISDN != want[1] {
			t.Errorf("page %d: %+v", index, page)
		}
	}
	if got := listNumbers(t, e, "size=100&index=501"); got != "{}\n" {
		t.Errorf("page 501: %.100s", got)
	}
	// A number added later is inserted at its place.
	seed(t, e.SeedNumber("GB/44770001234", document{}))
	if found := listNumbers(t, e, "size=100&pattern=44770001234"); !strings.Contains(found,
		`"msisdn":"44770001234"},{"country":"GB","msisdn":"447700012340"`) {
		t.Errorf("one more: %s", found)
	}
	want := `{"count":1,"numbers":[{"country":"GB","msisdn":"447700012345","type":"mobile-lvn"}]}` + "\n"
	if got := listNumbers(t, e, "pattern=447700012345&search_pattern=1&country=GB"); got != want {
		t.Errorf("one number: %.200s", got)
	}
}

func BenchmarkLargeAccount(b *testing.B) {
	e := largeAccount(b)
	for name, query := range map[string]string{
		"page":    "size=100&index=250",
		"prefix":  "size=100&pattern=447700012345",
		"contain": "size=100&pattern=447700012345&search_pattern=1&country=GB",
		"linked":  "size=100&has_application=true",
	} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				listNumbers(b, e, query)
			}
		})
	}
}
