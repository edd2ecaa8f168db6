// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package emulator_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/vonage/terraform-provider-vonage/internal/emulator"
)

var (
	success      = document{"error-code": "200", "error-code-label": "success"}
	methodFailed = document{"error-code": "420", "error-code-label": "method failed"}
)

func numberForm(country, msisdn string) url.Values {
	return url.Values{"country": {country}, "msisdn": {msisdn}}
}

func TestNumberSearch(t *testing.T) {
	t.Parallel()
	a := newAccount(t, emulator.Options{})
	seed(t, a.SeedInventory(
		document{"country": "GB", "msisdn": "447700900003", "cost": "0.80", "initialPrice": "1.50", "features": []string{"SMS"}},
		document{"country": "GB", "msisdn": "447700900001"},
		document{"country": "GB", "msisdn": "44800", "type": "landline-toll-free", "features": []string{"VOICE"}, "address_required": true},
		document{"country": "ES", "msisdn": "34700"},
	))
	for query, want := range map[string][]string{
		"country=GB":                                  {"447700900001", "447700900003", "44800"},
		"country=GB&type=mobile-lvn":                  {"447700900001", "447700900003"},
		"country=ES&type=&features=&pattern=":         {"34700"},
		"country=GB&features=VOICE":                   {"447700900001", "44800"},
		"country=GB&features=SMS,VOICE":               {"447700900001"},
		"country=GB&pattern=447":                      {"447700900001", "447700900003"},
		"country=GB&pattern=03&search_pattern=2":      {"447700900003"},
		"country=GB&pattern=900&search_pattern=1":     {"447700900001", "447700900003"},
		"country=GB&size=2":                           {"447700900001", "447700900003"},
		"country=GB&size=2&index=2":                   {"44800"},
		"country=FR":                                  nil,
		"country=GB&features=MMS":                     nil,
		"country=ES&pattern=34700&search_pattern=0":   {"34700"},
		"country=GB&index=7&pattern=4&features=VOICE": nil,
	} {
		found, _ := msisdns(a.get("/number/search?"+query).want(t, 200).json)
		if diff := cmp.Diff(want, found); diff != "" {
			t.Errorf("%s (-want +got):\n%s", query, diff)
		}
	}
	page := a.get("/number/search?country=GB&size=1&index=2").json
	want := document{"count": 3., "numbers": []any{document{
		"country": "GB", "msisdn": "447700900003", "type": "mobile-lvn", "features": []any{"SMS"}, "cost": "0.80", "initialPrice": "1.50",
	}}}
	if diff := cmp.Diff(want, page); diff != "" {
		t.Errorf("page (-want +got):\n%s", diff)
	}
	toll, _ := a.get("/number/search?country=GB&pattern=44800").json["numbers"].([]any)
	if at(toll[0], "address_required") != nil {
		t.Error("a search shows address_required")
	}
	if empty := a.get("/number/search?country=FR").text; empty != "{}\n" {
		t.Errorf("nothing found: %q, want {}", empty)
	}
	for _, query := range []string{
		"", "country=", "country=GB&type=fax", "country=GB&features=VOICE,SMS", "country=GB&size=101", "country=GB&pattern=x", "country=uk",
	} {
		a.get("/number/search?"+query).want(t, 400)
	}
}

func TestNumberSearchDrifts(t *testing.T) {
	t.Parallel()
	a := newAccount(t, emulator.Options{Variant: emulator.Variant{SearchDrifts: true}})
	for i := range 3 {
		seed(t, a.SeedInventory(document{"country": "GB", "msisdn": fmt.Sprintf("44%d", i)}))
	}
	first, _ := msisdns(a.get("/number/search?country=GB").json)
	second, _ := msisdns(a.get("/number/search?country=GB").json)
	if cmp.Equal(first, second) || len(first) != 3 || len(second) != 3 {
		t.Errorf("searched %v, then %v", first, second)
	}
}

