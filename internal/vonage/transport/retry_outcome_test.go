// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package transport

import (
	"context"
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

func TestRetryStopsWaitingWhenCancelled(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		time.AfterFunc(300*time.Millisecond, cancel)
		start := time.Now()
		next := &answers{results: []result{{status: 503}}}
		resp, err := (&Retry{Next: next, Max: 3}).RoundTrip(newRequest(t, ctx, "GET", "", &Call{}))
		closeBody(resp)
		if !errors.Is(err, context.Canceled) || !strings.Contains(err.Error(), "HTTP 503") {
			t.Errorf("got %v", err)
		}
		if next.calls != 1 || time.Since(start) != 300*time.Millisecond {
			t.Errorf("%d attempts, ended after %s", next.calls, time.Since(start))
		}
	})
}

// TestRetryTellsWhyItWasTryingAgain: when an attempt is cancelled, the error names the failure of the attempt before
// it.
func TestRetryTellsWhyItWasTryingAgain(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second)
		defer cancel()
		calls := 0
		retry := &Retry{Max: 3, Next: roundTrip(func(req *http.Request) (*http.Response, error) {
			if calls++; calls == 1 {
				return respond(req, 503, "", nil), nil
			}
			<-req.Context().Done()
			return nil, req.Context().Err()
		})}
		resp, err := retry.RoundTrip(newRequest(t, ctx, "GET", "", &Call{}))
		closeBody(resp)
		if !errors.Is(err, context.DeadlineExceeded) || !strings.Contains(err.Error(), "HTTP 503") || calls != 2 {
			t.Errorf("%v after %d attempts", err, calls)
		}
	})
}

// TestRetryGivesAnswerOfAwaitedWrite: a write in progress when Terraform cancels is not repeated, and its response is
// returned.
func TestRetryGivesAnswerOfAwaitedWrite(t *testing.T) {
	t.Parallel()
	for _, status := range []int{200, 503} {
		ctx, cancel := context.WithCancel(t.Context())
		calls := 0
		retry := &Retry{Max: 3, Next: roundTrip(func(req *http.Request) (*http.Response, error) {
			calls++
			cancel()
			return respond(req, status, "", nil), nil
		})}
		resp, err := retry.RoundTrip(newRequest(t, ctx, "PUT", "{}", &Call{}))
		if err != nil || resp.StatusCode != status || calls != 1 {
			t.Errorf("got %v, %v after %d attempts", resp, err, calls)
		}
		closeBody(resp)
	}
}

// TestRetrySendsTheBodyAgain: every attempt sends the whole body and carries its number.
func TestRetrySendsTheBodyAgain(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var bodies []string
		var numbers []int
		call := &Call{}
		retry := &Retry{Max: 2, Next: roundTrip(func(req *http.Request) (*http.Response, error) {
			body, err := io.ReadAll(req.Body)
			if err != nil {
				return nil, err
			}
			bodies = append(bodies, string(body))
			numbers = append(numbers, callFrom(req.Context()).attempt)
			return nil, errReset
		})}
		resp, err := retry.RoundTrip(newRequest(t, t.Context(), "PUT", `{"name":"x"}`, call))
		closeBody(resp)
		if !errors.Is(err, errReset) || strings.Contains(err.Error(), "giving up") || strings.Contains(err.Error(), "secret") {
			t.Errorf("got %v", err)
		}
		for i, body := range bodies {
			if body != `{"name":"x"}` || numbers[i] != i+1 {
				t.Errorf("attempt %d was numbered %d and sent %q", i+1, numbers[i], body)
			}
		}
		if len(bodies) != 3 {
			t.Errorf("%d attempts", len(bodies))
		}
	})
}

