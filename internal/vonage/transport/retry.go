// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package transport

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"time"
)

// Defaults of Retry.
const (
	// DefaultMaxElapsed caps the time from the first failure to the start of the last attempt. It accommodates the
	// longest Retry-After worth waiting for.
	DefaultMaxElapsed = 5 * time.Minute

	firstBackoff   = time.Second
	longestBackoff = 30 * time.Second
)

// Retry repeats requests that failed for a transient reason if repeating them is harmless: reads and writes of a
// whole state after any such failure, other POSTs only if they were refused unprocessed (429) or never sent. The
// caller receives the last answer unchanged. A request with a body needs GetBody, which http.NewRequest sets.
type Retry struct {
	Next       http.RoundTripper
	Max        int            // attempts after the first
	MaxElapsed time.Duration  // from the first failure; DefaultMaxElapsed when 0
	Jitter     func() float64 // returns a value in [0, 1); math/rand when nil
}

// RoundTrip implements http.RoundTripper.
func (r *Retry) RoundTrip(req *http.Request) (*http.Response, error) {
	ctx := req.Context()
	attempts := &attempts{
		call:       callFrom(ctx),
		method:     req.Method,
		max:        r.Max,
		maxElapsed: cmp.Or(r.MaxElapsed, DefaultMaxElapsed),
		jitter:     r.Jitter,
	}
	if attempts.jitter == nil {
		attempts.jitter = rand.Float64
	}
	for {
		resp, err := attempts.next(r.Next, req)
		if !attempts.again(ctx, resp, err) {
			if err != nil {
				return nil, attempts.explain(ctx, err)
			}
			return resp, nil
		}
		if resp != nil {
			discard(resp.Body)
		}
		wait := time.NewTimer(attempts.wait)
		select {
		case <-wait.C:
		case <-ctx.Done():
			wait.Stop()
			return nil, attempts.explain(ctx, ctx.Err())
		}
	}
}

// discard reads a body that nobody wants, so that its connection can be used again.
func discard(body io.ReadCloser) {
	_, _ = io.Copy(io.Discard, io.LimitReader(body, 4<<10))
	_ = body.Close()
}

// attempts decides on and records the attempts of one request.
type attempts struct {
	call       *Call
	method     string
	max        int // attempts after the first
	maxElapsed time.Duration
	jitter     func() float64

	number       int
	firstFailure time.Time
	wait         time.Duration
	last         error // why the last attempt failed
}

// next sends the request, with its whole body, once more.
func (a *attempts) next(transport http.RoundTripper, req *http.Request) (*http.Response, error) {
	a.number++
	a.call.attempt = a.number
	attempt := req.Clone(req.Context())
	if req.GetBody != nil {
		body, err := req.GetBody()
		if err != nil {
			return nil, permanent(err)
		}
		attempt.Body = body
	}
	resp, err := transport.RoundTrip(attempt)
	a.record(resp, err)
	return resp, err
}

func (a *attempts) again(ctx context.Context, resp *http.Response, err error) bool {
	return a.number <= a.max && ctx.Err() == nil && a.mayRepeat(resp, err) && a.mayWait(ctx, resp)
}

// mayWait computes the wait before the next attempt and reports whether the context's deadline and maxElapsed allow
// it.
func (a *attempts) mayWait(ctx context.Context, resp *http.Response) bool {
	now := time.Now()
	if a.firstFailure.IsZero() {
		a.firstFailure = now
	}
	a.wait = a.nextWait(resp, now)
	next := now.Add(a.wait)
	if deadline, ok := ctx.Deadline(); ok && next.After(deadline) {
		return false
	}
	return next.Sub(a.firstFailure) <= a.maxElapsed
}

func (a *attempts) record(resp *http.Response, err error) {
	switch {
	case err != nil:
		if cancelled := errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded); a.last == nil || !cancelled {
			a.last = err // a cancelled attempt says less than the one before
		}
		a.call.unsettled = a.call.unsettled || sent(err)
	case serverFailed(resp.StatusCode):
		a.last = fmt.Errorf("HTTP %d", resp.StatusCode)
		a.call.unsettled = true
	case resp.StatusCode/100 == 2:
		a.call.unsettled = false
	default:
		a.last = fmt.Errorf("HTTP %d", resp.StatusCode)
	}
}

// mayRepeat decides which outcomes may be retried.
func (a *attempts) mayRepeat(resp *http.Response, err error) bool {
	repeatable := a.method != http.MethodPost || a.call.Replayable
	if err != nil {
		return !isPermanent(err) && (repeatable || !sent(err))
	}
	return resp.StatusCode == http.StatusTooManyRequests || repeatable && serverFailed(resp.StatusCode)
}

func serverFailed(status int) bool {
	switch status {
	case http.StatusNotImplemented, http.StatusHTTPVersionNotSupported:
		return false
	default:
		return status >= http.StatusInternalServerError || status == http.StatusRequestTimeout
	}
}

func (a *attempts) nextWait(resp *http.Response, now time.Time) time.Duration {
	if resp != nil {
		if named, ok := serverWait(resp, now); ok {
			// Add up to a tenth, so that calls refused together are not retried together.
			return named + time.Duration(a.jitter()*float64(min(named/10, time.Second)))
		}
	}
	wait := min(firstBackoff<<min(a.number-1, 10), longestBackoff)
	return wait + time.Duration(a.jitter()*float64(wait)/2)
}

// explain turns the last error into the one for the caller.
func (a *attempts) explain(ctx context.Context, err error) error {
	if ctx.Err() != nil && errors.Is(err, ctx.Err()) && a.last != nil && !errors.Is(a.last, ctx.Err()) {
		err = fmt.Errorf("%w while trying again after: %w", err, a.last)
	}
	return &outcome{error: err, sent: a.call.unsettled, permanent: isPermanent(err)}
}
