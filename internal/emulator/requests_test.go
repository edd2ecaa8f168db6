// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package emulator_test

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/vonage/terraform-provider-vonage/internal/emulator"
)

func TestRequestLog(t *testing.T) {
	t.Parallel()
	now := newClock()
	var received []emulator.Request
	a := newAccount(t, emulator.Options{Now: now.Now, Received: func(r emulator.Request) { received = append(received, r) }})
	a.get("/account/numbers?size=3").want(t, 200)
	a.send("POST", "/v2/applications", `{"x":1}`, header("X-Test", "yes")).want(t, 400)
	got := a.Requests()
	if len(got) != 2 || len(received) != 2 {
		t.Fatalf("%d requests, %d received, want 2", len(got), len(received))
	}
	if got[1].Header.Get("X-Test") != "yes" || !strings.HasPrefix(got[1].Header.Get("Authorization"), "Basic ") {
		t.Errorf("headers are not as received: %v", got[1].Header)
	}
	if received[1].Status != 0 || received[1].Body != `{"x":1}` {
		t.Errorf("received: %+v", received[1])
	}
	for i := range got {
		got[i].Header = nil
	}
	want := []emulator.Request{
		{Account: apiKey, Method: "GET", Path: "/account/numbers", Query: url.Values{"size": {"3"}}, Status: 200, Time: now.Now()},
		{Account: apiKey, Method: "POST", Path: "/v2/applications", Query: url.Values{}, Body: `{"x":1}`, Status: 400, Time: now.Now()},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("requests (-want +got):\n%s", diff)
	}
	if listed := a.get("/emulator/requests").want(t, 200).text; strings.Count(listed, `"method":`) != 2 ||
		!strings.Contains(listed, `"status":400`) {
		t.Errorf("control API: %s", listed)
	}
	a.do("DELETE", "/emulator/requests", nil).want(t, 204)
	if left := a.get("/emulator/requests").text; left != "[]\n" || len(a.Requests()) != 0 {
		t.Errorf("after the reset: %s", left)
	}
}

func TestLatencyHoldsEveryAnswer(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		e := emulator.New(emulator.Options{Latency: 3 * time.Second})
		began := time.Now()
		w := httptest.NewRecorder()
		e.ServeHTTP(w, httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/v2/applications", nil))
		if took := time.Since(began); took != 3*time.Second || w.Code != http.StatusUnauthorized {
			t.Errorf("HTTP status %d after %s", w.Code, took)
		}
	})
}

// An oversized body is refused as by a gateway, and is not recorded.
func TestTooLargeBody(t *testing.T) {
	t.Parallel()
	a := newAccount(t, emulator.Options{})
	body := `{"name":"` + strings.Repeat("n", 1<<20) + `"}`
	if got := a.send("POST", "/v2/applications", body).want(t, 413); got.text != "" {
		t.Errorf("body %q", got.text)
	}
	if requests, applications := len(a.Requests()), len(a.Applications()); requests != 0 || applications != 0 {
		t.Errorf("%d requests, %d applications", requests, applications)
	}
	a.send("POST", "/v2/applications", withKey(t, `"name":"`+strings.Repeat("n", 1<<19)+`"`)).want(t, 201)
}

// Many concurrent clients: no request is lost, and the race detector finds nothing.
func TestManyClients(t *testing.T) {
	t.Parallel()
	a := newAccount(t, emulator.Options{})
	body := withKey(t, `"name":"n","capabilities":{"voice":{}}`)
	var clients sync.WaitGroup
	for range 8 {
		clients.Go(func() {
			for range 5 {
				created := a.send("POST", "/v2/applications", body)
				a.send("PUT", "/v2/applications/"+text(created.json, "id"), body)
				a.get("/v2/applications?page_size=100")
				a.Requests()
			}
		})
	}
	clients.Wait()
	if applications, requests := len(a.Applications()), len(a.Requests()); applications != 40 || requests != 120 {
		t.Errorf("%d applications, %d requests, want 40 and 120", applications, requests)
	}
}
