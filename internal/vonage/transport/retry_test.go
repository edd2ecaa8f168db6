// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package transport

import (
	"context"
	"crypto/x509"
	"errors"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

var (
	errReset = &net.OpError{Op: "read", Err: errors.New("connection reset by peer")}
	errDial  = &net.OpError{Op: "dial", Err: errors.New("connection refused")}
	errDNS   = &net.DNSError{Err: "no such host", Name: "api.example"}
)

// TestRetryTable pins which calls may be repeated after which outcome.
func TestRetryTable(t *testing.T) {
	t.Parallel()
	const post, replayable = "POST", "POST (replayable)"
	read, write := []string{"GET", "HEAD"}, []string{"PUT", "DELETE", replayable}
	all := append(append([]string{post}, read...), write...)
	repeatable := append(append([]string{}, read...), write...)
	for name, test := range map[string]struct {
		result  result
		retried []string
	}{
		"429":                {result{status: 429}, all},
		"408":                {result{status: 408}, repeatable},
		"500":                {result{status: 500}, repeatable},
		"502":                {result{status: 502}, repeatable},
		"503":                {result{status: 503}, repeatable},
		"504":                {result{status: 504}, repeatable},
		"501":                {result{status: 501}, nil},
		"505":                {result{status: 505}, nil},
		"200":                {result{status: 200}, nil},
		"204":                {result{status: 204}, nil},
		"400":                {result{status: 400}, nil},
		"401":                {result{status: 401}, nil},
		"403":                {result{status: 403}, nil},
		"404":                {result{status: 404}, nil},
		"409":                {result{status: 409}, nil},
		"420":                {result{status: 420}, nil},
		"lost connection":    {result{err: errReset}, repeatable},
		"cut off":            {result{err: io.ErrUnexpectedEOF}, repeatable},
		"attempt timed out":  {result{err: &outcome{error: &TimeoutError{After: time.Second}, sent: true}}, repeatable},
		"refused connection": {result{err: errDial}, all},
		"DNS":                {result{err: errDNS}, all},
		"not sent":           {result{err: notSent(errors.New("x"))}, all},
		"no credentials":     {result{err: permanent(errors.New("x"))}, nil},
		"certificate":        {result{err: &url.Error{Err: x509.UnknownAuthorityError{}}}, nil},
		"wrong host name":    {result{err: x509.HostnameError{Host: "h", Certificate: &x509.Certificate{}}}, nil},
		"redirect":           {result{err: &RedirectError{Status: 302}}, nil},
		"oversized":          {result{err: &BodyTooLargeError{Limit: 1}}, nil},
	} {
		for _, method := range all {
			t.Run(name+" "+method, func(t *testing.T) {
				t.Parallel()
				synctest.Test(t, func(t *testing.T) {
					next := &answers{results: []result{test.result}}
					retry := &Retry{Next: next, Max: 3}
					verb, body := strings.TrimSuffix(method, " (replayable)"), ""
					if verb == "POST" || verb == "PUT" {
						body = "x=1"
					}
					resp, err := retry.RoundTrip(newRequest(t, t.Context(), verb, body, &Call{Replayable: method == replayable}))
					defer closeBody(resp)
					want := 1
					for _, retried := range test.retried {
						if retried == method {
							want = 4
						}
					}
					if next.calls != want {
						t.Errorf("%d attempts, want %d", next.calls, want)
					}
					if test.result.err != nil && !errors.Is(err, test.result.err) {
						t.Errorf("the caller sees %v", err)
					}
					if test.result.err == nil && (err != nil || resp.StatusCode != test.result.status) {
						t.Errorf("the caller sees %v, %v", resp, err)
					}
				})
			})
		}
	}
}

// throttled returns a 429 with the given headers, followed by a success.
func throttled(header ...string) []result {
	refused := result{status: 429, header: map[string]string{}}
	for i := 0; i < len(header); i += 2 {
		refused.header[header[i]] = header[i+1]
	}
	return []result{refused, {status: 200}}
}

// TestRetryWaits pins how long the next attempt waits after each response, without jitter.
func TestRetryWaits(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		for name, test := range map[string]struct {
			results []result
			waits   []time.Duration
		}{
			"nothing named": {
				[]result{{status: 503}, {status: 503}, {err: errReset}, {status: 503}, {status: 503}, {status: 503}, {status: 200}},
				[]time.Duration{1 * time.Second, 2 * time.Second, 4 * time.Second, 8 * time.Second, 16 * time.Second, 30 * time.Second},
			},
			"seconds":           {throttled("Retry-After", "7"), []time.Duration{7 * time.Second}},
			"zero seconds":      {throttled("Retry-After", "0"), []time.Duration{0}},
			"negative seconds":  {throttled("Retry-After", "-7"), []time.Duration{time.Second}},
			"unreadable":        {throttled("Retry-After", "soon"), []time.Duration{time.Second}},
			"reset":             {throttled("X-RateLimit-Reset", "9"), []time.Duration{9 * time.Second}},
			"Retry-After first": {throttled("X-RateLimit-Reset", "9", "Retry-After", "2"), []time.Duration{2 * time.Second}},
			"seconds on 503": {
				[]result{{status: 503, header: map[string]string{"Retry-After": "7"}}, {status: 200}},
				[]time.Duration{7 * time.Second},
			},
			"reset not on 503": {
				[]result{{status: 503, header: map[string]string{"X-RateLimit-Reset": "9"}}, {status: 200}},
				[]time.Duration{time.Second},
			},
		} {
			var at []time.Time
			next := &answers{results: test.results}
			retry := &Retry{Max: 10, Jitter: func() float64 { return 0 }, Next: roundTrip(func(req *http.Request) (*http.Response, error) {
				at = append(at, time.Now())
				return next.RoundTrip(req)
			})}
			resp, err := retry.RoundTrip(newRequest(t, t.Context(), "GET", "", &Call{}))
			if err != nil {
				t.Errorf("%s: %v", name, err)
			}
			closeBody(resp)
			for i, want := range test.waits {
				if i+1 >= len(at) {
					t.Errorf("%s: %d attempts", name, len(at))
					break
				}
				if got := at[i+1].Sub(at[i]); got != want {
					t.Errorf("%s: waited %s before attempt %d, want %s", name, got, i+2, want)
				}
			}
		}
	})
}

