// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package vonage_test

import (
	"net/http"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/vonage/terraform-provider-vonage/internal/vonage"
)

// offered answers a search with this number and with one that merely contains its digits.
const offered = `{"count":2,"numbers":[{"country":"GB","msisdn":"4477009000011","type":"mobile-lvn","features":["SMS"],"cost":"9.00"},
  {"country":"GB","msisdn":"447700900001","type":"mobile-lvn","features":["VOICE","SMS"],"cost":"1.25","initialPrice":"0.50",
   "limitations":[{"feature":"SMS","type":"OUTBOUND","reach":"DOMESTIC"}]}]}`

var offer = vonage.AvailableNumber{
	Country: "GB", MSISDN: "447700900001", Type: "mobile-lvn", Features: []string{"VOICE", "SMS"}, MonthlyCost: "1.25", InitialCost: "0.50",
	Limitations: []vonage.Limitation{{Feature: "SMS", Type: "OUTBOUND", Reach: "DOMESTIC"}},
}

func TestOfferIsTheExactNumber(t *testing.T) {
	t.Parallel()
	vonageAPI, client := newScript(t, ok(offered), ok(`{}`))
	got, err := client.Numbers.Offer(t.Context(), number)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(offer, got); diff != "" {
		t.Error(diff)
	}
	if got, err := client.Numbers.Offer(t.Context(), number); !vonage.IsNotFound(err) {
		t.Errorf("nothing on offer gave %+v, %v", got, err)
	}
	want := received{
		Method: "GET", Path: "/number/search", Authorization: "Basic YWJjZDEyMzQ6czNjcjpldA==",
		Query: "country=GB&index=1&pattern=447700900001&search_pattern=1&size=100",
	}
	if diff := cmp.Diff([]received{want, want}, vonageAPI.requests()); diff != "" {
		t.Error(diff)
	}
}

func TestSearchPages(t *testing.T) {
	t.Parallel()
	for _, total := range []int{0, 1, 100, 101, 200} {
		t.Run(strconv.Itoa(total), func(t *testing.T) {
			t.Parallel()
			var pages []answer
			for first := 0; first == 0 || first < total; first += 100 {
				var entries []string
				for i := first; i < min(first+100, total); i++ {
					entries = append(entries, `{"country":"GB","msisdn":"4477009`+strconv.Itoa(10000+i)+`","cost":0.8}`)
				}
				pages = append(pages, ok(`{"count":"`+strconv.Itoa(total)+`","numbers":[`+strings.Join(entries, ",")+`]}`))
			}
			vonageAPI, client := newScript(t, pages...)
			seen := map[string]bool{}
			for number, err := range client.Numbers.Search(t.Context(), vonage.SearchNumbersOptions{Country: "GB"}) {
				if err != nil {
					t.Fatal(err)
				}
				if number.MonthlyCost != "0.8" {
					t.Fatalf("a cost that is a JSON number was read as %q", number.MonthlyCost)
				}
				seen[number.MSISDN] = true
			}
			if len(seen) != total {
				t.Errorf("found %d of %d", len(seen), total)
			}
			vonageAPI.requests()
		})
	}
}

func TestSearchEndsAtTheFirstError(t *testing.T) {
	t.Parallel()
	_, client := newScript(t, answer{status: http.StatusUnauthorized, body: `{"error-code":"401","error-code-label":"authentication failed"}`})
	seen := 0
	for _, err := range client.Numbers.Search(t.Context(), vonage.SearchNumbersOptions{Country: "GB"}) {
		seen++
		if err == nil || !strings.Contains(err.Error(), "searching for numbers (page 1): authentication failed") {
			t.Errorf("error %v", err)
		}
	}
	if seen != 1 {
		t.Errorf("%d entries", seen)
	}
}

// The API accepts each set of features in one order only (Numbers API 1.1.0).
func TestSearchWritesFeaturesInTheAPIsOrder(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		set  []string
		want string
	}{
		{[]string{"VOICE"}, "VOICE"},
		{[]string{"VOICE", "SMS"}, "SMS,VOICE"},
		{[]string{"MMS", "SMS"}, "SMS,MMS"},
		{[]string{"MMS", "VOICE"}, "VOICE,MMS"},
		{[]string{"VOICE", "SMS", "MMS", "SMS"}, "SMS,MMS,VOICE"},
		{nil, ""},
	} {
		vonageAPI, client := newScript(t, ok(`{}`))
		for range client.Numbers.Search(t.Context(), vonage.SearchNumbersOptions{
			Country: "US", Type: "landline", Features: test.set, Pattern: "1415", SearchPattern: new(0),
		}) {
			t.Error("something was found")
		}
		want := "country=US"
		if test.want != "" {
			want += "&features=" + strings.ReplaceAll(test.want, ",", "%2C")
		}
		want += "&index=1&pattern=1415&search_pattern=0&size=100&type=landline"
		if got := vonageAPI.requests()[0].Query; got != want {
			t.Errorf("asked %s, want %s", got, want)
		}
	}
}
