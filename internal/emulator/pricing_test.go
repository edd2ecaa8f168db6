// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package emulator_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/vonage/terraform-provider-vonage/internal/emulator"
)

// zambia has the properties of a captured response: https://github.com/Vonage/vonage-python-sdk,
// account/tests/data/get_country_pricing.json.
func zambia() document {
	return document{
		"countryCode": "ZM", "countryName": "Zambia", "countryDisplayName": "Zambia", "currency": "EUR", "defaultPrice": "0.28725000",
		"dialingPrefix": "260", "networks": []any{
			document{
				"type": "mobile", "price": "0.28725000", "currency": "EUR", "ranges": []any{2607., 26076.}, "mcc": "645", "mnc": "02",
				"networkCode": "64502", "networkName": "MTN Zambia",
			},
			document{"type": "landline", "price": "0.28725000", "currency": "EUR", "networkCode": "ZM-FIXED", "networkName": "Zambia Landline"},
		},
	}
}

func TestPrices(t *testing.T) {
	t.Parallel()
	a := newAccount(t, emulator.Options{})
	seed(t, a.Documents("prices").Seed("sms/ZM", zambia()))
	if diff := cmp.Diff(zambia(), a.get("/account/get-pricing/outbound/sms?country=ZM").want(t, 200).json); diff != "" {
		t.Errorf("price (-want +got):\n%s", diff)
	}
	a.get("/account/get-pricing/outbound/voice?country=ZM").want(t, 404)
	codes := func(path string) (found []string, count any) {
		listed := a.get(path).want(t, 200).json
		for _, country := range at(listed, "countries").([]any) {
			found = append(found, text(country, "countryCode"))
		}
		return found, listed["count"]
	}
	for path, want := range map[string][]string{
		"/account/get-full-pricing/outbound/sms":                    {"GB", "US", "VA", "ZM"},
		"/account/get-full-pricing/outbound/sms-transit":            {"GB", "US", "VA"},
		"/account/get-prefix-pricing/outbound/sms?prefix=260":       {"ZM"},
		"/account/get-prefix-pricing/outbound/voice?prefix=39":      {"VA"},
		"/account/get-prefix-pricing/outbound/voice?prefix=9999999": nil,
	} {
		if found, count := codes(path); !cmp.Equal(found, want) || count != float64(len(want)) {
			t.Errorf("%s: %v of %v, want %v", path, found, count, want)
		}
	}
	vatican := a.get("/account/get-pricing/outbound/sms?country=VA").want(t, 200).json
	for _, absent := range []string{"defaultPrice", "networks"} {
		if _, has := vatican[absent]; has {
			t.Errorf("the Vatican City has %s", absent)
		}
	}
	phone := a.get("/account/get-phone-pricing/outbound/sms?phone=260950000001").want(t, 200).json
	if text(phone, "price") != "0.28725000" || text(phone, "country-code") != "ZM" {
		t.Errorf("number: %v", phone)
	}
	a.get("/account/get-phone-pricing/outbound/sms?phone=390669882000").want(t, 404)
}

func TestPriceRefusals(t *testing.T) {
	t.Parallel()
	a := newAccount(t, emulator.Options{})
	missing := document{
		"type": "BAD_REQUEST", "error_title": "Bad Request", "invalid_parameters": document{"parameter": "country", "message": "Is required."},
	}
	if diff := cmp.Diff(missing, a.get("/account/get-pricing/outbound/sms").want(t, 400).json); diff != "" {
		t.Errorf("without a country (-want +got):\n%s", diff)
	}
	for path, status := range map[string]int{
		"/account/get-pricing/outbound/sms?country=gb":       400,
		"/account/get-pricing/outbound/sms?country=XX":       404,
		"/account/get-pricing/outbound/pigeon?country=GB":    404,
		"/account/get-full-pricing/outbound/pigeon":          404,
		"/account/get-prefix-pricing/outbound/sms":           400,
		"/account/get-prefix-pricing/outbound/sms?prefix=x":  400,
		"/account/get-phone-pricing/outbound/sms?phone=x":    400,
		"/account/get-phone-pricing/outbound/sms?phone=9999": 404,
		"/account/get-pricing/outbound":                      404,
	} {
		a.get(path).want(t, status)
	}
	unauthorized := a.get("/account/get-full-pricing/outbound/sms", without("Authorization")).want(t, 401).json
	if diff := cmp.Diff(document{"currency": "EUR", "code": "401", "error-code-label": "authentication failed"}, unauthorized); diff != "" {
		t.Errorf("unauthorized (-want +got):\n%s", diff)
	}
	a.postForm("/account/get-full-pricing/outbound/sms", nil).want(t, http.StatusMethodNotAllowed)
}

func TestPricesAreThrottled(t *testing.T) {
	t.Parallel()
	now := newClock()
	a := newAccount(t, emulator.Options{RateLimits: "documented", Now: now.Now})
	a.get("/account/get-pricing/outbound/sms?country=GB").want(t, 200)
	if got := a.get("/account/get-full-pricing/outbound/sms").want(t, 429); got.text != "" {
		t.Errorf("body %q", got.text)
	}
	now.advance(time.Second)
	a.get("/account/get-full-pricing/outbound/sms").want(t, 200)
}

func TestPricesAsSpecified(t *testing.T) {
	t.Parallel()
	a := newAccount(t, emulator.Options{Variant: emulator.Variant{PricesAsSpecified: true}})
	listed := a.get("/account/get-prefix-pricing/outbound/sms?prefix=44").want(t, 200)
	if listed.json["count"] != "1" || strings.Contains(listed.text, "countryCode") {
		t.Errorf("listed %s", listed.text)
	}
	if got := a.get("/account/get-pricing/outbound/sms?country=GB").want(t, 200).json; got["countryCode"] != "GB" {
		t.Errorf("country %v", got)
	}
}

func TestControlPrices(t *testing.T) {
	t.Parallel()
	a := newAccount(t, emulator.Options{})
	other := a.other("other123")
	a.send("PUT", "/emulator/prices/voice/ZM", `{"defaultPrice":"1.00"}`).want(t, 204)
	if got := other.get("/account/get-pricing/outbound/voice?country=ZM").want(t, 200).json; got["defaultPrice"] != "1.00" || got["countryCode"] != "ZM" {
		t.Errorf("another account sees %v", got)
	}
	a.send("PUT", "/emulator/prices/pigeon/ZM", `{}`).want(t, 400)
	a.send("PUT", "/emulator/prices/sms/zm", `{}`).want(t, 400)
	if price, known := a.Documents("prices").Get("voice/ZM"); !known || price["defaultPrice"] != "1.00" {
		t.Errorf("price %v", price)
	}
	a.do("DELETE", "/emulator/prices/voice/ZM", nil).want(t, 204)
	a.do("DELETE", "/emulator/prices/voice/ZM", nil).want(t, 404)
	if n := len(a.get("/emulator/prices").want(t, 200).json); n != 3 || a.Documents("prices").Remove("voice/ZM") {
		t.Errorf("%d services", n)
	}
}
