// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package vonage_test

import (
	"errors"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/vonage/terraform-provider-vonage/internal/vonage"
)

const (
	failed     = `{"error-code":"420","error-code-label":"method failed"}`
	needsPlace = `{"error-code":"420","error-code-label":"Numbers from this country require a valid local address."}`
)

var (
	lost      = answer{status: http.StatusBadGateway, body: "<html>"}
	throttled = answer{status: http.StatusTooManyRequests}
)

func called(requests []received) []string {
	calls := make([]string, len(requests))
	for i, r := range requests {
		calls[i] = r.Path
	}
	return calls
}

func TestBuy(t *testing.T) {
	t.Parallel()
	apiError := func(status int, body string) answer { return answer{status: status, body: body} }
	for name, test := range map[string]struct {
		answers []answer
		target  string
		calls   []string
		bought  bool
		problem string // part of the error; "" means success
		unknown bool   // the error is an *UnknownOutcomeError
	}{
		"bought":                       {[]answer{ok(success)}, "", []string{"/number/buy"}, true, "", false},
		"bought for a subaccount":      {[]answer{ok(success)}, "sub12345", []string{"/number/buy"}, true, "", false},
		"answer lost, bought":          {[]answer{lost, owned(``)}, "", []string{"/number/buy", "/account/numbers"}, true, "", false},
		"answer lost, not owned":       {[]answer{lost, ok(`{}`)}, "", []string{"/number/buy", "/account/numbers"}, false, "502", true},
		"answer lost, look-up too":     {[]answer{lost, lost}, "", []string{"/number/buy", "/account/numbers"}, false, "502", true},
		"answer lost for a subaccount": {[]answer{lost}, "sub12345", []string{"/number/buy"}, false, "subaccount", true},
		"had it already": {
			[]answer{apiError(420, failed), owned(``)}, "", []string{"/number/buy", "/account/numbers"}, false, "", false,
		},
		"had it already, HTTP 200": {
			[]answer{ok(failed), owned(``)}, "", []string{"/number/buy", "/account/numbers"}, false, "", false,
		},
		"taken by somebody else": {
			[]answer{apiError(420, failed), ok(`{}`), ok(`{}`)},
			"",
			[]string{"/number/buy", "/account/numbers", "/number/search"},
			false, "somebody else has rented it: method failed", false,
		},
		"refused though on offer": {
			[]answer{apiError(420, failed), ok(`{}`), ok(offered)},
			"",
			[]string{"/number/buy", "/account/numbers", "/number/search"},
			false, "still on offer", false,
		},
		"refused, and nothing can be looked up": {
			[]answer{apiError(420, failed), lost, lost},
			"",
			[]string{"/number/buy", "/account/numbers", "/number/search"},
			false, "method failed", false,
		},
		"address needed": {[]answer{apiError(420, needsPlace)}, "", []string{"/number/buy"}, false, "valid local address", false},
		"not sent twice": {[]answer{throttled}, "", []string{"/number/buy"}, false, "429", false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			vonageAPI, client := newScript(t, test.answers...)
			got, bought, err := client.Numbers.Buy(t.Context(), offer, test.target)
			var unknown *vonage.UnknownOutcomeError
			switch {
			case test.problem == "" && (err != nil || got.Key() != number || got.Type != "mobile-lvn"):
				t.Errorf("Buy gave %+v, %v", got, err)
			case test.problem != "" && (err == nil || !strings.Contains(err.Error(), test.problem)):
				t.Errorf("error %v does not say %q", err, test.problem)
			case vonage.IsNotFound(err):
				t.Errorf("IsNotFound holds for %v", err)
			case errors.As(err, &unknown) != test.unknown:
				t.Errorf("error %v: unknown outcome %t", err, !test.unknown)
			}
			if bought != test.bought {
				t.Errorf("bought is %t", bought)
			}
			requests := vonageAPI.requests()
			if diff := cmp.Diff(test.calls, called(requests)); diff != "" {
				t.Error(diff)
			}
			form := map[string]string{"country": "GB", "msisdn": "447700900001"}
			if test.target != "" {
				form["target_api_key"] = test.target
			}
			if diff := cmp.Diff(form, formOf(t, requests[0].Body)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestBuyGivesTheNumberAsOffered(t *testing.T) {
	t.Parallel()
	_, client := newScript(t, ok(success))
	got, _, err := client.Numbers.Buy(t.Context(), offer, "")
	if err != nil {
		t.Fatal(err)
	}
	want := vonage.Number{
		Country: "GB", MSISDN: "447700900001", Type: "mobile-lvn", Features: offer.Features, Limitations: offer.Limitations,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestCancel(t *testing.T) {
	t.Parallel()
	apiError := func(body string) answer { return answer{status: 420, body: body} }
	for name, test := range map[string]struct {
		answers []answer
		target  string
		calls   []string
		problem string
		unknown bool
	}{
		"cancelled":                   {[]answer{ok(success)}, "", []string{"/number/cancel"}, "", false},
		"of a subaccount":             {[]answer{ok(success)}, "sub12345", []string{"/number/cancel"}, "", false},
		"gone already":                {[]answer{apiError(failed), ok(`{}`)}, "", []string{"/number/cancel", "/account/numbers"}, "", false},
		"refused":                     {[]answer{apiError(failed), owned(``)}, "", []string{"/number/cancel", "/account/numbers"}, "still has", false},
		"refused, no look":            {[]answer{apiError(failed), lost}, "", []string{"/number/cancel", "/account/numbers"}, "method failed", false},
		"answer lost, gone":           {[]answer{lost, ok(`{}`)}, "", []string{"/number/cancel", "/account/numbers"}, "", false},
		"answer lost, there":          {[]answer{lost, owned(``)}, "", []string{"/number/cancel", "/account/numbers"}, "still has", false},
		"answer lost, no look":        {[]answer{lost, lost}, "", []string{"/number/cancel", "/account/numbers"}, "502", true},
		"of a subaccount, lost":       {[]answer{lost}, "sub12345", []string{"/number/cancel"}, "subaccount", true},
		"other refusals are not read": {[]answer{throttled}, "", []string{"/number/cancel"}, "429", false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			vonageAPI, client := newScript(t, test.answers...)
			err := client.Numbers.Cancel(t.Context(), number, test.target)
			var unknown *vonage.UnknownOutcomeError
			if (err != nil) != (test.problem != "") || err != nil && !strings.Contains(err.Error(), test.problem) ||
				errors.As(err, &unknown) != test.unknown {
				t.Errorf("Cancel gave %v, want %q", err, test.problem)
			}
			requests := vonageAPI.requests()
			if diff := cmp.Diff(test.calls, called(requests)); diff != "" {
				t.Error(diff)
			}
			if got := formOf(t, requests[0].Body)["target_api_key"]; got != test.target {
				t.Errorf("target_api_key is %q", got)
			}
		})
	}
}
