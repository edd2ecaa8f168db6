// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package emulator_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/vonage/terraform-provider-vonage/internal/emulator"
)

const subaccounts = "/accounts/" + apiKey + "/subaccounts"

// made creates a subaccount through the API, and returns its document and a client that has its credentials.
func (a account) made(body string) (document, account) {
	a.t.Helper()
	answered := a.send("POST", subaccounts, body).want(a.t, 200).json
	opened, known := a.Lookup(text(answered, "api_key"))
	if !known {
		a.t.Fatalf("there is no account %v", answered)
	}
	sub := a.as(opened)
	sub.secret = text(answered, "secret")
	return answered, sub
}

func TestSubaccount(t *testing.T) {
	t.Parallel()
	now := newClock()
	now.advance(239 * time.Millisecond)
	a := newAccount(t, emulator.Options{Now: now.Now})
	answered, sub := a.made(`{"name":"Team A","secret":"Chosen0Secret"}`)
	key := text(answered, "api_key")
	want := document{
		"api_key": key, "primary_account_api_key": apiKey, "use_primary_account_balance": true, "name": "Team A", "secret": "Chosen0Secret",
		"balance": nil, "credit_limit": nil, "suspended": false, "created_at": "2026-08-01T12:00:00.239Z",
	}
	if diff := cmp.Diff(want, answered); diff != "" {
		t.Errorf("created (-want +got):\n%s", diff)
	}
	delete(want, "secret")
	want["created_at"] = "2026-08-01T12:00:00.000Z"
	if diff := cmp.Diff(want, a.get(subaccounts+"/"+key).want(t, 200).json); diff != "" {
		t.Errorf("read (-want +got):\n%s", diff)
	}
	sub.get("/account/get-balance").want(t, 200)

	want["name"], want["suspended"] = "Team B", true
	changed := a.send("PATCH", subaccounts+"/"+key, `{"name":"Team B","suspended":true}`).want(t, 200).json
	if diff := cmp.Diff(want, changed); diff != "" {
		t.Errorf("changed (-want +got):\n%s", diff)
	}
	if listed := at(a.get(subaccounts).want(t, 200).json, "_embedded", "subaccounts"); !cmp.Equal(listed, any([]any{want})) {
		t.Errorf("listed %v", listed)
	}
}

// A suspended subaccount is signed out, by key and by token, until it is reactivated. The primary account still manages
// its secrets.
func TestSuspendedSubaccount(t *testing.T) {
	t.Parallel()
	a := newAccount(t, emulator.Options{})
	answered, sub := a.made(`{"name":"n"}`)
	key, path := text(answered, "api_key"), subaccounts+"/"+text(answered, "api_key")
	sub.seedKeys()
	token := as(t, applicationID)
	sub.get("/v1/users", token).want(t, 200)
	a.send("PATCH", path, `{"suspended":true}`).want(t, 200)
	for name, refused := range map[string]reply{
		"rest host": sub.get("/account/numbers"), "API host": sub.get("/v2/applications"), "token": sub.get("/v1/users", token),
	} {
		if refused.status != http.StatusUnauthorized {
			t.Errorf("%s: HTTP status %d", name, refused.status)
		}
	}
	a.get("/accounts/"+key+"/secrets").want(t, 200)
	a.get("/account/numbers").want(t, 200)
	a.send("PATCH", path, `{"suspended":false}`).want(t, 200)
	sub.get("/account/numbers").want(t, 200)
	sub.get("/v1/users", token).want(t, 200)
}

