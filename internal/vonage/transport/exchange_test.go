// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package transport

import (
	"context"
	"errors"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"net/http/httptrace"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

func TestExchangeReadsTheWholeBody(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		body  io.Reader
		check func(string, error) bool
	}{
		"whole":    {strings.NewReader("12345678"), func(body string, err error) bool { return body == "12345678" && err == nil }},
		"empty":    {strings.NewReader(""), func(body string, err error) bool { return body == "" && err == nil }},
		"too long": {strings.NewReader("123456789"), func(_ string, err error) bool { return isPermanent(err) && sent(err) }},
		"cut off": {
			io.MultiReader(strings.NewReader("123"), errReader{io.ErrUnexpectedEOF}),
			func(_ string, err error) bool {
				return errors.Is(err, io.ErrUnexpectedEOF) && strings.Contains(err.Error(), "broke off") && sent(err) && !isPermanent(err)
			},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			closed := false
			exchange := &Exchange{Timeout: time.Second, MaxBody: 8, Next: roundTrip(func(req *http.Request) (*http.Response, error) {
				resp := respond(req, 200, "", nil)
				resp.Body = closer{test.body, &closed}
				return resp, nil
			})}
			resp, err := exchange.RoundTrip(newRequest(t, t.Context(), "POST", "x", &Call{}))
			var body []byte
			if err == nil {
				body, _ = io.ReadAll(resp.Body)
				closeBody(resp)
			}
			if !test.check(string(body), err) || !closed {
				t.Errorf("got %q, %v; closed %t", body, err, closed)
			}
		})
	}
}

type errReader struct{ err error }

func (r errReader) Read([]byte) (int, error) { return 0, r.err }

type closer struct {
	io.Reader
	closed *bool
}

func (c closer) Close() error { *c.closed = true; return nil }

// drip returns a response whose body yields one byte a second until its request's context ends.
func drip(req *http.Request) (*http.Response, error) {
	resp := respond(req, 200, "", nil)
	resp.Body = io.NopCloser(dripping{req.Context()})
	return resp, nil
}

type dripping struct{ ctx context.Context } //nolint:containedctx // the body ends with its request's context

func (d dripping) Read(p []byte) (int, error) {
	if err := sleep(d.ctx, time.Second); err != nil {
		return 0, err
	}
	return copy(p, "x"), nil
}

// A response whose Content-Length exceeds the limit is not read at all.
func TestExchangeReadsNothingOfWhatIsAnnouncedAsTooLong(t *testing.T) {
	t.Parallel()
	exchange := &Exchange{Timeout: time.Second, MaxBody: 8, Next: roundTrip(func(req *http.Request) (*http.Response, error) {
		resp := respond(req, 200, "", nil)
		resp.ContentLength = 9
		resp.Body = io.NopCloser(errReader{errors.New("it was read")})
		return resp, nil
	})}
	resp, err := exchange.RoundTrip(newRequest(t, t.Context(), "GET", "x", &Call{}))
	if err == nil {
		closeBody(resp)
	}
	if _, tooLarge := errors.AsType[*BodyTooLargeError](err); !tooLarge {
		t.Errorf("the error is %v", err)
	}
}

func TestExchangeTimeoutCoversTheBody(t *testing.T) {
	t.Parallel()
	for _, method := range []string{"GET", "POST"} {
		synctest.Test(t, func(t *testing.T) {
			start := time.Now()
			exchange := &Exchange{Timeout: 5500 * time.Millisecond, MaxBody: 100, Next: roundTrip(drip)}
			resp, err := exchange.RoundTrip(newRequest(t, t.Context(), method, "", &Call{}))
			closeBody(resp)
			var timeout *TimeoutError
			if !errors.As(err, &timeout) || !sent(err) || time.Since(start) != 5500*time.Millisecond {
				t.Errorf("%s: got %v after %s", method, err, time.Since(start))
			}
		})
	}
}

func TestExchangeCancelled(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		method string
		trace  func(*httptrace.ClientTrace) // the trace events that the transport reports before it hangs
		ends   time.Duration
		sent   bool
	}{
		"read":                         {"GET", nil, time.Second, true},
		"write under way":              {"PUT", got, 30 * time.Second, true},
		"write on unknown transport":   {"PUT", nil, 30 * time.Second, true},
		"write that is not connected":  {"PUT", get, time.Second, false},
		"write that has to reconnect":  {"DELETE", func(c *httptrace.ClientTrace) { got(c); get(c) }, time.Second, false},
		"write connected at last":      {"POST", func(c *httptrace.ClientTrace) { get(c); get(c); got(c) }, 30 * time.Second, true},
		"reconnecting after cancelled": {"POST", reconnectLate, 2 * time.Second, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				ctx, cancel := context.WithCancel(t.Context())
				time.AfterFunc(time.Second, cancel)
				start := time.Now()
				exchange := &Exchange{Timeout: 30 * time.Second, MaxBody: 8, Next: roundTrip(func(req *http.Request) (*http.Response, error) {
					if test.trace != nil {
						test.trace(httptrace.ContextClientTrace(req.Context()))
					}
					<-req.Context().Done()
					return nil, req.Context().Err()
				})}
				resp, err := exchange.RoundTrip(newRequest(t, ctx, test.method, "", &Call{}))
				closeBody(resp)
				if err == nil || sent(err) != test.sent || time.Since(start) != test.ends {
					t.Errorf("ended after %s with %v, sent %t", time.Since(start), err, sent(err))
				}
				if test.ends < 30*time.Second && !errors.Is(err, context.Canceled) {
					t.Errorf("got %v", err)
				}
			})
		})
	}
}

