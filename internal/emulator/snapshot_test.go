// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package emulator_test

import (
	"encoding/json"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/vonage/terraform-provider-vonage/internal/emulator"
)

// everything is what an emulator holds, of every kind and in every account.
func everything(a account) document {
	held := document{
		"accounts": a.Accounts(), "inventory": a.Inventory(), "faults": a.PendingFaults(), "requests": len(a.Requests()), "secrets": a.APISecrets(),
	}
	held["transfers"] = a.get("/accounts/" + apiKey + "/balance-transfers?start_date=2020-01-01T00:00:00Z").text // counts as a request from here on
	for _, listed := range a.Accounts() {
		key, _ := listed["api_key"].(string)
		of, _ := a.Lookup(key)
		documents := document{}
		for _, kind := range of.Kinds() {
			documents[kind.Name] = kind.All()
		}
		held[key] = document{
			"documents": documents, "webhooks": of.Webhooks(), "calls": of.Calls(), "record": of.Record(), "secrets": of.APISecrets(),
		}
	}
	return held
}

// loadWhole loads a seed with something of every kind.
func loadWhole(t *testing.T, a account) {
	t.Helper()
	file, err := emulator.ParseSeed([]byte(wholeSeed))
	seed(t, err)
	for _, kind := range a.Kinds() {
		if len(file.Documents[kind.Name]) == 0 {
			file.Documents[kind.Name] = map[string]json.RawMessage{"seeded": json.RawMessage(`{}`)}
		}
	}
	seed(t, a.Load(file))
}

// replace removes a document of every kind from the account, and stores another one under its id.
func replace(t *testing.T, a account) {
	t.Helper()
	for _, kind := range a.Kinds() {
		id := slices.Min(slices.Collect(maps.Keys(kind.All())))
		stored, _ := kind.Get(id)
		if !kind.Remove(id) {
			t.Errorf("%s: %s could not be removed", kind.Name, id)
		}
		stored["changed"] = true
		seed(t, kind.Seed(id, stored))
	}
}

const wholeSeed = `{"account":{"balance":"20.00","mo_callback_url":"http://m"},
	"applications":{"A":{"name":"a"}}, "numbers":{"GB/441":{"app_id":"A"}}, "conversations":{"CON-1":{"name":"c","members":[{"id":"MEM-1","state":"JOINED"}]}},
	"users":{"USR-1":{"application_id":"A","name":"u"}}, "sip_domains":{"seeded":{"users":{"alice":{"secret":"s"}}}},
	"verify_templates":{"T":{"name":"t","fragments":{"F":{"text":"f"}}}}, "senders":{"whatsapp/441":{"name":"s"}},
	"inventory":[{"country":"GB","msisdn":"442"}], "prices":{"sms/GB":{"defaultPrice":"1.00"}},
	"subaccounts":[{"account":{"api_key":"below123","api_secret":"Below0Secret"},"applications":{"B":{"name":"b"}}}],
	"accounts":[{"account":{"api_key":"other123","api_secret":"Other0Secret"},"numbers":{"ES/34":{}}}]}`

// change changes something of every kind, through the APIs and the control API.
func change(t *testing.T, a account) {
	t.Helper()
	replace(t, a)
	a.send("POST", "/v2/applications", keyedBody(t)).want(t, 201)
	a.do("DELETE", "/v2/applications/A", nil, header("Content-Type", "application/json")).want(t, 204) // unlinks the number, too
	a.postForm("/number/buy", numberForm("GB", "442")).want(t, 200)
	a.send("POST", "/v1/psip", sipBody).want(t, 201)
	a.do("DELETE", "/emulator/sip/seeded", nil).want(t, 204)
	a.send("PUT", "/emulator/verify-templates/T", `{"name":"changed"}`).want(t, 204)
	a.send("PUT", "/emulator/senders/whatsapp/442", `{}`).want(t, 204)
	a.do("DELETE", "/emulator/senders/whatsapp/441", nil).want(t, 204)
	a.send("PUT", "/emulator/users/USR-1", `{"application_id":"A","name":"changed"}`).want(t, 204)
	a.send("PUT", "/emulator/users/USR-2", `{"application_id":"A","name":"v"}`).want(t, 204)
	a.do("DELETE", "/emulator/conversations/CON-1", nil).want(t, 204)
	a.send("PUT", "/emulator/conversations/CON-2", `{}`).want(t, 204)
	a.send("PUT", "/emulator/prices/sms/GB", `{"defaultPrice":"2.00"}`).want(t, 204)
	a.send("PUT", "/emulator/inventory/GB/443", `{}`).want(t, 204)
	a.send("PUT", "/emulator/account", `{"balance":"1.00","suspended":false,"name":"changed","mo_callback_url":"","auto_reload":true}`).want(t, 204)
	a.send("PUT", "/emulator/accounts/below123/account", `{"use_primary_account_balance":false}`).want(t, 204)
	a.send("POST", "/accounts/"+apiKey+"/balance-transfers", `{"from":"`+apiKey+`","to":"below123","amount":0.5}`).want(t, 200)
	a.send("PUT", "/emulator/accounts/below123/applications/C", `{}`).want(t, 204)
	a.send("PUT", "/emulator/accounts/below123/account", `{"suspended":true}`).want(t, 204)
	a.do("DELETE", "/emulator/accounts/other123/numbers/ES/34", nil).want(t, 204)
	a.send("POST", "/emulator/accounts", `{"account":{"api_key":"third123","api_secret":"Third0Secret"}}`).want(t, 204)
	a.send("POST", "/accounts/"+apiKey+"/secrets", `{"secret":"Another0Secret"}`).want(t, 201)
	a.send("POST", "/emulator/faults", `{"path":"/never","times":-1}`).want(t, 204)
	a.send("POST", "/emulator/clock", `{"advance":"1h"}`).want(t, 200)
}