func TestSubaccountsAreListedWithTotals(t *testing.T) {
	t.Parallel()
	a := newAccount(t, emulator.Options{})
	seed(t, a.Change(emulator.Record{Balance: new("27.4572"), Name: new("SMPP Account")}))
	a.subaccount("second01", emulator.Record{UsePrimaryAccountBalance: new(false), Balance: new("0.5"), CreditLimit: new("-1.25")})
	a.subaccount("shared01", emulator.Record{})
	a.other("foreign1")
	listed := a.get(subaccounts).want(t, 200).json
	if listed["total_balance"] != 27.9572 || listed["total_credit_limit"] != -1.25 {
		t.Errorf("totals %v and %v", listed["total_balance"], listed["total_credit_limit"])
	}
	primary := at(listed, "_embedded", "primary_account")
	if text(primary, "api_key") != apiKey || text(primary, "name") != "SMPP Account" || at(primary, "use_primary_account_balance") != nil {
		t.Errorf("primary account %v", primary)
	}
	keys := []string{}
	for _, item := range at(listed, "_embedded", "subaccounts").([]any) {
		keys = append(keys, text(item, "api_key"))
	}
	if !cmp.Equal(keys, []string{"second01", "shared01"}) {
		t.Errorf("subaccounts %v", keys)
	}
}

func TestSubaccountRefusals(t *testing.T) {
	t.Parallel()
	a := newAccount(t, emulator.Options{})
	answered, sub := a.made(`{"name":"n"}`)
	foreign := a.other("foreign1")
	path := subaccounts + "/" + text(answered, "api_key")
	for name, test := range map[string]struct {
		got  reply
		want int
		kind string
	}{
		"no credentials":           {a.get(subaccounts, without("Authorization")), 401, "#unauthorized"},
		"another path":             {a.get("/accounts/other123/subaccounts"), 404, "#invalid-api-key"},
		"by a stranger":            {foreign.get(subaccounts), 404, "#invalid-api-key"},
		"by a subaccount":          {sub.get("/accounts/" + sub.APIKey() + "/subaccounts"), 403, "#unprovisioned"},
		"unknown":                  {a.get(subaccounts + "/nobody12"), 404, "#invalid-api-key"},
		"itself":                   {a.get(subaccounts + "/" + apiKey), 404, "#invalid-api-key"},
		"a stranger's account":     {a.send("PATCH", subaccounts+"/foreign1", `{"name":"x"}`), 404, "#invalid-api-key"},
		"no name":                  {a.send("POST", subaccounts, `{}`), 422, "/account/subaccounts#validation"},
		"long name":                {a.send("POST", subaccounts, `{"name":"`+strings.Repeat("n", 81)+`"}`), 422, "/account/subaccounts#validation"},
		"weak secret":              {a.send("POST", subaccounts, `{"name":"n","secret":"weak"}`), 422, "/account/subaccounts#validation"},
		"no boolean":               {a.send("POST", subaccounts, `{"name":"n","use_primary_account_balance":"yes"}`), 422, "/account/subaccounts#validation"},
		"unknown property":         {a.send("POST", subaccounts, `{"name":"n","suspended":true}`), 422, "/account/subaccounts#validation"},
		"unknown change":           {a.send("PATCH", path, `{"secret":"Chosen0Secret"}`), 422, "/account/subaccounts#validation"},
		"nothing to change":        {a.send("PATCH", path, `{}`), 422, "/account/subaccounts#validation"},
		"broken JSON":              {a.send("POST", subaccounts, `{`), 400, "#invalid-json"},
		"a form":                   {a.postForm(subaccounts, nil), 415, "#content-type-header"},
		"a deletion":               {a.do("DELETE", path, nil), 405, "#wrong-verb"},
		"credentials in the query": {a.get(subaccounts+"?api_key="+apiKey+"&api_secret="+url.QueryEscape(apiSecret), without("Authorization")), 401, "#unauthorized"},
	} {
		if test.got.status != test.want || text(test.got.json, "type") != "https://developer.vonage.com/api-errors"+test.kind {
			t.Errorf("%s: HTTP status %d, %s", name, test.got.status, test.got.text)
		}
		if kind := test.got.header.Get("Content-Type"); kind != "application/problem+json" {
			t.Errorf("%s: content type %q", name, kind)
		}
	}
	if n := len(at(a.get(subaccounts).json, "_embedded", "subaccounts").([]any)); n != 1 {
		t.Errorf("%d subaccounts", n)
	}
}

