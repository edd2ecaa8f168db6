// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package vonage_test

import (
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/vonage/terraform-provider-vonage/internal/vonage"
)

func TestCapturedSecrets(t *testing.T) {
	t.Parallel()
	created, err := replay(t, "secret_created").Secrets.Create(t.Context(), "k", "Abcdefg1")
	want := vonage.Secret{ID: "ad6dc56f-07b5-46e1-a527-85530e625800", CreatedAt: "2017-03-02T16:34:49Z"}
	if err != nil || created != want {
		t.Errorf("got %v, %v", created, err)
	}
	for name, code := range map[string]string{
		"secret_third": "add-excess-secret", "secret_third_before": "maximum-secrets-allowed", "secret_invalid": "validation",
	} {
		_, err := replay(t, name).Secrets.Create(t.Context(), "k", "Abcdefg1")
		apiError, ok := errors.AsType[*vonage.Error](err)
		if !ok || apiError.Code != code || vonage.IsThirdSecret(err) != (code != "validation") {
			t.Errorf("%s: %v", name, err)
		}
		if code == "validation" && (len(apiError.InvalidParameters) != 1 || apiError.InvalidParameters[0].Name != "secret") {
			t.Errorf("%s: %v", name, apiError.InvalidParameters)
		}
	}
	if err := replay(t, "secret_last").Secrets.Delete(t.Context(), "k", "s"); !vonage.IsLastSecret(err) {
		t.Errorf("got %v", err)
	}
	if _, err := replay(t, "secrets_unknown_account").Secrets.Get(t.Context(), "k", "s"); !vonage.IsNoAccount(err) || vonage.IsNotFound(err) {
		t.Errorf("got %v", err)
	}
}

func TestCapturedAccount(t *testing.T) {
	t.Parallel()
	settings, err := replay(t, "account_settings").Account.Settings(t.Context())
	want := vonage.AccountSettings{
		MOCallbackURL: "https://example.com/webhooks/inbound-sms", DRCallbackURL: "https://example.com/webhooks/delivery-receipt",
		MaxOutboundRequest: new(int64(30)), MaxInboundRequest: new(int64(30)), MaxCallsPerSecond: new(int64(30)),
	}
	if diff := cmp.Diff(want, settings); diff != "" || err != nil {
		t.Errorf("%v\n%s", err, diff)
	}
	if _, err := replay(t, "account_settings_refused").Account.Settings(t.Context()); !vonage.IsUnauthorized(err) {
		t.Errorf("got %v", err)
	}
	balance, err := replay(t, "account_balance").Account.Balance(t.Context())
	if diff := cmp.Diff(vonage.AccountBalance{Value: "29.18202293", AutoReload: new(false)}, balance); diff != "" || err != nil {
		t.Errorf("%v\n%s", err, diff)
	}
}

func TestCapturedPrices(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		country string
		want    vonage.CountryPrices
	}{
		"prices_with_landlines": {"ZM", vonage.CountryPrices{
			Currency: "EUR", DefaultPrice: "0.28725000", DialingPrefix: "260", Networks: []vonage.NetworkPrices{
				{Type: "landline_premium", Price: "0.28725000", Ranges: []int64{26090}, Code: "ZM-PREMIUM", Name: "Zambia Premium"},
				{
					Type: "mobile", Price: "0.28725000", Ranges: []int64{2607, 26076, 26096}, Code: "64502", Name: "MTN Zambia",
					MCC: "645", MNC: "02",
				},
			},
		}},
		"prices_without_ranges": {"US", vonage.CountryPrices{
			Currency: "EUR", DefaultPrice: "0.00570000", DialingPrefix: "1", Networks: []vonage.NetworkPrices{
				{Type: "mobile", Price: "0.00570000", Code: "311090", Name: "Flat Wireless, LLC", MCC: "311", MNC: "090"},
			},
		}},
	} {
		got, err := replay(t, name).Pricing.Get(t.Context(), vonage.PriceOfSMS, test.country)
		if diff := cmp.Diff(test.want, got); diff != "" || err != nil {
			t.Errorf("%s: %v\n%s", name, err, diff)
		}
	}
}