// keyedBody is an application to create, for which no key has to be made.
func keyedBody(t *testing.T) string {
	t.Helper()
	body, err := json.Marshal(document{"name": "made", "keys": document{"public_key": publicPEM(t, testKey())}})
	if err != nil {
		t.Fatal(err)
	}
	return string(body)
}

// Reset goes back to the seed: everything of every kind, in all accounts. Accounts that were opened since are gone.
func TestReset(t *testing.T) {
	t.Parallel()
	now := newClock()
	a := newAccount(t, emulator.Options{Now: now.Now})
	loadWhole(t, a)
	before := everything(a)
	for range 2 { // what was put back can change, and be put back again
		change(t, a)
		if cmp.Equal(before, everything(a)) || a.Now().Equal(now.Now()) {
			t.Fatal("nothing was changed")
		}
		a.do("POST", "/emulator/reset", nil).want(t, 204)
		if diff := cmp.Diff(before, everything(a)); diff != "" {
			t.Errorf("after the reset (-want +got):\n%s", diff)
		}
		if !a.Now().Equal(now.Now()) {
			t.Errorf("the clock shows %v", a.Now())
		}
	}
	if _, known := a.Lookup("third123"); known {
		t.Error("an account that was opened since is still there")
	}
	other, _ := a.Lookup("other123")
	a.as(other).get("/v2/applications").want(t, 200)
}

// What was never loaded is not the seed.
func TestResetWithoutASeed(t *testing.T) {
	t.Parallel()
	a := newAccount(t, emulator.Options{RateLimits: "documented"})
	seed(t, a.SeedApplication("A", document{}))
	a.get("/account/numbers").want(t, 200)
	a.get("/account/numbers").want(t, 429)
	a.Reset()
	if len(a.Applications()) != 0 {
		t.Errorf("applications %v", a.Applications())
	}
	a.get("/account/numbers").want(t, 200) // limits begin anew
}

// A snapshot can be restored again and again, and a reset does not lose it.
func TestSnapshots(t *testing.T) {
	t.Parallel()
	a := newAccount(t, emulator.Options{})
	loadWhole(t, a)
	first := text(a.do("POST", "/emulator/snapshot", nil).want(t, 201).json, "name")
	atFirst := everything(a)
	change(t, a)
	second := text(a.do("POST", "/emulator/snapshot", nil).want(t, 201).json, "name")
	atSecond := everything(a)
	restored := func(name string, want document) {
		t.Helper()
		a.send("POST", "/emulator/restore", `{"name":"`+name+`"}`).want(t, 204)
		if diff := cmp.Diff(want, everything(a)); diff != "" {
			t.Errorf("restored %s (-want +got):\n%s", name, diff)
		}
	}
	restored(first, atFirst)
	change(t, a)
	restored(second, atSecond)
	if ahead := text(a.get("/emulator/clock").json, "ahead"); ahead != "1h0m0s" {
		t.Errorf("the clock is ahead by %s", ahead)
	}
	a.do("POST", "/emulator/reset", nil).want(t, 204)
	restored(second, atSecond)
	restored(first, atFirst)
	if got := a.send("POST", "/emulator/restore", `{"name":"no such"}`).want(t, 404); !strings.Contains(got.text, "no such") {
		t.Error(got.text)
	}
	a.send("POST", "/emulator/restore", `{"id":"1"}`).want(t, 400)
}