func get(c *httptrace.ClientTrace) { c.GetConn("h:443") }
func got(c *httptrace.ClientTrace) { c.GotConn(httptrace.GotConnInfo{}) }

// reconnectLate reports a connection that turns out to be closed after the caller has given up.
func reconnectLate(c *httptrace.ClientTrace) {
	get(c)
	got(c)
	<-time.After(2 * time.Second) // synctest's fake clock
	get(c)
}

func TestExchangeGivesAnswerOfCancelledWrite(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		time.AfterFunc(time.Second, cancel)
		exchange := &Exchange{Timeout: 30 * time.Second, MaxBody: 8, Next: roundTrip(func(req *http.Request) (*http.Response, error) {
			if err := sleep(req.Context(), 3*time.Second); err != nil {
				return nil, err
			}
			return respond(req, 201, "made", nil), nil
		})}
		resp, err := exchange.RoundTrip(newRequest(t, ctx, "POST", "", &Call{}))
		if err != nil || resp.StatusCode != http.StatusCreated {
			t.Errorf("got %v, %v", resp, err)
		}
		closeBody(resp)
	})
}

func TestExchangeSendsNothingOnceCancelled(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	next := &answers{results: []result{{status: 200}}}
	resp, err := (&Exchange{Next: next, Timeout: time.Second, MaxBody: 8}).RoundTrip(newRequest(t, ctx, "POST", "", &Call{}))
	closeBody(resp)
	if !errors.Is(err, context.Canceled) || sent(err) || next.calls > 0 {
		t.Errorf("got %v after %d calls", err, next.calls)
	}
}

func TestExchangeRefusesRedirects(t *testing.T) {
	t.Parallel()
	thief := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		t.Errorf("the redirect was followed with %q", r.Header.Get("Authorization"))
	}))
	defer thief.Close()
	for _, status := range []int{301, 302, 303, 307, 308} {
		for location, want := range map[string]string{
			thief.URL + "/steal?api_secret=x": thief.URL + "/steal",
			"/elsewhere?x=1":                  "/elsewhere",
			"http://[":                        "unreadable",
		} {
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
				w.Header().Set("Location", location)
				w.WriteHeader(status)
			}))
			retry := &Retry{Max: 2, Next: &Authenticate{
				Basic: func(context.Context) (string, string, error) { return "key", "secret", nil },
				Next:  &Exchange{Next: http.DefaultTransport, Timeout: 10 * time.Second, MaxBody: 8},
			}}
			req, err := http.NewRequestWithContext(WithCall(t.Context(), &Call{}), http.MethodPost, server.URL+"/x", strings.NewReader("body"))
			if err != nil {
				t.Fatal(err)
			}
			resp, err := retry.RoundTrip(req)
			closeBody(resp)
			var redirect *RedirectError
			if !errors.As(err, &redirect) || redirect.Status != status || !strings.Contains(redirect.Location, want) ||
				strings.Contains(err.Error(), "api_secret") {
				t.Errorf("%d to %s: got %v", status, location, err)
			}
			server.Close()
		}
	}
}

func TestExchangeRefusesOtherSchemes(t *testing.T) {
	t.Parallel()
	req := newRequest(t, t.Context(), "GET", "", &Call{})
	req.URL.Scheme = "ftp"
	next := &answers{results: []result{{status: 200}}}
	resp, err := (&Exchange{Next: next, Timeout: time.Second, MaxBody: 8}).RoundTrip(req)
	closeBody(resp)
	if !isPermanent(err) || sent(err) || next.calls > 0 {
		t.Errorf("got %v", err)
	}
}

// TestCertificateErrorsAreNotRetried makes a real handshake with a server whose certificate no authority has signed.
func TestCertificateErrorsAreNotRetried(t *testing.T) {
	t.Parallel()
	server := httptest.NewUnstartedServer(http.NotFoundHandler())
	server.Config.ErrorLog = log.New(io.Discard, "", 0)
	server.StartTLS()
	defer server.Close()
	own := &http.Transport{}
	defer own.CloseIdleConnections()
	attempts := 0
	exchange := &Exchange{Next: own, Timeout: 10 * time.Second, MaxBody: 8}
	retry := &Retry{Max: 3, Next: roundTrip(func(req *http.Request) (*http.Response, error) {
		attempts++
		return exchange.RoundTrip(req)
	})}
	req, err := http.NewRequestWithContext(WithCall(t.Context(), &Call{}), http.MethodGet, server.URL, nil)
	if err != nil {
		t.Fatal(err)
	}
	resp, err := retry.RoundTrip(req)
	closeBody(resp)
	if !IsCertificate(err) || sent(err) || attempts != 1 {
		t.Errorf("got %v after %d attempts", err, attempts)
	}
}
