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

const primary = "/accounts/" + apiKey

// transferring is an account with money and credit, and three subaccounts: one with money of its own, one that shares, and
// one of another account.
func transferring(t *testing.T, options emulator.Options) (a, own account) {
	t.Helper()
	a = newAccount(t, options)
	seed(t, a.Change(emulator.Record{Balance: new("100.10"), CreditLimit: new("-50")}))
	own = a.subaccount("own12345", emulator.Record{UsePrimaryAccountBalance: new(false)})
	a.subaccount("shared12", emulator.Record{})
	a.other("other123").subaccount("foreign1", emulator.Record{UsePrimaryAccountBalance: new(false)})
	return a, own
}

// Money moves exactly, both ways, and the list knows.
func TestTransferOfBalance(t *testing.T) {
	t.Parallel()
	now := newClock()
	a, own := transferring(t, emulator.Options{Now: now.Now})
	const path = primary + "/balance-transfers"
	made := a.send("POST", path, `{"from":"`+apiKey+`","to":"own12345","amount":0.1,"reference":"A reference"}`).want(t, 200).json
	id := text(made, "id")
	want := document{
		"id": id, "masterAccountId": apiKey, "_links": document{"self": document{"href": path + "/" + id}},
		"from": apiKey, "to": "own12345", "amount": 0.1, "reference": "A reference", "created_at": "2026-08-01T12:00:00.000Z",
	}
	if diff := cmp.Diff(want, made); diff != "" {
		t.Errorf("transfer (-want +got):\n%s", diff)
	}
	a.send("POST", path, `{"from":"`+apiKey+`","to":"own12345","amount":2e-1}`).want(t, 200)
	a.send("POST", path, `{"from":"own12345","to":"`+apiKey+`","amount":0.00000001}`).want(t, 200)
	if a.Balance() != "99.80000001" || own.Balance() != "0.29999999" {
		t.Errorf("balances %s and %s", a.Balance(), own.Balance())
	}
	listed := a.get(path+"?start_date=2026-08-01T00:00:00Z").want(t, 200).json
	transfers, _ := at(listed, "_embedded", "balance_transfers").([]any)
	if len(transfers) != 3 || text(transfers[2], "id") != id || text(transfers[0], "from") != "own12345" {
		t.Errorf("listed %v", listed)
	}
	if n := len(at(a.get(primary+"/credit-transfers?start_date=2026-08-01T00:00:00Z").want(t, 200).json, "_embedded", "credit_transfers").([]any)); n != 0 {
		t.Errorf("%d credit transfers", n)
	}
}

func TestTransfersAreFiltered(t *testing.T) {
	t.Parallel()
	now := newClock()
	a, _ := transferring(t, emulator.Options{Now: now.Now})
	a.subaccount("second12", emulator.Record{UsePrimaryAccountBalance: new(false)})
	const path = primary + "/balance-transfers"
	for _, to := range []string{"own12345", "second12", "own12345"} {
		a.send("POST", path, `{"from":"`+apiKey+`","to":"`+to+`","amount":1}`).want(t, 200)
		now.advance(time.Hour)
	}
	for query, want := range map[string]int{
		"start_date=2026-08-01T12:00:00Z":                                                  3,
		"start_date=2026-08-01T12:00:01Z":                                                  2,
		"start_date=2026-08-01T12:00:00Z&end_date=2026-08-01T13:00:00Z":                    2,
		"start_date=2026-08-01T12:00:00Z&subaccount=second12":                              1,
		"start_date=2026-08-01T12:00:00Z&subaccount=second12&subaccount=own12345":          3,
		"start_date=2026-08-01T12:00:00Z&subaccount=nobody12":                              0,
		"start_date=2026-08-01T14:00:00%2B02:00&end_date=2026-08-01T12:30:00Z&subaccount=": 0,
	} {
		if got := len(at(a.get(path+"?"+query).want(t, 200).json, "_embedded", "balance_transfers").([]any)); got != want {
			t.Errorf("%s: %d transfers, want %d", query, got, want)
		}
	}
	for _, query := range []string{"", "?start_date=yesterday", "?start_date=2026-08-01T12:00:00Z&end_date=soon"} {
		if got := a.get(path+query).want(t, 422); !strings.Contains(got.text, "_date") {
			t.Errorf("%s: %s", query, got.text)
		}
	}
}

