// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package emulator_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/vonage/terraform-provider-vonage/internal/emulator"
)

const many = 50_000

func largeAccount(t testing.TB) *emulator.Emulator {
	t.Helper()
	e := emulator.New(emulator.Options{APIKey: apiKey, APISecret: apiSecret})
	for i := range many {
		// Not in the order of their digits: a store that sorts at every turn would take minutes.
		if err := e.SeedNumber(fmt.Sprintf("GB/4477%08d", i*7919%many), document{"type": "mobile-lvn"}); err != nil {
			t.Fatal(err)
		}
	}
	return e
}

func listNumbers(t testing.TB, e *emulator.Emulator, query string) string {
	t.Helper()
	r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/account/numbers?"+query, nil)
	r.SetBasicAuth(apiKey, apiSecret)
	w := httptest.NewRecorder()
	e.ServeHTTP(w, r)
	return w.Body.String()
}

// Every page of a large account comes out, and each number once. BenchmarkLargeAccount says how fast.
func TestLargeAccount(t *testing.T) {
	t.Parallel()
	e := largeAccount(t)
	seen := make(map[string]bool, many)
	for index := 1; ; index++ {
		var page struct {
			Count   int
			Numbers []struct{ MSISDN string }
		}
		if err := json.Unmarshal([]byte(listNumbers(t, e, fmt.Sprintf("size=100&index=%d", index))), &page); err != nil {
			t.Fatal(err)
		}
		if len(page.Numbers) == 0 {
			break
		}
		if page.Count != many {
			t.Fatalf("count %d", page.Count)
		}
		for _, number := range page.Numbers {
			seen[number.MSISDN] = true
		}
	}
	if len(seen) != many {
		t.Errorf("%d different numbers, want %d", len(seen), many)
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