func TestBuyAndCancel(t *testing.T) {
	t.Parallel()
	a := newAccount(t, emulator.Options{})
	offered := document{
		"country": "GB", "msisdn": "447700900001", "type": "landline", "features": []any{"VOICE"}, "cost": "1.25", "initialPrice": "0.50",
		"limitations": []any{document{"feature": "SMS", "type": "INBOUND", "reach": "DOMESTIC"}},
	}
	seed(t, a.SeedInventory(offered))
	seed(t, a.SetBalance("10.00"))

	if diff := cmp.Diff(success, a.postForm("/number/buy", numberForm("GB", "447700900001")).want(t, 200).json); diff != "" {
		t.Errorf("bought (-want +got):\n%s", diff)
	}
	want := document{
		"country": "GB", "msisdn": "447700900001", "type": "landline", "features": []any{"VOICE"}, "limitations": offered["limitations"],
	}
	got, _ := a.Number("GB/447700900001")
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("owned (-want +got):\n%s", diff)
	}
	if a.Balance() != "8.25" || len(a.Inventory()) != 0 {
		t.Errorf("balance %s, inventory %v", a.Balance(), a.Inventory())
	}
	again := a.postForm("/number/buy", numberForm("GB", "447700900001")).want(t, 420)
	if diff := cmp.Diff(methodFailed, again.json); diff != "" {
		t.Errorf("bought again (-want +got):\n%s", diff)
	}

	a.postForm("/number/cancel", numberForm("US", "447700900001")).want(t, 420)
	if diff := cmp.Diff(success, a.postForm("/number/cancel", numberForm("GB", "447700900001")).want(t, 200).json); diff != "" {
		t.Errorf("cancelled (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(document{"GB/447700900001": offered}, plain2(a.Inventory())); diff != "" {
		t.Errorf("offered again (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(methodFailed, a.postForm("/number/cancel", numberForm("GB", "447700900001")).want(t, 420).json); diff != "" {
		t.Errorf("cancelled again (-want +got):\n%s", diff)
	}
	if a.Balance() != "8.25" || len(a.Numbers()) != 0 {
		t.Errorf("balance %s, numbers %v", a.Balance(), a.Numbers())
	}
}

func plain2(stored map[string]map[string]any) document {
	all := document{}
	for id, one := range stored {
		all[id] = one
	}
	return all
}

func TestBuyRefusals(t *testing.T) {
	t.Parallel()
	for _, status := range []int{420, 200} {
		a := newAccount(t, emulator.Options{Variant: emulator.Variant{MethodFailedStatus: status}})
		seed(t, a.SeedInventory(
			document{"country": "GB", "msisdn": "441", "address_required": true},
			document{"country": "GB", "msisdn": "442", "cost": "5.01"},
			document{"country": "GB", "msisdn": "443"},
		))
		seed(t, a.SeedNumber("GB/443", document{}))
		seed(t, a.SetBalance("5"))
		for msisdn, label := range map[string]string{
			"441": "Numbers from this country can be requested from the Dashboard (https://dashboard.nexmo.com/buy-numbers) as they " +
				"require a valid local address to be provided before being purchased.",
			"442": "Insufficient balance",
			"443": "method failed",
			"449": "method failed",
		} {
			want := document{"error-code": "420", "error-code-label": label}
			if diff := cmp.Diff(want, a.postForm("/number/buy", numberForm("GB", msisdn)).want(t, status).json); diff != "" {
				t.Errorf("%s (-want +got):\n%s", msisdn, diff)
			}
		}
		if a.Balance() != "5.00" || len(a.Numbers()) != 1 {
			t.Errorf("balance %s, numbers %v", a.Balance(), a.Numbers())
		}
	}
}

// Of many buyers of the same number, exactly one succeeds and pays.
func TestNumberRace(t *testing.T) {
	t.Parallel()
	a := newAccount(t, emulator.Options{})
	seed(t, a.SeedInventory(document{"country": "GB", "msisdn": "447700900001", "cost": "1.00"}))
	var bought atomic.Int32
	var buyers sync.WaitGroup
	for range 20 {
		buyers.Go(func() {
			if a.postForm("/number/buy", numberForm("GB", "447700900001")).status == 200 {
				bought.Add(1)
			}
		})
	}
	buyers.Wait()
	if bought.Load() != 1 || a.Balance() != "999.00" {
		t.Errorf("%d buyers, balance %s", bought.Load(), a.Balance())
	}
}

// target_api_key names the account itself or a subaccount of it; the subaccount's money pays.
func TestBuyForASubaccount(t *testing.T) {
	t.Parallel()
	a := newAccount(t, emulator.Options{})
	sub := a.subaccount("subacct1", emulator.Record{UsePrimaryAccountBalance: new(false), Balance: new("1.50")})
	foreign := a.other("another1")
	seed(t, a.SeedInventory(document{"country": "GB", "msisdn": "441"}, document{"country": "GB", "msisdn": "442"}))
	ordered := func(msisdn, key string) url.Values {
		form := numberForm("GB", msisdn)
		form.Set("target_api_key", key)
		return form
	}
	for _, stranger := range []string{"another1", "nobody12"} {
		a.postForm("/number/buy", ordered("441", stranger)).want(t, 420)
	}
	foreign.postForm("/number/buy", ordered("441", "subacct1")).want(t, 420)
	a.postForm("/number/buy", ordered("441", "subacct1")).want(t, 200)
	a.postForm("/number/buy", ordered("442", apiKey)).want(t, 200)
	if got, _ := msisdns(sub.get("/account/numbers").want(t, 200).json); !cmp.Equal(got, []string{"441"}) {
		t.Errorf("the subaccount's numbers: %v", got)
	}
	if got, _ := msisdns(a.get("/account/numbers").want(t, 200).json); !cmp.Equal(got, []string{"442"}) {
		t.Errorf("the account's numbers: %v", got)
	}
	if sub.Balance() != "0.50" || a.Balance() != "999.00" {
		t.Errorf("balances: %s and %s", sub.Balance(), a.Balance())
	}
	a.postForm("/number/cancel", numberForm("GB", "441")).want(t, 420)
	foreign.postForm("/number/cancel", ordered("441", "subacct1")).want(t, 420)
	a.postForm("/number/cancel", ordered("441", "subacct1")).want(t, 200)
	a.postForm("/number/cancel", ordered("441", "subacct1")).want(t, 420)
	if len(a.Inventory()) != 1 {
		t.Errorf("inventory %v", a.Inventory())
	}
}

func TestCancelSeededNumber(t *testing.T) {
	t.Parallel()
	number := document{"type": "landline", "features": []any{"VOICE"}, "app_id": "A", "moHttpUrl": "http://h"}
	a := newAccount(t, emulator.Options{})
	seed(t, a.SeedNumber("GB/441", number))
	a.postForm("/number/cancel", numberForm("GB", "441")).want(t, 200)
	want := document{"GB/441": document{
		"country": "GB", "msisdn": "441", "type": "landline", "features": []any{"VOICE"}, "cost": "1.00", "initialPrice": "0.00",
	}}
	if diff := cmp.Diff(want, plain2(a.Inventory())); diff != "" {
		t.Errorf("offered (-want +got):\n%s", diff)
	}

	a = newAccount(t, emulator.Options{Variant: emulator.Variant{CancelledNotOffered: true}})
	seed(t, a.SeedNumber("GB/441", number))
	a.postForm("/number/cancel", numberForm("GB", "441")).want(t, 200)
	if len(a.Inventory()) != 0 {
		t.Errorf("inventory %v", a.Inventory())
	}
}

// Lists may reflect purchases and cancellations late; writes see them at once.
func TestRentalConsistencyDelay(t *testing.T) {
	t.Parallel()
	now := newClock()
	a := newAccount(t, emulator.Options{Now: now.Now, Variant: emulator.Variant{Consistency: time.Second}})
	seed(t, a.SeedInventory(document{"country": "GB", "msisdn": "441"}))
	count := func() int {
		found, _ := msisdns(a.get("/account/numbers").want(t, 200).json)
		return len(found)
	}
	a.postForm("/number/buy", numberForm("GB", "441")).want(t, 200)
	before := count()
	now.advance(time.Second)
	bought := count()
	a.postForm("/number/cancel", numberForm("GB", "441")).want(t, 200)
	cancelled := count()
	a.postForm("/number/cancel", numberForm("GB", "441")).want(t, 420)
	now.advance(time.Second)
	if got := []int{before, bought, cancelled, count()}; !cmp.Equal(got, []int{0, 1, 1, 0}) {
		t.Errorf("listed %v", got)
	}
}

func TestWebhooksAreProbed(t *testing.T) {
	t.Parallel()
	asked := make(chan string, 10)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked <- r.Method + " " + r.URL.Path
		if r.URL.Path != "/good" {
			w.WriteHeader(http.StatusNoContent)
		}
	}))
	t.Cleanup(server.Close)
	a := newAccount(t, emulator.Options{ProbeWebhooks: true})
	seed(t, a.SeedNumber("GB/441", document{}))
	update := func(address string) reply {
		form := numberForm("GB", "441")
		form.Set("moHttpUrl", address)
		return a.postForm("/number/update", form)
	}
	update(server.URL+"/good").want(t, 200)
	update(server.URL+"/bad").want(t, 420)
	update("http://127.0.0.1:1/").want(t, 420)
	update("::").want(t, 420)
	if number, _ := a.Number("GB/441"); number["moHttpUrl"] != server.URL+"/good" {
		t.Errorf("kept %v", number["moHttpUrl"])
	}
	update("").want(t, 200)
	if got := []string{<-asked, <-asked}; !cmp.Equal(got, []string{"GET /good", "GET /bad"}) || len(asked) != 0 {
		t.Errorf("asked %v and %d more", got, len(asked))
	}
	a.postForm("/account/settings", url.Values{"drCallBackUrl": {server.URL + "/bad"}}).want(t, 420)
	a.postForm("/account/settings", url.Values{"drCallBackUrl": {server.URL + "/good"}}).want(t, 200)

	careless := newAccount(t, emulator.Options{})
	seed(t, careless.SeedNumber("GB/441", document{}))
	form := numberForm("GB", "441")
	form.Set("moHttpUrl", "http://127.0.0.1:1/")
	careless.postForm("/number/update", form).want(t, 200)
}

func TestControlInventory(t *testing.T) {
	t.Parallel()
	a := newAccount(t, emulator.Options{})
	a.send("PUT", "/emulator/inventory/GB/441", `{"cost":"2.00"}`).want(t, 204)
	if got := a.get("/emulator/inventory/GB/441").want(t, 200).json; got["cost"] != "2.00" || got["msisdn"] != "441" {
		t.Errorf("inventory: %v", got)
	}
	if len(a.get("/emulator/inventory").json) != 1 {
		t.Error("not listed")
	}
	a.do("DELETE", "/emulator/inventory/GB/441", nil).want(t, 204)
	a.do("DELETE", "/emulator/inventory/GB/441", nil).want(t, 404)
	a.postForm("/number/buy", numberForm("GB", "441")).want(t, 420)
	for _, broken := range []string{`{"cost":"cheap"}`, `{"cost":"1.234567891"}`, `{"cost":".5"}`, `{"cost":1.25}`, `{"cost":null}`, `[]`} {
		a.send("PUT", "/emulator/inventory/GB/441", broken).want(t, 400)
	}
	a.send("PUT", "/emulator/inventory/GB", `{}`).want(t, 400)
}
