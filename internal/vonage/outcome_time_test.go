// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package vonage_test

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"testing"
	"testing/synctest"
	"time"

	"github.com/vonage/terraform-provider-vonage/internal/vonage"
)

// clientOf returns a client with a request timeout, in memory.
func clientOf(requestTimeout time.Duration, maxRetries int, transport http.RoundTripper) *vonage.Client {
	return vonage.New(vonage.Config{
		APIURL: "https://api.example", RESTURL: "https://rest.example", RequestTimeout: requestTimeout, MaxRetries: maxRetries, Transport: transport,
		Account: func(context.Context) (vonage.Account, error) { return vonage.Account{APIKey: "k", APISecret: "s"}, nil },
	})
}

// TestLastLookUpIsMade: however short request_timeout and the operation's timeout are, an application that only the
// last look-up shows is found.
func TestLastLookUpIsMade(t *testing.T) {
	t.Parallel()
	public := publicPEM(t, testKey())
	for name, test := range map[string]struct {
		requestTimeout, timeout time.Duration // timeout 0: none
		cancelled               bool          // while the request was made
		took                    time.Duration
	}{
		"no deadline":                 {5 * time.Second, 0, false, 7 * time.Second},
		"default timeouts":            {30 * time.Second, 5 * time.Minute, false, 7 * time.Second},
		"short requests":              {5 * time.Second, 5 * time.Minute, false, 7 * time.Second},
		"short requests, interrupted": {5 * time.Second, 5 * time.Minute, true, 2500 * time.Millisecond},
		"all short":                   {5 * time.Second, 3 * time.Second, false, 4 * time.Second},
		"all short, interrupted":      {5 * time.Second, 3 * time.Second, true, 2500 * time.Millisecond},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				ctx, cancel := context.WithCancel(t.Context())
				defer cancel()
				if test.timeout > 0 {
					ctx, cancel = context.WithTimeout(ctx, test.timeout)
					defer cancel()
				}
				lost := answer{err: reset.err}
				if test.cancelled {
					lost.before = cancel
				}
				api := &script{t: t, answers: []answer{lost, listed(), listed(), listed(), listed("new demo " + public)}}
				start := time.Now()
				got, err := clientOf(test.requestTimeout, 0, api).Applications.Create(ctx, vonage.Application{Name: "demo", Keys: vonage.Keys{PublicKey: public}})
				if err != nil || got.ID != "new" {
					t.Errorf("Create gave %+v, %v", got, err)
				}
				if took := time.Since(start).Round(time.Millisecond); took != test.took {
					t.Errorf("it took %s", took)
				}
				api.requests()
			})
		})
	}
}

// slow is an account with one application and one number that responds after a while, or never.
type slow struct {
	reads        time.Duration
	writes       time.Duration // 0: never
	writesFail   bool
	first, calls int // how many calls are answered at once
}

func (s *slow) RoundTrip(req *http.Request) (*http.Response, error) {
	wait := s.reads
	if req.Method != http.MethodGet {
		wait = s.writes
	}
	if s.calls++; s.calls <= s.first {
		wait = time.Millisecond
	}
	var after <-chan time.Time // nil: never
	if wait > 0 {
		after = time.After(wait)
	}
	select {
	case <-after:
	case <-req.Context().Done():
		return nil, req.Context().Err()
	}
	recorder := httptest.NewRecorder()
	switch {
	case req.Method != http.MethodGet && s.writesFail:
		recorder.WriteHeader(http.StatusBadGateway)
	case req.URL.Path == "/account/numbers":
		_, _ = recorder.WriteString(owned(`,"app_id":"B"`).body)
	case req.URL.Path == "/v2/applications":
		_, _ = recorder.WriteString(listed().body)
	case req.Method == http.MethodGet:
		_, _ = recorder.WriteString(`{"id":"A","name":"old"}`)
	default:
		_, _ = recorder.WriteString(failed)
	}
	return recorder.Result(), nil
}