func TestRetryJitterSpreadsOut(t *testing.T) {
	t.Parallel()
	const most = 0.999999
	for name, test := range map[string]struct {
		header   map[string]string
		from, to time.Duration
	}{
		"own back-off":      {nil, time.Second, 1500 * time.Millisecond},
		"named by server":   {map[string]string{"Retry-After": "5"}, 5 * time.Second, 5500 * time.Millisecond},
		"long and named":    {map[string]string{"Retry-After": "60"}, 60 * time.Second, 61 * time.Second},
		"at once and named": {map[string]string{"Retry-After": "0"}, 0, 0},
	} {
		resp := &http.Response{StatusCode: http.StatusTooManyRequests, Header: http.Header{}}
		for key, value := range test.header {
			resp.Header.Set(key, value)
		}
		for jitter, want := range map[float64]time.Duration{0: test.from, most: test.to} {
			a := &attempts{number: 1, jitter: func() float64 { return jitter }}
			if got := a.nextWait(resp, time.Now()).Round(time.Millisecond); got != want {
				t.Errorf("%s: jitter %v gave %s, want %s", name, jitter, got, want)
			}
		}
	}
}

func TestRetryStopsAtElapsedTime(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		retry   Retry
		ctx     time.Duration // 0 = no deadline
		results []result
		calls   int
		elapsed time.Duration
	}{
		"elapsed":                      {Retry{Max: 100, MaxElapsed: 10 * time.Second}, 0, []result{{status: 503}}, 4, 7 * time.Second},
		"elapsed by default":           {Retry{Max: 100}, 0, []result{{status: 503}}, 14, 271 * time.Second},
		"a wait longer than worth":     {Retry{Max: 100}, 0, throttled("Retry-After", "3600"), 1, 0},
		"a wait beyond all arithmetic": {Retry{Max: 100}, 0, throttled("Retry-After", "9223372036854775807"), 1, 0},
		"past the caller's deadline":   {Retry{Max: 100}, 5 * time.Second, []result{{status: 503}}, 3, 3 * time.Second},
		"attempts":                     {Retry{Max: 2}, 0, []result{{status: 503}}, 3, 3 * time.Second},
		"no retries at all":            {Retry{}, 0, []result{{status: 503}}, 1, 0},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				ctx, cancel := t.Context(), context.CancelFunc(func() {})
				if test.ctx > 0 {
					ctx, cancel = context.WithTimeout(ctx, test.ctx)
				}
				defer cancel()
				start := time.Now()
				next := &answers{results: test.results}
				retry := test.retry
				retry.Next, retry.Jitter = next, func() float64 { return 0 }
				resp, err := retry.RoundTrip(newRequest(t, ctx, "GET", "", &Call{}))
				if err != nil || resp.StatusCode != test.results[0].status {
					t.Errorf("the caller sees %v, %v instead of the last answer", resp, err)
				}
				closeBody(resp)
				if next.calls != test.calls || time.Since(start) != test.elapsed {
					t.Errorf("%d attempts in %s, want %d in %s", next.calls, time.Since(start), test.calls, test.elapsed)
				}
			})
		})
	}
}