// A call in progress cannot be saved; going back ends it, its webhook that nobody answers, and delayed answers.
func TestResetEndsCalls(t *testing.T) {
	t.Parallel()
	a, _ := phoneLine(t, emulator.Options{}, ncco(tutorialNCCO), nil)
	seed(t, a.Load(emulator.Seed{})) // what there is now is the seed
	placed := place(t, a, emulator.InboundCall{Answered: true})
	if got := a.do("POST", "/emulator/snapshot", nil).want(t, 409); !strings.Contains(got.text, "a call is in progress") {
		t.Error(got.text)
	}
	seed(t, a.Fail(emulator.Fault{Path: "/v2/applications", Delay: time.Hour}))
	delayed := make(chan int)
	go func() { delayed <- a.get("/v2/applications").status }()
	for len(a.PendingFaults()) > 0 {
		a.get("/nowhere") // until the delayed request has arrived
	}
	a.Reset()
	if status := <-delayed; status != 200 {
		t.Errorf("the delayed answer: HTTP status %d", status)
	}
	if calls := a.Calls(); len(calls) != 0 || len(a.Conversations()) != 0 || len(a.Webhooks()) != 0 {
		t.Errorf("calls %v, conversations %v, webhooks %v", calls, a.Conversations(), a.Webhooks())
	}
	if a.HangUp(placed.UUID) {
		t.Error("the call is still there")
	}
	again := place(t, a, emulator.InboundCall{Answered: true})
	if again.Status != "answered" || len(a.Calls()) != 2 {
		t.Errorf("the next call: %+v, %v", again, a.Calls())
	}
	if !a.HangUp(again.UUID) {
		t.Error("the next call is not there")
	}
	if _, err := a.Snapshot(); err != nil {
		t.Errorf("after all calls: %v", err)
	}
}

// A request is carried out before a reset or after it, never in the middle of one: the log of requests and what they did
// are put back together.
func TestResetAmidARequest(t *testing.T) {
	t.Parallel()
	arrived, ended := make(chan struct{}), make(chan struct{})
	a := newAccount(t, emulator.Options{Received: func(emulator.Request) {
		close(arrived)
		patience := time.NewTimer(100 * time.Millisecond) // a reset that does not wait for this request ends in that time
		defer patience.Stop()
		select {
		case <-ended:
		case <-patience.C:
		}
	}})
	go func() {
		<-arrived
		a.Reset()
		close(ended)
	}()
	a.send("POST", "/v2/applications", keyedBody(t)).want(t, http.StatusCreated)
	<-ended
	if requests, made := len(a.Requests()), len(a.Applications()); requests != 0 || made != 0 {
		t.Errorf("after the reset, there are %d requests and %d applications", requests, made)
	}
}

// Resets, snapshots, restores, seeds and a clock that jumps, amid calls and requests of many clients: nobody waits for ever, the
// race detector finds nothing, and the emulator is as it was in the end.
func TestGoingBackAmidEverything(t *testing.T) {
	t.Parallel()
	const turns = 12
	a, _ := phoneLine(t, emulator.Options{}, ncco(`[{"action":"connect","timeout":5,"endpoint":[{"type":"phone","number":"`+callee+`"}]}]`), nil)
	seed(t, a.Load(emulator.Seed{})) // what there is now is the seed
	before := everything(a)
	first := text(a.do("POST", "/emulator/snapshot", nil).want(t, 201).json, "name")
	var all sync.WaitGroup
	repeat := func(actions ...func(turn int) (got reply, allowed []int)) {
		for _, act := range actions {
			all.Go(func() {
				for turn := range turns {
					if got, allowed := act(turn); !slices.Contains(allowed, got.status) {
						t.Errorf("HTTP status %d, want one of %v: %s", got.status, allowed, got.text)
					}
				}
			})
		}
	}
	call := func(answered string) func(int) (reply, []int) {
		return func(int) (reply, []int) {
			return a.send("POST", "/emulator/calls", `{"from":"`+caller+`","to":"`+number+`","answered":`+answered+`}`), []int{201, 409}
		}
	}
	repeat(
		call("true"), call("false"),
		func(int) (reply, []int) { return a.send("POST", "/v2/applications", keyedBody(t)), []int{201} },
		func(int) (reply, []int) { return a.get("/account/numbers"), []int{200} },
		func(int) (reply, []int) { return a.get("/emulator/state"), []int{200} },
		func(int) (reply, []int) { return a.do("POST", "/emulator/reset", nil), []int{204} },
		func(int) (reply, []int) { return a.do("POST", "/emulator/snapshot", nil), []int{201, 409} },
		func(int) (reply, []int) {
			return a.send("POST", "/emulator/restore", `{"name":"`+first+`"}`), []int{204}
		},
		func(turn int) (reply, []int) {
			return a.send("POST", "/emulator/clock", `{"advance":"`+[]string{"10s", "-10s", "1h", "-1h"}[turn%4]+`"}`), []int{200}
		},
		func(turn int) (reply, []int) {
			return a.send("POST", "/emulator/accounts", `{"account":{"api_key":"other`+strconv.Itoa(turn)+`","api_secret":"Other0Secret"}}`), []int{204, 400}
		},
	)
	all.Wait()
	a.Reset()
	if diff := cmp.Diff(before, everything(a)); diff != "" {
		t.Errorf("in the end (-want +got):\n%s", diff)
	}
	if placed := place(t, a, emulator.InboundCall{Answered: true}); placed.Status != "answered" || len(a.Calls()) != 2 {
		t.Errorf("the next call: %+v, %v", placed, a.Calls())
	}
}
