// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package vonage_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/vonage/terraform-provider-vonage/internal/emulator"
	"github.com/vonage/terraform-provider-vonage/internal/vonage"
)

// emulated is an account on an emulator without a network, for tests with synctest's fake clock.
type emulated struct {
	*emulator.Emulator

	client *vonage.Client
}

// newEmulated returns an account and a client that keeps to the given limits. Unless limits is zero, the account
// enforces Vonage's documented limits.
func newEmulated(t *testing.T, limits vonage.RequestsPerSecond, variant ...emulator.Variant) emulated {
	t.Helper()
	options := emulator.Options{Latency: 20 * time.Millisecond}
	for _, chosen := range variant {
		options.Variant = chosen
	}
	if limits != (vonage.RequestsPerSecond{}) {
		options.RateLimits = "documented"
	}
	e := emulator.New(options)
	t.Cleanup(e.Close)
	return emulated{e, vonage.New(vonage.Config{
		APIURL: "https://api.example", RESTURL: "https://rest.example", MaxRetries: 4, RequestsPerSecond: limits,
		Account: func(context.Context) (vonage.Account, error) {
			key, secret := e.Credentials()
			return vonage.Account{APIKey: key, APISecret: secret}, nil
		},
		Token: vonage.NewSigner(emulatedID(0), testKey()),
		Transport: roundTrip(func(req *http.Request) (*http.Response, error) {
			if req.Body == nil {
				req.Body = http.NoBody
			}
			recorder := httptest.NewRecorder()
			e.ServeHTTP(recorder, req)
			return recorder.Result(), nil
		}),
	})}
}

var documented = vonage.RequestsPerSecond{Applications: 10, NumbersList: 1, NumbersWrite: 3, Conversations: 10, Account: 10, Pricing: 1}

func ownedKey(i int) vonage.NumberKey {
	return vonage.NumberKey{Country: "GB", MSISDN: fmt.Sprintf("4477%08d", i)}
}

func emulatedID(i int) string { return fmt.Sprintf("00000000-0000-4000-8000-%012d", i) }

