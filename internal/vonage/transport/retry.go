// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package transport

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/url"
	"time"

	"github.com/hashicorp/go-retryablehttp"
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
// caller receives the last answer unchanged.
type Retry struct {
	Next       http.RoundTripper
	Max        int            // attempts after the first
	MaxElapsed time.Duration  // from the first failure; DefaultMaxElapsed when 0
	Jitter     func() float64 // returns a value in [0, 1); math/rand when nil
}

// RoundTrip implements http.RoundTripper.
func (r *Retry) RoundTrip(req *http.Request) (*http.Response, error) {
	attempts := &attempts{
		call:       callFrom(req.Context()),
		method:     req.Method,
		maxElapsed: cmp.Or(r.MaxElapsed, DefaultMaxElapsed),
		jitter:     r.Jitter,
	}
	if attempts.jitter == nil {
		attempts.jitter = rand.Float64
	}
	client := &retryablehttp.Client{
		HTTPClient: &http.Client{
			Transport:     r.Next,
			CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		},
		RetryMax:       r.Max,
		RequestLogHook: func(_ retryablehttp.Logger, _ *http.Request, number int) { attempts.call.attempt = number + 1 },
		CheckRetry:     attempts.check,
		Backoff:        attempts.backoff,
		ErrorHandler:   retryablehttp.PassthroughErrorHandler,
	}
	wrapped, err := retryablehttp.FromRequest(req.Clone(req.Context()))
	if err != nil {
		return nil, permanent(err)
	}
	resp, err := client.Do(wrapped)
	if err != nil {
		return nil, attempts.explain(req.Context(), err)
	}
	return resp, nil
}

// attempts decides on and records the attempts of one request.
type attempts struct {
	call       *Call
	method     string
	maxElapsed time.Duration
	jitter     func() float64

	number       int
	firstFailure time.Time
	wait         time.Duration
	last         error // why the last attempt failed
}

func (a *attempts) check(ctx context.Context, resp *http.Response, err error) (bool, error) {
	a.record(resp, err)
	return ctx.Err() == nil && a.mayRepeat(resp, err) && a.mayWait(ctx, resp), nil
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
	a.number++
	switch {
	case err != nil:
		if cancelled := errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded); a.last == nil || !cancelled {
			a.last = unwrapURL(err) // a cancelled attempt says less than the one before
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

func (a *attempts) backoff(_, _ time.Duration, _ int, _ *http.Response) time.Duration { return a.wait }

// explain turns the error of go-retryablehttp into the error for the caller.
func (a *attempts) explain(ctx context.Context, err error) error {
	err = unwrapURL(err)
	if ctx.Err() != nil && errors.Is(err, ctx.Err()) && a.last != nil && !errors.Is(a.last, ctx.Err()) {
		err = fmt.Errorf("%w while trying again after: %w", err, a.last)
	}
	return &outcome{error: err, sent: a.call.unsettled, permanent: isPermanent(err)}
}

// unwrapURL removes the *url.Error that http.Client wraps around a transport's error: it contains the query, which
// must not appear in logs and messages.
func unwrapURL(err error) error {
	if wrapped, ok := errors.AsType[*url.Error](err); ok {
		return wrapped.Err
	}
	return err
}
