// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package emulator_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/vonage/terraform-provider-vonage/internal/emulator"
)

// Each account has its own applications, numbers, users, settings, secrets and money; the numbers on offer are the same.
func TestAccountsAreApart(t *testing.T) {
	t.Parallel()
	a := newAccount(t, emulator.Options{})
	b := a.other("other123")
	a.seedKeys()
	seed(t, a.SeedNumber("GB/441", document{}))
	seed(t, a.SeedInventory(document{"country": "GB", "msisdn": "442"}))
	b.send("POST", "/v2/applications", withKey(t, `"name":"theirs"`)).want(t, 201)

	if n := len(b.Applications()); n != 1 || len(a.Applications()) != 2 {
		t.Errorf("%d applications", n)
	}
	b.get("/v2/applications/"+applicationID).want(t, 404)
	if got := b.get("/account/numbers").want(t, 200).text; got != "{}\n" {
		t.Errorf("numbers %s", got)
	}
	b.postForm("/account/settings", url.Values{"moCallBackUrl": {"http://b"}}).want(t, 200)
	if got := a.postForm("/account/settings", nil).want(t, 200).json["mo-callback-url"]; got != "" {
		t.Errorf("settings %v", got)
	}
	b.postForm("/number/buy", numberForm("GB", "442")).want(t, 200)
	if a.Balance() != "1000.00" || b.Balance() != "999.00" || len(a.Inventory()) != 0 {
		t.Errorf("balances %s and %s, inventory %v", a.Balance(), b.Balance(), a.Inventory())
	}
	b.get("/accounts/"+apiKey+"/secrets").want(t, 404)
	a.get("/v1/users", as(t, applicationID)).want(t, 200)

	// The credentials of one account do not open another.
	mixed := func(r *http.Request) { r.SetBasicAuth("other123", apiSecret) }
	a.get("/v2/applications", mixed).want(t, 401)
	a.get("/account/numbers?api_key=other123&api_secret="+otherSecret, without("Authorization")).want(t, 200)
	a.get("/account/numbers?api_key=nobody12&api_secret="+otherSecret, without("Authorization")).want(t, 401)
}

// A token opens the account of its application.
func TestTokensOfSeveralAccounts(t *testing.T) {
	t.Parallel()
	a := newAccount(t, emulator.Options{})
	b := a.other("other123")
	b.seedKeys()
	a.send("POST", "/v1/users", `{"name":"alice"}`, as(t, applicationID)).want(t, 201)
	seed(t, b.SeedConversation("CON-1", document{"name": "standup", "application_id": applicationID}))
	a.get("/v1/conversations/CON-1", as(t, applicationID)).want(t, 200)
	if got := a.Requests(); got[0].Account != "other123" {
		t.Errorf("request of account %q", got[0].Account)
	}
	seed(t, a.SeedConversation("CON-2", document{"name": "ours"}))
	a.get("/v1/conversations/CON-2", as(t, applicationID)).want(t, 404)
}

// The log says whose credentials each request had; faults and limits can concern one account only.
func TestRequestsFaultsAndLimitsPerAccount(t *testing.T) {
	t.Parallel()
	now := newClock()
	a := newAccount(t, emulator.Options{RateLimits: "documented", Now: now.Now})
	b := a.other("other123")
	seed(t, a.Fail(emulator.Fault{Account: "other123", Path: "/account/numbers", Kind: emulator.Status, Times: -1}))
	a.get("/account/numbers").want(t, 200)
	b.get("/account/numbers").want(t, 500)
	a.get("/account/numbers", without("Authorization")).want(t, 401)
	a.ClearFaults()
	b.get("/account/numbers").want(t, 200)
	a.get("/account/numbers").want(t, 429)
	b.get("/account/numbers").want(t, 429)
	callers := []string{}
	for _, request := range a.Requests() {
		callers = append(callers, request.Account)
	}
	if diff := cmp.Diff([]string{apiKey, "other123", "", "other123", apiKey, "other123"}, callers); diff != "" {
		t.Errorf("callers (-want +got):\n%s", diff)
	}
}

func TestControlOfSeveralAccounts(t *testing.T) {
	t.Parallel()
	a := newAccount(t, emulator.Options{})
	const opening = `{"account":{"api_key":"other123","api_secret":"` + otherSecret + `","balance":"5"},"applications":{"A":{"name":"a"}},
		"subaccounts":[{"account":{"api_key":"below123","api_secret":"` + otherSecret + `","suspended":true}}]}`
	a.send("POST", "/emulator/accounts", opening).want(t, 204)
	for body, complaint := range map[string]string{
		opening: "already", `{"account":{"api_key":"keyonly1"}}`: "api_secret", `{"acount":{}}`: "unknown field", `{"account":{},"accounts":[{"nmbers":{}}]}`: "nmbers",
		`{"account":{"api_key":"x","api_secret":"y","balance":"much"}}`: "balance",
		`{"account":{"api_key":"x","api_secret":"y"},"subaccounts":[{"account":{"api_key":"z","api_secret":"y"},
			"subaccounts":[{"account":{"api_key":"v","api_secret":"w"}}]}]}`: "has no subaccounts",
	} {
		if got := a.send("POST", "/emulator/accounts", body).want(t, 400); !strings.Contains(got.text, complaint) {
			t.Errorf("%s: %s", body, got.text)
		}
	}
	other, _ := a.Lookup("other123")
	if got := a.get("/emulator/accounts/other123/applications").want(t, 200).json; !cmp.Equal(got, document{"A": document{"id": "A", "name": "a"}}) ||
		other.Balance() != "5.00" {
		t.Errorf("applications %v, balance %s", got, other.Balance())
	}
	a.send("PUT", "/emulator/accounts/other123/numbers/GB/441", `{}`).want(t, 204)
	if len(other.Numbers()) != 1 || len(a.Numbers()) != 0 {
		t.Errorf("numbers %v and %v", other.Numbers(), a.Numbers())
	}
	a.send("PUT", "/emulator/accounts/below123/account", `{"suspended":false,"mo_callback_url":"http://m"}`).want(t, 204)
	below := a.get("/emulator/accounts/below123/account").want(t, 200).json
	if below["suspended"] != false || below["mo_callback_url"] != "http://m" || below["use_primary_account_balance"] != true {
		t.Errorf("record %v", below)
	}
	a.get("/emulator/accounts/nobody12/account").want(t, 404)
	a.get("/emulator/accounts/other123/nonsense").want(t, 404)
	if listed := a.get("/emulator/accounts").want(t, 200).text; strings.Count(listed, `"api_key"`) < 3 ||
		!strings.Contains(listed, `"primary_account_api_key":"other123"`) {
		t.Errorf("accounts %s", listed)
	}
}

func TestOpenedAccounts(t *testing.T) {
	t.Parallel()
	a := newAccount(t, emulator.Options{})
	sub := a.subaccount("below123", emulator.Record{})
	_, err := sub.OpenSubaccount(emulator.Opening{APIKey: "lower123", APISecret: otherSecret})
	if err == nil {
		t.Error("a subaccount has a subaccount")
	}
	if _, err := a.OpenAccount(emulator.Opening{APIKey: "below123", APISecret: otherSecret}); err == nil {
		t.Error("a key was given twice")
	}
	if again, known := a.Lookup("below123"); !known || again != sub.Account {
		t.Error("the account was replaced")
	}
	if secrets := sub.APISecrets(); len(secrets) != 1 || !strings.Contains(sub.get("/accounts/below123/secrets").want(t, 200).text, "_embedded") {
		t.Errorf("secrets %v", secrets)
	}
}
