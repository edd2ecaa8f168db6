// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package transport

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
)

// stamps is a transport that records when each request arrives.
type stamps struct {
	start time.Time
	mu    sync.Mutex
	at    []time.Duration
	// refuse is the number, from 1, of the request that is responded with 429 and header.
	refuse int
	header map[string]string
}

func (s *stamps) RoundTrip(req *http.Request) (*http.Response, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.at = append(s.at, time.Since(s.start))
	if len(s.at) == s.refuse {
		return respond(req, 429, "", s.header), nil
	}
	return respond(req, 200, "", nil), nil
}

// sendAtOnce sends n requests of a family concurrently through a limit and returns when each was sent.
func sendAtOnce(t *testing.T, next *stamps, family Family, perSecond float64, n int, observer Observer) []time.Duration {
	t.Helper()
	next.start = time.Now()
	limit := NewLimit(next, map[Family]float64{family: perSecond}, observer)
	for range n {
		go func() {
			resp, err := limit.RoundTrip(newRequest(t, t.Context(), "GET", "", &Call{Family: family}))
			if err != nil {
				t.Error(err)
			}
			closeBody(resp)
		}()
		synctest.Wait()
	}
	<-time.After(10 * time.Minute) // synctest's fake clock
	next.mu.Lock()
	defer next.mu.Unlock()
	return next.at
}

func every(d time.Duration, n int) []time.Duration {
	at := make([]time.Duration, n)
	for i := range at {
		at[i] = time.Duration(i) * d
	}
	return at
}

func TestLimitPaces(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		perSecond float64
		want      []time.Duration
	}{
		"one a second":       {1, every(1040*time.Millisecond, 5)},
		"four a second":      {4, every(260*time.Millisecond, 5)},
		"one in two seconds": {0.5, every(2080*time.Millisecond, 5)},
		"unlimited":          {0, every(0, 5)},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				if diff := cmp.Diff(test.want, sendAtOnce(t, &stamps{}, NumbersList, test.perSecond, 5, nil)); diff != "" {
					t.Error(diff)
				}
			})
		})
	}
}

func TestLimitKeepsFamiliesApart(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		next := &stamps{start: time.Now()}
		limit := NewLimit(next, map[Family]float64{NumbersList: 1, NumbersWrite: 1}, nil)
		for family := Applications; family <= Conversations; family++ {
			resp, err := limit.RoundTrip(newRequest(t, t.Context(), "GET", "", &Call{Family: family}))
			if err != nil {
				t.Error(err)
			}
			closeBody(resp)
		}
		if diff := cmp.Diff(every(0, 4), next.at); diff != "" {
			t.Error(diff)
		}
	})
}

// TestLimitEmptiedBy429: after a 429 no call passes for the time the server names; then calls pass at the rate, not
// all at once.
func TestLimitEmptiedBy429(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		perSecond float64
		header    map[string]string
		want      []float64 // in seconds
	}{
		"seconds":   {1, map[string]string{"Retry-After": "10"}, []float64{0, 1.04, 11.04, 12.08, 13.12}},
		"nothing":   {1, nil, []float64{0, 1.04, 2.08, 3.12, 4.16}},
		"unlimited": {0, map[string]string{"Retry-After": "10"}, []float64{0, 0, 10, 10, 10}},
		"too long":  {1, map[string]string{"Retry-After": "86400"}, []float64{0, 1.04, 301.04, 302.08, 303.12}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				got := sendAtOnce(t, &stamps{refuse: 2, header: test.header}, NumbersWrite, test.perSecond, 5, nil)
				for i, want := range test.want {
					if got[i].Seconds() != want {
						t.Errorf("request %d was sent after %s, want %gs", i+1, got[i], want)
					}
				}
			})
		})
	}
}

func TestLimitWaitEndsWithContext(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		next := &stamps{start: time.Now()}
		limit := NewLimit(next, map[Family]float64{NumbersList: 0.1}, nil)
		send := func(ctx context.Context) error {
			resp, err := limit.RoundTrip(newRequest(t, ctx, "POST", "", &Call{Family: NumbersList}))
			closeBody(resp)
			return err
		}
		if err := send(t.Context()); err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		ends := make(chan error, 2)
		go func() { ends <- send(ctx) }() // holds the turn and waits for the token
		go func() { ends <- send(ctx) }() // waits for the turn
		for range 2 {
			if err := <-ends; !errors.Is(err, context.DeadlineExceeded) || sent(err) {
				t.Errorf("got %v", err)
			}
		}
		if waited := time.Since(next.start); waited != time.Second {
			t.Errorf("gave up after %s", waited)
		}
		// Cancelled calls consume no token.
		if err := send(t.Context()); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff([]time.Duration{0, 10400 * time.Millisecond}, next.at); diff != "" {
			t.Error(diff)
		}
	})
}