// TestCallUnsettled: whether a write may have taken effect depends on all of its attempts.
func TestCallUnsettled(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		results []result
		want    bool
	}{
		"accepted":                      {[]result{{status: 200}}, false},
		"refused":                       {[]result{{status: 400}}, false},
		"throttled":                     {[]result{{status: 429}}, false},
		"never sent":                    {[]result{{err: errDial}}, false},
		"redirected":                    {[]result{{err: &RedirectError{}}}, false},
		"lost":                          {[]result{{err: errReset}}, true},
		"server error":                  {[]result{{status: 500}}, true},
		"oversized":                     {[]result{{err: &BodyTooLargeError{}}}, true},
		"lost, then accepted":           {[]result{{err: errReset}, {status: 200}}, false},
		"lost, then refused":            {[]result{{err: errReset}, {status: 400}}, true},
		"lost, then throttled":          {[]result{{err: errReset}, {status: 429}}, true},
		"lost, then not sent":           {[]result{{err: errReset}, {err: errDial}}, true},
		"server error, then not found":  {[]result{{status: 502}, {status: 404}}, true},
		"not sent, throttled, accepted": {[]result{{err: errDial}, {status: 429}, {status: 201}}, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				call := &Call{}
				resp, err := (&Retry{Next: &answers{results: test.results}, Max: len(test.results) - 1}).
					RoundTrip(newRequest(t, t.Context(), "PUT", "{}", call))
				closeBody(resp)
				if call.Unsettled() != test.want || err != nil && sent(err) != test.want {
					t.Errorf("unsettled is %t, the error %v", call.Unsettled(), err)
				}
			})
		})
	}
}

func TestParseReset(t *testing.T) {
	t.Parallel()
	now := time.Unix(1_769_182_700, 0) // 5.723 seconds before the Account API's sample timestamp
	for value, want := range map[string]time.Duration{
		"1769182705723":       5723 * time.Millisecond,
		"1769182705":          5 * time.Second,
		"42":                  42 * time.Second,
		"1769182699999":       -1,
		"1769182699":          -1,
		"0":                   -1,
		"-5":                  -1,
		"":                    -1,
		"soon":                -1,
		"99999999":            24 * time.Hour,
		"9223372036854775807": 24 * time.Hour,
	} {
		got, ok := parseReset(value, now)
		if ok != (want >= 0) || ok && got != want {
			t.Errorf("%q gave %s, %t; want %s", value, got, ok, want)
		}
	}
}

func TestParseRetryAfterDate(t *testing.T) {
	t.Parallel()
	now := time.Date(1999, 12, 31, 23, 59, 0, 0, time.UTC)
	for value, want := range map[string]time.Duration{
		"Fri, 31 Dec 1999 23:59:59 GMT":  59 * time.Second,
		"Friday, 31-Dec-99 23:59:59 GMT": 59 * time.Second,
		"Fri Dec 31 23:59:59 1999":       59 * time.Second,
		"Fri, 31 Dec 1999 23:58:59 GMT":  0,
		"Fri, 31 Dec 2100 23:59:59 GMT":  24 * time.Hour,
	} {
		if got, ok := parseRetryAfter(value, now); !ok || got != want {
			t.Errorf("%q gave %s, %t; want %s", value, got, ok, want)
		}
	}
}

func FuzzServerWait(f *testing.F) {
	for _, seed := range []string{"", "0", "7", "-1", "9223372036854775807", "Fri, 31 Dec 1999 23:59:59 GMT", "1769182705723", "1e9"} {
		f.Add(seed, seed)
	}
	now := time.Unix(1_769_182_700, 0)
	f.Fuzz(func(t *testing.T, retryAfter, reset string) {
		header := http.Header{"Retry-After": {retryAfter}, "X-Ratelimit-Reset": {reset}}
		resp := &http.Response{StatusCode: http.StatusTooManyRequests, Header: header}
		if wait, ok := serverWait(resp, now); wait < 0 || wait > longestNamedWait || !ok && wait != 0 {
			t.Errorf("%q and %q gave %s, %t", retryAfter, reset, wait, ok)
		}
	})
}