func (e emulated) seedNumbers(t *testing.T, n int) {
	t.Helper()
	for i := range n {
		key := ownedKey(i)
		err := e.SeedNumber(key.String(), map[string]any{
			"country": key.Country, "msisdn": key.MSISDN, "type": "mobile-lvn", "features": []string{"VOICE", "SMS"},
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}

func (e emulated) seedApplications(t *testing.T, n int) {
	t.Helper()
	for i := range n {
		if err := e.SeedApplication(emulatedID(i), map[string]any{"id": emulatedID(i), "name": "n", "capabilities": map[string]any{}}); err != nil {
			t.Fatal(err)
		}
	}
}

// called returns the number of calls with a method and fails if any call was throttled.
func (e emulated) called(t *testing.T, method string) (calls int) {
	t.Helper()
	for _, request := range e.Requests() {
		if request.Status == http.StatusTooManyRequests {
			t.Errorf("throttled at %s: %s %s", request.Time, request.Method, request.Path)
		}
		if request.Method == method {
			calls++
		}
	}
	return calls
}

// inParallel calls do n times, ten at a time and in order, as Terraform does.
func inParallel(n int, do func(i int)) {
	next := make(chan int)
	var workers sync.WaitGroup
	for range 10 {
		workers.Go(func() {
			for i := range next {
				do(i)
			}
		})
	}
	for i := range n {
		next <- i
	}
	close(next)
	workers.Wait()
}

// TestRefreshCostsPages: reading costs at most 2·min(N, P)+1 calls, or fewer where the documentation promises fewer.
func TestRefreshCostsPages(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		managed, account int
		limits           vonage.RequestsPerSecond
		calls            int
		within           time.Duration
	}{
		{1, 100, vonage.RequestsPerSecond{}, 1, time.Second},
		{1, 5000, vonage.RequestsPerSecond{}, 1, time.Second},
		{3, 5000, vonage.RequestsPerSecond{}, 4, time.Second},
		{10, 100, vonage.RequestsPerSecond{}, 3, time.Second},
		{10, 5000, vonage.RequestsPerSecond{}, 21, time.Second},
		{100, 100, vonage.RequestsPerSecond{}, 3, time.Second},
		{100, 5000, vonage.RequestsPerSecond{}, 101, 5 * time.Second},
		{1000, 1000, vonage.RequestsPerSecond{}, 21, time.Second},
		{1000, 1000, documented, 13, 25 * time.Second},
	} {
		for family, read := range map[string]func(*testing.T, emulated) func(i int) error{
			"numbers": func(t *testing.T, e emulated) func(int) error {
				t.Helper()
				e.seedNumbers(t, test.account)
				return func(i int) error {
					_, err := e.client.Numbers.Get(t.Context(), ownedKey(i))
					return err
				}
			},
			"applications": func(t *testing.T, e emulated) func(int) error {
				t.Helper()
				e.seedApplications(t, test.account)
				return func(i int) error {
					_, err := e.client.Applications.Get(t.Context(), emulatedID(i))
					return err
				}
			},
		} {
			name := fmt.Sprintf("%d of %d %s, limits %v", test.managed, test.account, family, test.limits.NumbersList)
			t.Run(name, func(t *testing.T) {
				t.Parallel()
				synctest.Test(t, func(t *testing.T) {
					e := newEmulated(t, test.limits)
					get := read(t, e)
					start := time.Now()
					inParallel(test.managed, func(i int) {
						if err := get(i * test.account / test.managed); err != nil {
							t.Error(err)
						}
					})
					calls, took, promised := e.called(t, http.MethodGet), time.Since(start), test.calls
					if family == "applications" { // high limits: readers do not queue while page 1 is read
						promised = max(promised, min(test.managed, 2*min(test.managed, (test.account+99)/100)+1))
					}
					t.Logf("%d calls in %s", calls, took)
					if calls > promised || took > test.within {
						t.Errorf("%d calls in %s, promised were %d within %s", calls, took, promised, test.within)
					}
				})
			})
		}
	}
}

// TestLinksAtTheLimit: 1,000 numbers are linked at 90 % or more of the rate that Vonage allows, and no call is
// throttled.
func TestLinksAtTheLimit(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		const links = 1000
		e := newEmulated(t, documented)
		e.seedNumbers(t, links)
		e.seedApplications(t, 1)
		start := time.Now()
		inParallel(links, func(i int) {
			_, err := e.client.Numbers.Update(t.Context(), ownedKey(i), keep(func(s *vonage.NumberSettings) { s.ApplicationID = emulatedID(0) }))
			if err != nil {
				t.Error(err)
			}
		})
		took := time.Since(start)
		t.Logf("%d links in %s, with %d reads", links, took, e.called(t, http.MethodGet))
		if limit := time.Duration(links/documented.NumbersWrite) * time.Second; took > limit*10/9 {
			t.Errorf("%d links took %s; at the limit it is %s", links, took, limit)
		}
		if posts := e.called(t, http.MethodPost); posts != links {
			t.Errorf("%d writes", posts)
		}
		for i := range links {
			if number, _ := e.Number(ownedKey(i).String()); number["app_id"] != emulatedID(0) {
				t.Errorf("number %d is %v", i, number)
			}
		}
	})
}

// TestWritesToOneNumber: concurrent writes each keep what the others wrote.
func TestWritesToOneNumber(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		e := newEmulated(t, vonage.RequestsPerSecond{})
		e.seedNumbers(t, 20)
		e.seedApplications(t, 1)
		edits := []func(*vonage.NumberSettings){
			func(s *vonage.NumberSettings) { s.ApplicationID = emulatedID(0) },
			func(s *vonage.NumberSettings) { s.SMSWebhookURL = "https://example.com/sms" },
			func(s *vonage.NumberSettings) { s.VoiceCallbackType, s.VoiceCallbackValue = "tel", "447700900000" },
		}
		inParallel(20*len(edits), func(i int) {
			if _, err := e.client.Numbers.Update(t.Context(), ownedKey(i/len(edits)), keep(edits[i%len(edits)])); err != nil {
				t.Error(err)
			}
		})
		for i := range 20 {
			number, _ := e.Number(ownedKey(i).String())
			if number["app_id"] != emulatedID(0) || number["moHttpUrl"] != "https://example.com/sms" || number["voiceCallbackValue"] != "447700900000" {
				t.Errorf("number %d lost something: %v", i, number)
			}
		}
	})
}
