// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package transport

import (
	"context"
	"net/http"
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// Limit keeps each family of calls below its rate, retries included. Waiting requests are served in order of arrival
// and leave the queue as soon as their context ends.
type Limit struct {
	next    http.RoundTripper
	buckets map[Family]*bucket
}

// NewLimit returns a Limit with rates in requests per second; a family that is missing or 0 is unlimited. observer
// may be nil.
func NewLimit(next http.RoundTripper, perSecond map[Family]float64, observer Observer) *Limit {
	limit := &Limit{next: next, buckets: map[Family]*bucket{}}
	for family := range families {
		limit.buckets[family] = newBucket(family, perSecond[family], observer)
	}
	return limit
}

// RoundTrip implements http.RoundTripper.
func (l *Limit) RoundTrip(req *http.Request) (*http.Response, error) {
	call := callFrom(req.Context())
	bucket := l.buckets[call.Family]
	if err := bucket.take(req.Context(), call.attempt > 1); err != nil {
		return nil, notSent(err)
	}
	resp, err := l.next.RoundTrip(req)
	if err == nil && resp.StatusCode == http.StatusTooManyRequests {
		wait, ok := serverWait(resp, time.Now())
		if !ok {
			wait = firstBackoff
		}
		bucket.block(wait)
	}
	return resp, err
}

// Explain returns a LimitError instead of err if requests of the family are waiting. It is for callers that share a
// request and whose context ended with err, after they waited that long for it.
func (l *Limit) Explain(family Family, waited time.Duration, err error) error {
	bucket := l.buckets[family]
	bucket.mu.Lock()
	defer bucket.mu.Unlock()
	if bucket.queued == 0 {
		return err
	}
	return &LimitError{Family: family, PerSecond: bucket.perSecond, Waited: waited, Queued: bucket.queued, Err: err}
}

// Expect returns how long the calls of a family that wait now, or that many calls if those are more, take to be sent: at
// the rate, after the time that the server asked to wait.
func (l *Limit) Expect(family Family, calls int) time.Duration {
	bucket := l.buckets[family]
	bucket.mu.Lock()
	defer bucket.mu.Unlock()
	return bucket.expect(max(calls, bucket.queued))
}

// slack is the factor by which the interval between two calls exceeds the limit's. Calls take varying times to reach
// the server: of calls sent exactly one interval apart, every other one arrives slightly early, and its 429 costs a
// call and a second.
const slack = 1.04

// longWait is how long a call waits before the wait is reported.
const longWait = 10 * time.Second

// bucket is one family's limit. The call that holds turn waits for the token; the others queue for turn. So a block
// that begins meanwhile holds all of them back, and afterwards they proceed at the rate, not all at once.
type bucket struct {
	family    Family
	perSecond float64
	limiter   *rate.Limiter
	observer  Observer
	turn      chan struct{}

	mu           sync.Mutex
	queued       int
	blockedUntil time.Time
	reported     time.Time
}

func newBucket(family Family, perSecond float64, observer Observer) *bucket {
	limit := rate.Inf
	if perSecond > 0 {
		limit = rate.Limit(perSecond / slack)
	}
	// A burst of one: the documented limits are per second, and a larger burst would exceed the limit in the first
	// second.
	limiter := rate.NewLimiter(limit, 1)
	return &bucket{family: family, perSecond: perSecond, limiter: limiter, observer: observer, turn: make(chan struct{}, 1)}
}

// block holds back all calls for the time the server asked for, capped at the longest time a retry would wait.
func (b *bucket) block(wait time.Duration) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if until := time.Now().Add(min(wait, DefaultMaxElapsed)); until.After(b.blockedUntil) {
		b.blockedUntil = until
	}
}

func (b *bucket) queue(change int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.queued += change
}

// take waits for the turn of a request; again says that it is not the request's first attempt.
func (b *bucket) take(ctx context.Context, again bool) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	start := time.Now()
	err := b.wait(ctx)
	if err == nil {
		return nil
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	return &LimitError{Family: b.family, PerSecond: b.perSecond, Waited: time.Since(start), Queued: b.queued + 1, Again: again, Err: err}
}

func (b *bucket) wait(ctx context.Context) error {
	b.queue(1)
	defer b.queue(-1)
	stop := b.reportWhileWaiting(ctx)
	defer stop()

	select {
	case b.turn <- struct{}{}:
		defer func() { <-b.turn }()
	case <-ctx.Done():
		return ctx.Err()
	}
	for {
		if err := sleep(ctx, b.blockedFor()); err != nil {
			return err
		}
		reservation := b.limiter.Reserve()
		if err := sleep(ctx, reservation.Delay()); err != nil {
			reservation.Cancel()
			return err
		}
		if b.blockedFor() <= 0 {
			return ctx.Err()
		}
	}
}

func (b *bucket) blockedFor() time.Duration {
	b.mu.Lock()
	defer b.mu.Unlock()
	return time.Until(b.blockedUntil)
}

// reportWhileWaiting reports a wait of longWait or more to the observer, at most once per longWait for the whole
// bucket.
func (b *bucket) reportWhileWaiting(ctx context.Context) (stop func()) {
	if b.observer == nil {
		return func() {}
	}
	timer := time.AfterFunc(longWait, func() {
		if waiting, ok := b.waiting(); ok {
			b.observer.Waiting(ctx, waiting)
		}
	})
	return func() { timer.Stop() }
}

func (b *bucket) waiting() (Waiting, bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if !b.reported.IsZero() && time.Since(b.reported) < longWait {
		return Waiting{}, false
	}
	b.reported = time.Now()
	return Waiting{Family: b.family, PerSecond: b.perSecond, Queued: b.queued, Expected: b.expect(b.queued)}, true
}

// expect returns how long that many calls take to be sent. The caller holds the lock.
func (b *bucket) expect(calls int) time.Duration {
	expected := max(time.Until(b.blockedUntil), 0)
	if limit := b.limiter.Limit(); limit != rate.Inf {
		expected += time.Duration(float64(calls) / float64(limit) * float64(time.Second))
	}
	return expected
}

// sleep waits for d or until ctx ends.
func sleep(ctx context.Context, d time.Duration) error {
	if d <= 0 {
		return ctx.Err()
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