// Credit is given out of what Vonage has given, and can come back.
func TestTransferOfCredit(t *testing.T) {
	t.Parallel()
	a, own := transferring(t, emulator.Options{})
	give := func(amount string, status int) {
		t.Helper()
		a.send("POST", primary+"/credit-transfers", `{"from":"`+apiKey+`","to":"own12345","amount":`+amount+`}`).want(t, status)
	}
	give("50.01", 422)
	give("30", 200)
	give("20.01", 422)
	if mine, theirs := *a.Record().CreditLimit, *own.Record().CreditLimit; mine != "-20.00" || theirs != "-30.00" {
		t.Errorf("credit limits %s and %s", mine, theirs)
	}
	// Credit can be spent, and is then not available for a transfer back.
	seed(t, a.SeedInventory(document{"country": "GB", "msisdn": "441", "cost": "25.00"}))
	own.postForm("/number/buy", numberForm("GB", "441")).want(t, 200)
	back := func(amount string, status int) {
		t.Helper()
		a.send("POST", primary+"/credit-transfers", `{"from":"own12345","to":"`+apiKey+`","amount":`+amount+`}`).want(t, status)
	}
	back("5.01", 422)
	back("5", 200)
	if got := a.get(subaccounts+"/own12345").want(t, 200).json; got["balance"] != -25. || got["credit_limit"] != -25. {
		t.Errorf("subaccount %v", got)
	}
}

func TestTransferRefusals(t *testing.T) {
	t.Parallel()
	a, own := transferring(t, emulator.Options{})
	a.subaccount("second12", emulator.Record{UsePrimaryAccountBalance: new(false)})
	const path = primary + "/balance-transfers"
	for body, fragment := range map[string]string{
		`{"from":"` + apiKey + `","to":"own12345","amount":150.11}`:      "invalid-transfers",
		`{"from":"own12345","to":"` + apiKey + `","amount":0.01}`:        "invalid-transfers",
		`{"from":"` + apiKey + `","to":"shared12","amount":1}`:           "invalid-transfers",
		`{"from":"` + apiKey + `","to":"foreign1","amount":1}`:           "invalid-transfers",
		`{"from":"own12345","to":"second12","amount":1}`:                 "invalid-transfers",
		`{"from":"` + apiKey + `","to":"` + apiKey + `","amount":1}`:     "invalid-transfers",
		`{"from":"` + apiKey + `","to":"own12345","amount":0}`:           "validation",
		`{"from":"` + apiKey + `","to":"own12345","amount":-1}`:          "validation",
		`{"from":"` + apiKey + `","to":"own12345","amount":0.000000001}`: "validation",
		`{"from":"` + apiKey + `","to":"own12345","amount":"1"}`:         "validation",
		`{"from":"` + apiKey + `","amount":1}`:                           "validation",
		`{"from":"` + apiKey + `","to":"own12345","amount":1,"x":1}`:     "validation",
	} {
		refused := a.send("POST", path, body).want(t, 422)
		if !strings.HasSuffix(text(refused.json, "type"), "/account/subaccounts#"+fragment) {
			t.Errorf("%s: %s", body, refused.text)
		}
	}
	own.send("POST", "/accounts/own12345/balance-transfers", `{}`).want(t, 403)
	if a.Balance() != "100.10" || own.Balance() != "0.00" {
		t.Errorf("balances %s and %s", a.Balance(), own.Balance())
	}
	if n := len(at(a.get(path+"?start_date=2020-01-01T00:00:00Z").want(t, 200).json, "_embedded", "balance_transfers").([]any)); n != 0 {
		t.Errorf("%d transfers", n)
	}

	// What is owed is not available: balance_available_for_transfer is the distance to the credit limit.
	a.send("POST", path, `{"from":"`+apiKey+`","to":"own12345","amount":150.10}`).want(t, 200)
	if a.Balance() != "-50.00" || own.Balance() != "150.10" {
		t.Errorf("balances %s and %s", a.Balance(), own.Balance())
	}
}

func TestTransferVariants(t *testing.T) {
	t.Parallel()
	a, _ := transferring(t, emulator.Options{Now: newClock().Now, Variant: emulator.Variant{SubaccountsAsSpecified: true, TransferStatus: 403}})
	for kind, list := range map[string]string{"credit": "credit-transfers", "balance": "balance_transfers"} {
		path := primary + "/" + kind + "-transfers"
		a.send("POST", path, `{"from":"`+apiKey+`","to":"own12345","amount":1000}`).want(t, 403)
		made := a.send("POST", path, `{"from":"`+apiKey+`","to":"own12345","amount":1,"reference":"r"}`).want(t, 200).json
		want := document{
			kind + "_transfer_id": text(made, kind+"_transfer_id"), "from": apiKey, "to": "own12345", "amount": 1., "reference": "r",
			"created_at": "2026-08-01T12:00:00Z",
		}
		if diff := cmp.Diff(want, made); diff != "" || text(made, kind+"_transfer_id") == "" {
			t.Errorf("%s transfer (-want +got):\n%s", kind, diff)
		}
		listed := at(a.get(path+"?start_date=2020-01-01T00:00:00Z").want(t, 200).json, "_embedded", list)
		if diff := cmp.Diff([]any{want}, listed); diff != "" {
			t.Errorf("%s transfers (-want +got):\n%s", kind, diff)
		}
	}
}

