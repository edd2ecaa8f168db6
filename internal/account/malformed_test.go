// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package account_test

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/vonage/terraform-provider-vonage/internal/acctest"
)

// withAnswer returns an account whose answers to a path are changed once change is set.
func withAnswer(t *testing.T, path string, change *values) account {
	t.Helper()
	return newAccount(t, acctest.Around(func(emulator http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			answer := httptest.NewRecorder()
			emulator.ServeHTTP(answer, r)
			w.WriteHeader(answer.Code)
			var document values
			if r.URL.Path != path || *change == nil || json.Unmarshal(answer.Body.Bytes(), &document) != nil {
				_, _ = w.Write(answer.Body.Bytes())
				return
			}
			_ = json.NewEncoder(w).Encode(acctest.With(document, *change))
		})
	}))
}

// TestMalformedSettings: limits of an unknown form are not shown, and hinder nothing. A URL of an unknown form fails for its own readers, by its name; secrets and balance
// are read as ever.
func TestMalformedSettings(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		change     values
		unreadable string
	}{
		"a limit is an object":     {values{"max-outbound-request": values{}}, ""},
		"a limit is a word":        {values{"max-calls-per-second": "many"}, ""},
		"a limit is a fraction":    {values{"max-inbound-request": 1.5}, ""},
		"a limit is text":          {values{"max-inbound-request": "30"}, ""},
		"limits are null":          {values{"max-inbound-request": nil, "max-outbound-request": nil, "max-calls-per-second": nil}, ""},
		"a URL is no URL":          {values{"dr-callback-url": "no URL at all"}, ""},
		"a URL is a number":        {values{"dr-callback-url": 7}, ""},
		"a URL is null":            {values{"dr-callback-url": nil}, ""},
		"a URL is an object":       {values{"dr-callback-url": values{"odd": true}}, "dr-callback-url"},
		"a URL and a limit is odd": {values{"mo-callback-url": []any{7}, "max-calls-per-second": true}, "mo-callback-url"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var change values
			a := withAnswer(t, "/account/settings", &change)
			config := values{"mo_callback_url": "https://example.com/ours"}
			object, diags := a.run().Change(settingsType, acctest.Object{}, config)
			diags.MustBeEmpty(t)
			change = test.change
			_, diags = a.run().ReadDataSource("vonage_api_secrets", values{})
			diags.MustBeEmpty(t)
			read, diags := a.run().Read(settingsType, object)
			_, ofAccount := a.run().ReadDataSource("vonage_account", values{})
			_, ofImport := a.run().Import(settingsType, a.APIKey)
			if test.unreadable != "" {
				for _, failed := range []acctest.Diagnostics{diags, ofAccount, ofImport} {
					failed.MustFail(t, "", "Unable to read", test.unreadable, "a form that this version of the provider does not know")
				}
				return
			}
			for _, fine := range []acctest.Diagnostics{diags, ofAccount, ofImport} {
				fine.MustBeEmpty(t)
			}
			plan, diags := a.run().Plan(settingsType, read, config)
			diags.MustBeEmpty(t)
			if diff := cmp.Diff(read.State, plan.State); diff != "" {
				t.Errorf("the plan has changes: %s", diff)
			}
			_, diags = a.run().Change(settingsType, read, nil)
			diags.MustBeEmpty(t)
			if got := a.callbacks()[0]; got != "" {
				t.Errorf("after the destroy, the URL is %q", got)
			}
		})
	}
}

// TestMalformedPrices: a network of an unknown form is shown as far as it can be read, with a warning, beside the others.
func TestMalformedPrices(t *testing.T) {
	t.Parallel()
	documented := values{"networkName": "A", "networkCode": "23410", "mcc": "234", "mnc": "10", "type": "mobile", "price": "0.10", "ranges": []any{4477}}
	shown := values{"name": "A", "code": "23410", "mcc": "234", "mnc": "10", "type": "mobile", "price": "0.10", "ranges": []any{4477}}
	for name, test := range map[string]struct {
		network any
		code    any
		warns   bool
	}{
		"no members":           {values{}, nil, false},
		"a code is a number":   {values{"networkCode": 23411}, "23411", false},
		"a price is a number":  {values{"networkCode": "B", "price": 0.5}, "B", false},
		"a range is text":      {values{"networkCode": "B", "ranges": []any{"4478"}}, "B", false},
		"a range is a word":    {values{"networkCode": "B", "ranges": []any{"all"}}, "B", true},
		"ranges are an object": {values{"networkCode": "B", "ranges": values{"odd": 1}}, "B", true},
		"a price is an object": {values{"networkCode": "B", "price": values{}}, "B", true},
		"null":                 {nil, nil, true},
		"text":                 {"a network", nil, true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var change values
			a := withAnswer(t, "/account/get-pricing/outbound/sms", &change)
			change = values{"networks": []any{documented, test.network, documented}}
			read, diags := a.run().ReadDataSource("vonage_pricing", values{"country": "GB", "type": "sms"})
			if test.warns {
				diags.MustWarn(t, "", "Incomplete list of networks", "cannot be")
			} else {
				diags.MustBeEmpty(t)
			}
			networks, _ := read["networks"].([]any)
			if len(networks) != 3 {
				t.Fatalf("the networks are %v", networks)
			}
			if diff := cmp.Diff([]any{shown, shown}, []any{networks[0], networks[2]}); diff != "" {
				t.Errorf("documented networks (-want +got):\n%s", diff)
			}
			if odd, _ := networks[1].(values); odd["code"] != test.code {
				t.Errorf("the malformed network is %v", odd)
			}
		})
	}
}
