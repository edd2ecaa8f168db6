// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package live_test

import (
	"net/http"
	"net/url"
	"strconv"
	"testing"

	"github.com/vonage/terraform-provider-vonage/internal/acctest"
)

// purchase describes the number that may be rented. With the zero value nothing is rented.
type purchase struct {
	country string
	// most is the maximum in EUR for each of the monthly rent and the initial price.
	most string
}

// choose returns a number on offer that is cheap enough.
func (a account) choose(t *testing.T) string {
	t.Helper()

	most, err := strconv.ParseFloat(a.purchase.most, 64)
	if err != nil {
		t.Fatalf("VONAGE_LIVE_MAX_COST: %v", err)
	}

	found := a.rest(t, http.MethodGet, "/number/search", url.Values{"country": {a.purchase.country}, "size": {"100"}}).must(t, "searching")
	numbers, _ := found.at("numbers").([]any)

	for _, number := range numbers {
		offer, _ := number.(map[string]any)
		if price(offer["cost"]) <= most && price(offer["initialPrice"]) <= most {
			msisdn, _ := offer["msisdn"].(string)

			return msisdn
		}
	}

	t.Skipf("none of %d numbers on offer in %s costs %s EUR or less", len(numbers), a.purchase.country, a.purchase.most)

	return ""
}

// price parses a price in a decimal string; a missing price counts as too high.
func price(said any) float64 {
	text, _ := said.(string)
	if value, err := strconv.ParseFloat(text, 64); err == nil {
		return value
	}

	const tooHigh = 1e9

	return tooHigh
}

// rentAndCancel rents a number through the provider and cancels it at once.
func (a account) rentAndCancel(t *testing.T, answers *report) {
	t.Helper()

	msisdn := a.choose(t)
	a.number = a.purchase.country + "/" + msisdn
	config := acctest.Values{
		"country": a.purchase.country, "msisdn": msisdn, "deletion_policy": "DELETE",
		"max_monthly_cost": a.purchase.most, "max_initial_cost": a.purchase.most,
	}

	t.Logf("renting %s; should this run be interrupted, cancel it at https://dashboard.nexmo.com/your-numbers", a.number)

	// A number that stays rented costs money every month, so it is cancelled whatever happens below. The list is not
	// consulted first, because it may not show the number yet.
	given := false

	t.Cleanup(func() {
		if given {
			return
		}

		cancelled := a.rest(t, http.MethodPost, "/number/cancel", url.Values{"country": {a.purchase.country}, "msisdn": {msisdn}})
		t.Errorf("%s may have been rented still; cancelling it: HTTP %d %v", a.number, cancelled.status, cancelled.body)
	})

	rented, diags := a.protocol(t).Change("vonage_number", acctest.Object{}, config)
	diags.MustBeEmpty(t)
	answers.learn("How long until the list shows a number that was rented?", a.until(t, func(n map[string]any) bool { return n != nil }))
	a.mustPlanEmpty(t, "vonage_number", rented, config)

	_, diags = a.protocol(t).Change("vonage_number", rented, nil) // causes a warning that the number is cancelled
	diags.Errors().MustBeEmpty(t)

	given = true

	answers.learn("How long until the list no longer shows a number that was cancelled?",
		a.until(t, func(n map[string]any) bool { return n == nil }))

	again := a.rest(t, http.MethodGet, "/number/search", url.Values{
		"country": {a.purchase.country}, "pattern": {msisdn}, "search_pattern": {"0"},
	}).must(t, "searching")
	answers.learn("Is a number on offer again right after it was cancelled?", again.at("numbers") != nil)
}