// A subaccount that has been given a balance of its own begins with nothing and does not get the shared one back.
func TestOwnBalanceIsOneWay(t *testing.T) {
	t.Parallel()
	a := newAccount(t, emulator.Options{})
	answered, sub := a.made(`{"name":"n"}`)
	path := subaccounts + "/" + text(answered, "api_key")
	if got := sub.get("/account/get-balance").want(t, 200).json["value"]; got != 1000. {
		t.Errorf("shared balance %v", got)
	}
	a.send("PATCH", path, `{"use_primary_account_balance":true}`).want(t, 200)
	own := a.send("PATCH", path, `{"use_primary_account_balance":false}`).want(t, 200).json
	if own["balance"] != 0. || own["credit_limit"] != 0. || sub.get("/account/get-balance").json["value"] != 0. {
		t.Errorf("own balance: %v", own)
	}
	a.send("PATCH", path, `{"use_primary_account_balance":false}`).want(t, 200)
	refused := a.send("PATCH", path, `{"use_primary_account_balance":true,"name":"m"}`).want(t, 422)
	if !strings.Contains(refused.text, `"name":"use_primary_account_balance"`) || text(a.get(path).json, "name") != "n" {
		t.Errorf("refused: %s", refused.text)
	}
}

func TestSubaccountVariants(t *testing.T) {
	t.Parallel()
	with := func(variant emulator.Variant) account {
		return newAccount(t, emulator.Options{Now: newClock().Now, Variant: variant})
	}

	hidden := with(emulator.Variant{SubaccountSecretHidden: true}).send("POST", subaccounts, `{"name":"n"}`).want(t, 200).json
	if _, has := hidden["secret"]; has {
		t.Error("a hidden secret is shown")
	}
	a := with(emulator.Variant{SubaccountsUnprovisioned: true})
	if got := a.get(subaccounts).want(t, 403); !strings.Contains(got.text, "Authorisation error") {
		t.Errorf("unprovisioned: %s", got.text)
	}
	a = with(emulator.Variant{MaxSubaccounts: 1})
	a.made(`{"name":"n"}`)
	if got := a.send("POST", subaccounts, `{"name":"m"}`).want(t, 403); !strings.Contains(got.text, "subaccounts#provisioning") {
		t.Errorf("too many: %s", got.text)
	}
	a = with(emulator.Variant{})
	a.made(`{"name":"n"}`)
	a.made(`{"name":"n"}`)
	a = with(emulator.Variant{SubaccountNamesUnique: true})
	a.made(`{"name":"n"}`)
	other, _ := a.made(`{"name":"m"}`)
	a.send("POST", subaccounts, `{"name":"n"}`).want(t, 422)
	a.send("PATCH", subaccounts+"/"+text(other, "api_key"), `{"name":"n"}`).want(t, 422)
	a.send("PATCH", subaccounts+"/"+text(other, "api_key"), `{"name":"m"}`).want(t, 200)

	a = with(emulator.Variant{SubaccountsAsSpecified: true})
	a.made(`{"name":"n"}`)
	listed := a.get(subaccounts).want(t, 200).json
	if _, has := listed["total_balance"]; has || at(listed, "_embedded", "primary_account", "use_primary_account_balance") != false ||
		text(listed, "_embedded", "primary_account", "created_at") != "2026-08-01T12:00:00Z" {
		t.Errorf("as specified: %v", listed)
	}
}

// An undocumented parameter shows the secret that signs the subaccount's webhooks, in the response to its creation only.
func TestSubaccountSignatureSecret(t *testing.T) {
	t.Parallel()
	a := newAccount(t, emulator.Options{})
	shown := a.send("POST", subaccounts+"?sensitive-data=true", `{"name":"n"}`).want(t, 200).json
	sub, _ := a.Lookup(text(shown, "api_key"))
	if text(shown, "signature_secret") == "" || text(shown, "signature_secret") != sub.SignatureSecret() {
		t.Errorf("shown: %v", shown)
	}
	if hidden, _ := a.made(`{"name":"m"}`); hidden["signature_secret"] != nil {
		t.Errorf("shown unasked: %v", hidden)
	}
}