// A wait for the limit that ends with its context is told as what it is: nothing was sent.
func TestLimitSaysThatNothingWasSent(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		perSecond float64
		refuse    int // the number of the request before that is responded with 429
		again     bool
		says      string
	}{
		"the provider's limit": {0.1, 0, false, "the request was never sent: it waited 1s for the provider's own limit of 0.1 per second " +
			"(requests_per_second.numbers_write), with 2 waiting: context deadline exceeded"},
		"another attempt": {0.1, 0, true, "the request was not sent again: it waited 1s for the provider's own limit"},
		"a pause": {0, 1, false, "the request was never sent: it waited 1s for the pause that Vonage asked for (HTTP 429), with 2 waiting: " +
			"context deadline exceeded"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				next := &stamps{refuse: test.refuse, header: map[string]string{"Retry-After": "60"}}
				limit := NewLimit(next, map[Family]float64{NumbersWrite: test.perSecond}, nil)
				send := func(ctx context.Context, call *Call) error {
					resp, err := limit.RoundTrip(newRequest(t, ctx, "POST", "", call))
					closeBody(resp)
					return err
				}
				if err := send(t.Context(), &Call{Family: NumbersWrite}); err != nil {
					t.Fatal(err)
				}
				patient, stop := context.WithCancel(t.Context())
				defer stop()
				go func() { _ = send(patient, &Call{Family: NumbersWrite}) }()
				synctest.Wait()
				ctx, cancel := context.WithTimeout(t.Context(), time.Second)
				defer cancel()
				call := &Call{Family: NumbersWrite}
				if test.again {
					call.attempt = 2
				}
				err := send(ctx, call)
				if err == nil || !strings.Contains(err.Error(), test.says) || !errors.Is(err, context.DeadlineExceeded) || sent(err) {
					t.Errorf("got %v, want %q", err, test.says)
				}
				// Who shares the request of another is told the same, as long as one waits.
				var held *LimitError
				if err := limit.Explain(NumbersWrite, time.Minute, context.Canceled); !errors.As(err, &held) || held.Waited != time.Minute || held.Queued != 1 {
					t.Errorf("explained as %v", err)
				}
				stop()
				synctest.Wait()
				if err := limit.Explain(NumbersWrite, time.Minute, context.Canceled); !errors.Is(err, context.Canceled) || errors.As(err, &held) {
					t.Errorf("with nothing waiting, explained as %v", err)
				}
				// A request that comes too late has not waited.
				if err := send(ctx, &Call{Family: NumbersWrite}); errors.As(err, &held) || !errors.Is(err, context.DeadlineExceeded) {
					t.Errorf("too late: %v", err)
				}
			})
		})
	}
}

// A wait between two attempts names the limit as well, and the failure before; the first attempt was sent.
func TestLimitBetweenAttempts(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		next := &answers{results: []result{{status: 503}}}
		retry := &Retry{Next: NewLimit(next, map[Family]float64{NumbersList: 0.01}, nil), Max: 4}
		ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
		defer cancel()
		resp, err := retry.RoundTrip(newRequest(t, ctx, "GET", "", &Call{Family: NumbersList}))
		closeBody(resp)
		const first, then = "the request was not sent again: it waited ", "context deadline exceeded while trying again after: HTTP 503"
		if err == nil || !strings.HasPrefix(err.Error(), first) || !strings.HasSuffix(err.Error(), then) || !sent(err) || next.calls != 1 {
			t.Errorf("after %d attempts: %v", next.calls, err)
		}
	})
}

// observed records what an observer receives.
type observed struct {
	mu       sync.Mutex
	attempts []Attempt
	waiting  []Waiting
}

func (o *observed) Attempt(_ context.Context, a Attempt) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.attempts = append(o.attempts, a)
}

func (o *observed) Waiting(_ context.Context, w Waiting) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.waiting = append(o.waiting, w)
}

func TestLimitReportsLongWaits(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		observer := &observed{}
		sendAtOnce(t, &stamps{}, NumbersWrite, 0.25, 13, observer)
		// After ten seconds three calls have passed and ten have been waiting: that is one report, not ten.
		observer.mu.Lock()
		defer observer.mu.Unlock()
		want := []Waiting{{Family: NumbersWrite, PerSecond: 0.25, Queued: 10, Expected: 41600 * time.Millisecond}}
		if diff := cmp.Diff(want, observer.waiting); diff != "" {
			t.Error(diff)
		}
	})
}
