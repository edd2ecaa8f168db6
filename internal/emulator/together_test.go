// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package emulator_test

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/vonage/terraform-provider-vonage/internal/emulator"
)

// Many concurrent clients use numbers, conversations and calls: each gets its result, and the race detector finds
// nothing.
func TestEverythingAtOnce(t *testing.T) {
	t.Parallel()
	const clients, turns = 8, 5
	a, _ := phoneLine(t, emulator.Options{}, ncco(`[{"action":"conversation","name":"room"}]`), nil)
	for i := range clients {
		seed(t, a.SeedInventory(document{"country": "GB", "msisdn": fmt.Sprintf("4470%d", i), "cost": "1.00"}))
	}
	offered, admin := a.Inventory(), as(t, applicationID)
	made := a.send("POST", "/v1/conversations", `{}`, admin).want(t, 201).json
	events := "/v1/conversations/" + text(made, "id") + "/events"
	var all sync.WaitGroup
	for i := range clients {
		own := numberForm("GB", fmt.Sprintf("4470%d", i))
		linked := numberForm("GB", fmt.Sprintf("4470%d", i))
		linked.Set("app_id", applicationID)
		all.Go(func() {
			for range turns {
				for _, write := range []reply{
					a.postForm("/number/buy", own), a.postForm("/number/update", linked), a.get("/account/numbers?has_application=true"),
					a.get("/number/search?country=GB"), a.postForm("/number/cancel", own), a.get("/v1/calls", admin),
				} {
					if write.status != http.StatusOK {
						t.Errorf("HTTP status %d: %s", write.status, write.text)
					}
				}
				if sent := a.send("POST", events, `{"type":"custom:note"}`, admin); sent.status != http.StatusCreated {
					t.Errorf("HTTP status %d: %s", sent.status, sent.text)
				}
				a.get(events, admin)
				placed, err := a.PlaceCall(t.Context(), emulator.InboundCall{From: caller, To: number})
				if err != nil || !a.HangUp(placed.UUID) {
					t.Errorf("call %v: %v", placed, err)
				}
			}
		})
	}
	all.Wait()
	if diff := cmp.Diff(offered, a.Inventory()); diff != "" || len(a.Numbers()) != 1 || a.Balance() != "960.00" {
		t.Errorf("%d numbers, balance %s, inventory (-before +after):\n%s", len(a.Numbers()), a.Balance(), diff)
	}
	conversation, _ := a.Conversation(text(made, "id"))
	if got := fmt.Sprint(conversation["sequence_number"]); got != strconv.Itoa(clients*turns) || len(a.Calls()) != 0 {
		t.Errorf("%s events, calls %v", got, a.Calls())
	}
}

// roundTrip is an in-memory network, for synctest's fake clock.
type roundTrip func(*http.Request) (*http.Response, error)

func (f roundTrip) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

// Whatever is in progress, no goroutine is left after Close; otherwise the test would not end.
func TestCloseLeavesNothingBehind(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		answers := map[string]string{
			"1": tutorialNCCO, "2": `[{"action":"conversation","name":"room"}]`, "3": `[{"action":"talk","text":"hold","loop":0}]`,
		}
		network := roundTrip(func(r *http.Request) (*http.Response, error) {
			if text, known := answers[r.URL.Query().Get("to")]; known {
				return &http.Response{StatusCode: http.StatusOK, Body: io.NopCloser(strings.NewReader(text))}, nil
			}
			<-r.Context().Done() // events, and response webhooks for other numbers, hang
			return nil, r.Context().Err()
		})
		e := emulator.New(emulator.Options{HTTPClient: &http.Client{Transport: network}})
		hour := document{"address": "http://h", "socket_timeout": 3_600_000}
		seed(t, e.SeedApplication(applicationID, document{"capabilities": document{"voice": document{
			"webhooks": document{"answer_url": hour, "event_url": hour},
		}}}))
		var clients sync.WaitGroup
		for _, to := range []string{"1", "2", "3", "4"} {
			seed(t, e.SeedNumber("GB/"+to, document{"app_id": applicationID}))
			clients.Go(func() { _, _ = e.PlaceCall(t.Context(), emulator.InboundCall{From: caller, To: to}) })
		}
		for path, fault := range map[string]emulator.Fault{
			"/late": {Kind: emulator.Late, Delay: time.Hour}, "/slow": {Kind: emulator.Slow, Delay: time.Hour},
		} {
			fault.Path = path
			seed(t, e.Fail(fault))
			asked := httptest.NewRequestWithContext(t.Context(), http.MethodGet, path, nil)
			clients.Go(func() { e.ServeHTTP(httptest.NewRecorder(), asked) })
		}
		synctest.Wait()
		if up := len(e.Calls()); up != 5 {
			t.Errorf("%d legs are up, want four and the one that rings", up)
		}
		began := time.Now()
		e.Close()
		clients.Wait()
		if took := time.Since(began); took > 0 {
			t.Errorf("closing took %s", took)
		}
	})
}