// A number moves between the accounts; without the variant, its link and its webhooks stay behind.
func TestTransferOfANumber(t *testing.T) {
	t.Parallel()
	number := document{
		"type": "mobile-lvn", "features": []any{"SMS"}, "app_id": "A", "voiceCallbackType": "app", "voiceCallbackValue": "A",
		"moHttpUrl": "http://m", "moSmppSysType": "s",
	}
	bare := document{"country": "GB", "msisdn": "447700900001", "type": "mobile-lvn", "features": []any{"SMS"}}
	for keeps, want := range map[bool]document{false: bare, true: nil} {
		a := newAccount(t, emulator.Options{Variant: emulator.Variant{TransferKeepsLinks: keeps}})
		sub := a.subaccount("below123", emulator.Record{})
		seed(t, a.SeedNumber("GB/447700900001", number))
		before, _ := a.Number("GB/447700900001")
		if want == nil {
			want = before
		}
		move := func(from, to, as string) reply {
			return a.send("POST", primary+"/transfer-number", `{"from":"`+from+`","to":"`+to+`","number":`+as+`,"country":"GB"}`)
		}
		answered := move(apiKey, "below123", `"447700900001"`).want(t, 200).json
		if diff := cmp.Diff(document{"from": apiKey, "to": "below123", "number": "447700900001", "country": "GB"}, answered); diff != "" {
			t.Errorf("answer (-want +got):\n%s", diff)
		}
		moved, _ := sub.Number("GB/447700900001")
		if diff := cmp.Diff(want, moved); diff != "" || len(a.Numbers()) != 0 {
			t.Errorf("moved (-want +got):\n%s", diff)
		}
		move(apiKey, "below123", `"447700900001"`).want(t, 409)
		move("below123", apiKey, `447700900001`).want(t, 200)
		if len(a.Numbers()) != 1 || len(sub.Numbers()) != 0 {
			t.Errorf("numbers %v and %v", a.Numbers(), sub.Numbers())
		}
	}
}

func TestNumberTransferRefusals(t *testing.T) {
	t.Parallel()
	a := newAccount(t, emulator.Options{})
	a.subaccount("below123", emulator.Record{})
	a.subaccount("banned12", emulator.Record{Suspended: new(true)})
	a.other("other123")
	seed(t, a.SeedNumber("GB/441", document{}))
	body := func(from, to, rest string) string { return `{"from":"` + from + `","to":"` + to + `",` + rest + `}` }
	const gb = `"number":"441","country":"GB"`
	for name, test := range map[string]struct {
		body     string
		status   int
		fragment string
	}{
		"unrelated":       {body(apiKey, "other123", gb), 403, "invalid-number-transfer"},
		"unknown":         {body("nobody12", apiKey, gb), 403, "invalid-number-transfer"},
		"to itself":       {body(apiKey, apiKey, gb), 403, "invalid-number-transfer"},
		"suspended":       {body(apiKey, "banned12", gb), 403, "invalid-number-transfer"},
		"owned elsewhere": {body("below123", apiKey, gb), 409, "transfer-conflict"},
		"not owned":       {body(apiKey, "below123", `"number":"442","country":"GB"`), 404, "missing-number-transfer"},
		"other country":   {body(apiKey, "below123", `"number":"441","country":"US"`), 404, "missing-number-transfer"},
		"no country":      {body(apiKey, "below123", `"number":"441"`), 422, "validation"},
		"no number":       {body(apiKey, "below123", `"number":true,"country":"GB"`), 422, "validation"},
	} {
		refused := a.send("POST", primary+"/transfer-number", test.body)
		if refused.status != test.status || !strings.HasSuffix(text(refused.json, "type"), "/account/subaccounts#"+test.fragment) {
			t.Errorf("%s: HTTP status %d, %s", name, refused.status, refused.text)
		}
		if name == "suspended" && text(refused.json, "detail") != "One of the accounts involved in the transfer is banned" {
			t.Errorf("%s: %s", name, refused.text)
		}
	}
	if len(a.Numbers()) != 1 {
		t.Errorf("numbers %v", a.Numbers())
	}
	a.get(primary+"/transfer-number").want(t, http.StatusMethodNotAllowed)
}

// What a rental by the primary account costs comes from the purse of the account that the number is for.
func TestSharedBalancePays(t *testing.T) {
	t.Parallel()
	a := newAccount(t, emulator.Options{})
	sub := a.subaccount("below123", emulator.Record{})
	seed(t, a.SeedInventory(document{"country": "GB", "msisdn": "441"}))
	sub.postForm("/number/buy", url.Values{"country": {"GB"}, "msisdn": {"441"}}).want(t, 200)
	if a.Balance() != "999.00" || sub.get("/account/get-balance").want(t, 200).json["value"] != 999. {
		t.Errorf("balance %s", a.Balance())
	}
}
