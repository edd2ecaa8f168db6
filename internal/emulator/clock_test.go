// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package emulator_test

import (
	"testing"
	"time"

	"github.com/vonage/terraform-provider-vonage/internal/emulator"
)

// The control API reads and moves the clock.
func TestClock(t *testing.T) {
	t.Parallel()
	a := newAccount(t, emulator.Options{Now: newClock().Now})
	shows := func(got reply, now, ahead string) {
		t.Helper()
		if got.want(t, 200); text(got.json, "now") != now || text(got.json, "ahead") != ahead {
			t.Errorf("%s, want %s, %s", got.text, now, ahead)
		}
	}
	const path = "/emulator/clock"
	shows(a.get(path), "2026-08-01T12:00:00Z", "0s")
	shows(a.send("POST", path, `{"advance":"15m"}`), "2026-08-01T12:15:00Z", "15m0s")
	shows(a.send("POST", path, `{"advance":"1h"}`), "2026-08-01T13:15:00Z", "1h15m0s")
	shows(a.send("POST", path, `{"set":"2027-01-01T00:00:00+01:00"}`), "2026-12-31T23:00:00Z", "3659h0m0s")
	shows(a.send("POST", path, `{"set":"2026-08-01T12:00:00Z","advance":"1s"}`), "2026-08-01T12:00:01Z", "1s")
	shows(a.get(path), "2026-08-01T12:00:01Z", "1s")
	for _, broken := range []string{
		`{}`, `{"advance":15}`, `{"advance":"soon"}`, `{"set":"tomorrow"}`, `{"st":"x"}`, ``, `{"advance":"1s"}{"advance":"1s"}`,
		`{"advance":"2562047h"}`, `{"set":"9999-12-31T23:59:59Z"}`, `{"set":"0001-01-01T00:00:00Z"}`,
	} {
		a.send("POST", path, broken).want(t, 400)
	}
	shows(a.get(path), "2026-08-01T12:00:01Z", "1s")
}

// Whatever depends on time follows the clock: tokens, limits, the lives of conversations, writes that reads see late, and
// secrets that are accepted late.
func TestClockMovesEverything(t *testing.T) {
	t.Parallel()
	now := newClock()
	a := newAccount(t, emulator.Options{Now: now.Now, RateLimits: "documented", Variant: emulator.Variant{
		Settling: time.Minute, SecretDelay: time.Minute, RevokedSecretWorks: time.Minute, Consistency: time.Minute,
	}})
	a.seedKeys()
	token := bearer(sign(t, testKey(), claims(now.Now(), nil)))

	a.get("/v1/conversations", token).want(t, 200)
	a.send("PUT", "/emulator/inventory/GB/441", `{}`).want(t, 204)
	a.postForm("/number/buy", numberForm("GB", "441")).want(t, 200)
	owned := func() int {
		listed, _ := a.get("/account/numbers").want(t, 200).json["numbers"].([]any)
		return len(listed)
	}
	if owned() != 0 {
		t.Error("a list shows the number at once")
	}
	a.get("/account/numbers").want(t, 429)
	conversation := text(a.send("POST", "/v1/conversations", `{"name":"short","properties":{"ttl":60}}`, token).json, "id")
	a.send("POST", "/v1/psip", sipBody).want(t, 201)
	a.get("/v1/psip/our-domain").want(t, 404)
	a.send("POST", "/accounts/"+apiKey+"/secrets", `{"secret":"Another0Secret"}`).want(t, 201)
	another := a
	another.secret = "Another0Secret"
	another.get("/v2/applications").want(t, 401)

	seed(t, a.Advance(61*time.Second))
	if owned() != 1 {
		t.Error("a list does not show the number after a minute")
	}
	a.get("/v1/conversations/"+conversation, token).want(t, 404)
	a.get("/v1/psip/our-domain").want(t, 200)
	another.get("/v2/applications").want(t, 200)
	a.get("/v1/conversations", token).want(t, 200)

	seed(t, a.SetTime(now.Now().Add(time.Hour)))
	a.get("/v1/conversations", token).want(t, 401)
}

// A called party that does not answer in time is called no longer, and a call ends at its longest length.
func TestClockEndsCalls(t *testing.T) {
	t.Parallel()
	a, server := phoneLine(t, emulator.Options{}, ncco(`[{"action":"connect","timeout":10,"limit":60,"endpoint":[{"type":"phone","number":"`+callee+`"}]}]`), nil)
	ended := func(direction, status string) {
		t.Helper()
		for event := range server.events {
			got := text(event.body, "status")
			if text(event.body, "direction") != direction || got == "started" || got == "ringing" || got == "answered" {
				continue
			}
			if got != status {
				t.Errorf("the %s leg is %s, want %s", direction, got, status)
			}
			return
		}
	}
	place(t, a, emulator.InboundCall{})
	seed(t, a.Advance(9*time.Second))
	if calls := a.Calls(); len(calls) != 2 || calls[1].Status != "ringing" {
		t.Errorf("after 9 s: %v", calls)
	}
	seed(t, a.Advance(time.Second))
	ended("outbound", "timeout")
	ended("inbound", "unanswered")

	place(t, a, emulator.InboundCall{Answered: true})
	seed(t, a.Advance(59*time.Second))
	if calls := a.Calls(); len(calls) != 2 || calls[1].Status != "answered" {
		t.Errorf("after 59 s: %v", calls)
	}
	seed(t, a.Advance(time.Second))
	ended("outbound", "completed")
	ended("inbound", "completed")
}

// A call whose clock is moved back has lasted for no time, not for less.
func TestClockMovedBackDuringACall(t *testing.T) {
	t.Parallel()
	a, server := phoneLine(t, emulator.Options{}, ncco(tutorialNCCO), nil)
	placed := place(t, a, emulator.InboundCall{Answered: true})
	seed(t, a.Advance(-time.Hour))
	token := bearer(sign(t, testKey(), claims(a.Now(), nil)))
	if call := a.get("/v1/calls/"+placed.UUID, token).want(t, 200).json; text(call, "duration") != "0" {
		t.Errorf("in progress: %v", call)
	}
	if !a.HangUp(placed.UUID) {
		t.Fatal("the call is not there")
	}
	for event := range server.events {
		if text(event.body, "status") != "completed" {
			continue
		}
		if duration, price := text(event.body, "duration"), text(event.body, "price"); duration != "0" || price != "0.00000000" {
			t.Errorf("duration %s, price %s", duration, price)
		}
		return
	}
}
