// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package emulator_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/vonage/terraform-provider-vonage/internal/emulator"
)

func TestDocumentedRateLimits(t *testing.T) {
	t.Parallel()
	now := newClock()
	a := newAccount(t, emulator.Options{Now: now.Now, RateLimits: "documented"})
	a.seedKeys()
	admin := bearer(sign(t, testKey(), claims(now.Now(), document{"exp": nil})))
	for name, test := range map[string]struct {
		limit   int
		request func() reply
	}{
		"list of numbers": {1, func() reply { return a.get("/account/numbers") }},
		"number writes":   {3, func() reply { return a.get("/number/search?country=GB") }},
		"new calls":       {3, func() reply { return a.send("POST", "/v1/calls", `{}`, admin) }},
		"look at calls":   {15, func() reply { return a.get("/v1/calls", admin) }},
		"account":         {30, func() reply { return a.get("/account/get-balance") }},
		"secrets":         {30, func() reply { return a.get("/accounts/" + apiKey + "/secrets") }},
	} {
		for i := range test.limit {
			if got := test.request(); got.status == 429 {
				t.Fatalf("%s: request %d was throttled", name, i)
			}
		}
		if got := test.request(); got.status != 429 {
			t.Errorf("%s: request %d: HTTP status %d, want 429", name, test.limit+1, got.status)
		}
	}
	// Searching, buying, cancelling and updating share one limit.
	if got := a.postForm("/number/buy", numberForm("GB", "441")); got.status != 429 || got.text != "" {
		t.Errorf("buy: HTTP status %d, %q, want 429 without a body", got.status, got.text)
	}
	balance := a.get("/account/get-balance").want(t, 429)
	if balance.header.Get("Retry-After") != "1" || balance.header.Get("X-Ratelimit-Limit") != "30" ||
		balance.header.Get("X-Ratelimit-Reset") != "1785585601000" {
		t.Errorf("headers %v", balance.header)
	}
	if kind := a.get("/accounts/"+apiKey+"/secrets").want(t, 429).header.Get("Content-Type"); kind != "application/problem+json" {
		t.Errorf("content type %q", kind)
	}
	for range 50 {
		a.get("/v2/applications").want(t, 200)
	}
	now.advance(time.Second)
	a.get("/account/numbers").want(t, 200)
	a.get("/account/numbers").want(t, 429)
}

func TestNoRateLimitsByDefault(t *testing.T) {
	t.Parallel()
	now := newClock()
	a := newAccount(t, emulator.Options{Now: now.Now})
	for range 20 {
		a.get("/account/numbers").want(t, 200)
	}
}

func TestThrottledPage(t *testing.T) {
	t.Parallel()
	now := newClock()
	a := newAccount(t, emulator.Options{Now: now.Now, RateLimits: "documented", Variant: emulator.Variant{ThrottledHTML: true}})
	a.get("/account/numbers").want(t, 200)
	got := a.get("/account/numbers").want(t, 429)
	if diff := cmp.Diff("text/html", got.header.Get("Content-Type")); diff != "" || got.text == "" {
		t.Errorf("body %q (-want +got):\n%s", got.text, diff)
	}
}
