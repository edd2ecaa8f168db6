// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package account_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/vonage/terraform-provider-vonage/internal/acctest"
	"github.com/vonage/terraform-provider-vonage/internal/emulator"
)

const settingsType = "vonage_account_settings"

// onlyGood is a network in which only the URLs answer that do not have "bad" in them.
type onlyGood struct{}

func (onlyGood) RoundTrip(req *http.Request) (*http.Response, error) {
	status := http.StatusOK
	if strings.Contains(req.URL.Path, "bad") {
		status = http.StatusNotFound
	}
	return &http.Response{StatusCode: status, Body: http.NoBody, Request: req}, nil
}

func (a account) callbacks() [2]string {
	record := a.Emulator.Record()
	return [2]string{*record.MoCallbackURL, *record.DrCallbackURL}
}

// A URL that Vonage cannot reach is an error on its attribute, whatever the refusal says; the other one is set.
func TestUnreachableURL(t *testing.T) {
	t.Parallel()
	for _, refusal := range []string{"420", "invalid_parameters"} {
		a := newAccount(t, acctest.WithEmulator(func(o *emulator.Options) {
			o.ProbeWebhooks, o.HTTPClient, o.Variant.UnreachableURL = true, &http.Client{Transport: onlyGood{}}, refusal
		}))
		config := values{"mo_callback_url": "https://example.com/good", "dr_callback_url": "https://example.com/bad"}
		object, diags := a.run().Change(settingsType, acctest.Object{}, config)
		diags.MustFail(t, "dr_callback_url", "Unable to set dr_callback_url of the account", "status 200")
		if got := a.callbacks(); got != [2]string{"https://example.com/good", ""} {
			t.Errorf("the account has %v", got)
		}
		if object.State["mo_callback_url"] != "https://example.com/good" || object.State["dr_callback_url"] != "" {
			t.Errorf("the state is %v", object.State)
		}
	}
}

// A destroy unsets the URLs that the configuration has set, if they are still those.
func TestSettingsAreUnset(t *testing.T) {
	t.Parallel()
	a := newAccount(t)
	if err := a.Emulator.Change(emulator.Record{DrCallbackURL: new("https://example.com/before")}); err != nil {
		t.Fatal(err)
	}
	object, diags := a.run().Change(settingsType, acctest.Object{}, values{"mo_callback_url": "https://example.com/ours"})
	diags.MustBeEmpty(t)
	if object.State["dr_callback_url"] != "https://example.com/before" || object.State["id"] != "abcd1234" {
		t.Errorf("adopted %v", object.State)
	}
	if _, diags = a.run().Change(settingsType, object, nil); diags.HasError() || a.callbacks() != [2]string{"", "https://example.com/before"} {
		t.Errorf("the account has %v: %s", a.callbacks(), diags)
	}
	object, diags = a.run().Change(settingsType, acctest.Object{}, values{"mo_callback_url": "https://example.com/ours"})
	diags.MustBeEmpty(t)
	if err := a.Emulator.Change(emulator.Record{MoCallbackURL: new("https://example.com/theirs")}); err != nil {
		t.Fatal(err)
	}
	if _, diags = a.run().Change(settingsType, object, nil); diags.HasError() || a.callbacks()[0] != "https://example.com/theirs" {
		t.Errorf("the account has %v: %s", a.callbacks(), diags)
	}
}

// What others change is drift, except for the forwarding method, which cannot be read.
func TestSettingsDrift(t *testing.T) {
	t.Parallel()
	a := newAccount(t)
	config := values{"mo_callback_url": "https://example.com/ours", "http_forward_method": "POST_JSON"}
	object, diags := a.run().Change(settingsType, acctest.Object{}, config)
	diags.MustBeEmpty(t)
	err := a.Emulator.Change(emulator.Record{MoCallbackURL: new("https://example.com/theirs"), HTTPForwardMethod: new("GET_QUERY_PARAMS")})
	if err != nil {
		t.Fatal(err)
	}
	p := a.run()
	refreshed, diags := p.Read(settingsType, object)
	diags.MustBeEmpty(t)
	if refreshed.State["mo_callback_url"] != "https://example.com/theirs" || refreshed.State["http_forward_method"] != "POST_JSON" {
		t.Errorf("read %v", refreshed.State)
	}
	if _, diags = p.Change(settingsType, refreshed, config); diags.HasError() || a.callbacks()[0] != "https://example.com/ours" {
		t.Errorf("the account has %v: %s", a.callbacks(), diags)
	}
	_, diags = a.run().Import(settingsType, "efgh5678")
	diags.MustFail(t, "", "API key of the account that the provider signs in to", `"abcd1234"`)
}

func TestAccountAndPrices(t *testing.T) {
	t.Parallel()
	a := newAccount(t)
	read, diags := a.run().ReadDataSource("vonage_account", values{})
	diags.MustBeEmpty(t)
	if read["api_key"] != "abcd1234" || read["balance"] == nil || read["max_calls_per_second"] == nil || read["mo_callback_url"] != "" {
		t.Errorf("read %v", read)
	}
	_, diags = a.run().ReadDataSource("vonage_pricing", values{"country": "xq", "type": "sms"})
	diags.MustFail(t, "", "to XQ", "404", "Check country")
	read, diags = a.run().ReadDataSource("vonage_pricing", values{"country": "gb", "type": "sms"})
	diags.MustBeEmpty(t)
	if read["currency"] != "EUR" || read["dialing_prefix"] != "44" {
		t.Errorf("read %v", read)
	}
}