// TestOperationsTakeNoLongerThanTheirTimeoutAndOneRequest: whatever happens to a write, its response and all that looks
// for its outcome end within the operation's timeout and one request timeout.
func TestOperationsTakeNoLongerThanTheirTimeoutAndOneRequest(t *testing.T) {
	t.Parallel()
	const timeout, requestTimeout = 3 * time.Second, 7 * time.Second
	public := publicPEM(t, testKey())
	for name, operation := range map[string]func(context.Context, *vonage.Client) error{
		"create application": func(ctx context.Context, client *vonage.Client) error {
			_, err := client.Applications.Create(ctx, vonage.Application{Name: "demo", Keys: vonage.Keys{PublicKey: public}})
			return err
		},
		"update application": func(ctx context.Context, client *vonage.Client) error {
			_, err := client.Applications.Update(ctx, "A", vonage.Application{Name: "new"})
			return err
		},
		"delete application": func(ctx context.Context, client *vonage.Client) error { return client.Applications.Delete(ctx, "A") },
		"buy": func(ctx context.Context, client *vonage.Client) error {
			_, _, err := client.Numbers.Buy(ctx, offer, "")
			return err
		},
		"cancel": func(ctx context.Context, client *vonage.Client) error { return client.Numbers.Cancel(ctx, number, "") },
		"link": func(ctx context.Context, client *vonage.Client) error {
			_, err := client.Numbers.Update(ctx, number, keep(func(s *vonage.NumberSettings) { s.ApplicationID = "A" }))
			return err
		},
		"unlink": func(ctx context.Context, client *vonage.Client) error {
			_, err := client.Numbers.Update(ctx, number, keep(func(s *vonage.NumberSettings) { s.ApplicationID = "" }))
			return err
		},
	} {
		for trouble, api := range map[string]slow{
			"nothing is answered":           {},
			"writes are never answered":     {reads: 2 * time.Second},
			"all but the first call hang":   {first: 1},
			"writes fail late":              {reads: 2900 * time.Millisecond, writes: 5 * time.Second, writesFail: true},
			"writes fail at once":           {reads: 2900 * time.Millisecond, writes: time.Millisecond, writesFail: true},
			"refused without reason, late":  {reads: 2500 * time.Millisecond, writes: 4 * time.Second},
			"refused without reason, often": {reads: 500 * time.Millisecond, writes: time.Second},
		} {
			for _, retries := range []int{0, 4} {
				t.Run(name+": "+trouble, func(t *testing.T) {
					t.Parallel()
					synctest.Test(t, func(t *testing.T) {
						ctx, cancel := context.WithTimeout(t.Context(), timeout)
						defer cancel()
						api := api
						start := time.Now()
						err := operation(ctx, clientOf(requestTimeout, retries, &api))
						if took := time.Since(start); took > timeout+requestTimeout {
							t.Errorf("it took %s and ended with %v", took, err)
						}
					})
				})
			}
		}
	}
}

// TestWriteSentInTheLastMomentIsLookedUp: of what a write and its outcome may take beyond the operation's timeout, the
// write leaves a quarter for a look-up.
func TestWriteSentInTheLastMomentIsLookedUp(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithTimeout(t.Context(), 3*time.Second)
		defer cancel()
		late := func() { <-time.After(2999 * time.Millisecond) } // synctest's fake clock
		before := owned(``)
		before.before = late
		api := &script{t: t, answers: []answer{before, {hang: true}, owned(`,"app_id":"A"`)}}
		start := time.Now()
		got, err := clientOf(8*time.Second, 0, api).Numbers.Update(ctx, number, keep(func(s *vonage.NumberSettings) { s.ApplicationID = "A" }))
		if err != nil || got.ApplicationID != "A" {
			t.Errorf("Update gave %+v, %v", got, err)
		}
		if took := time.Since(start); took != 9*time.Second {
			t.Errorf("it took %s", took)
		}
		api.requests()
	})
}

// TestInterruptedLookUpsEnd: if Terraform is interrupted while the outcome of a write is looked for, the search ends
// one request timeout later.
func TestInterruptedLookUpsEnd(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithTimeout(t.Context(), 5*time.Minute)
		defer cancel()
		time.AfterFunc(10*time.Second, cancel)
		api := &script{t: t, answers: []answer{reset, {hang: true}, {hang: true}}}
		start := time.Now()
		_, err := clientOf(20*time.Second, 9, api).Applications.Create(ctx, vonage.Application{Name: "demo", Keys: vonage.Keys{PublicKey: publicPEM(t, testKey())}})
		if _, unknown := errors.AsType[*vonage.UnknownOutcomeError](err); !unknown || time.Since(start) != 30*time.Second {
			t.Errorf("Create gave %v after %s", err, time.Since(start))
		}
	})
}
