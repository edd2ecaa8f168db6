// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package emulator_test

import (
	"context"
	"errors"
	"io"
	"net/http"
	"runtime"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/vonage/terraform-provider-vonage/internal/emulator"
)

// attempt creates an application over a new connection, so that no transport repeats a request by itself.
func (a account) attempt(ctx context.Context) (status int, header http.Header, body string, err error) {
	a.t.Helper()
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, a.url+"/v2/applications", strings.NewReader(withKey(a.t, `"name":"n"`)))
	if err != nil {
		a.t.Fatal(err)
	}
	r.SetBasicAuth(apiKey, apiSecret)
	r.Header.Set("Content-Type", "application/json")
	transport := &http.Transport{DisableKeepAlives: true}
	answered, err := transport.RoundTrip(r)
	if err != nil {
		return 0, nil, "", err
	}
	defer func() { _ = answered.Body.Close() }()
	text, err := io.ReadAll(answered.Body)
	return answered.StatusCode, answered.Header, string(text), err
}

func TestFaults(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		fault     emulator.Fault
		processed bool
		logged    int
		check     func(status int, header http.Header, body string, err error) bool
	}{
		{emulator.Fault{Kind: emulator.CloseBefore}, false, 0, func(_ int, _ http.Header, _ string, err error) bool {
			return errors.Is(err, io.EOF)
		}},
		{emulator.Fault{Kind: emulator.CloseAfter}, true, 0, func(_ int, _ http.Header, _ string, err error) bool {
			return errors.Is(err, io.EOF)
		}},
		{emulator.Fault{Kind: emulator.Status, Status: 429}, false, 429, func(status int, header http.Header, body string, _ error) bool {
			return status == 429 && body == "" && !strings.Contains(header.Get("Retry-After"), "7")
		}},
		{
			emulator.Fault{Kind: emulator.Status, Status: 429, RetryAfter: "7"},
			false, 429,
			func(status int, header http.Header, _ string, _ error) bool {
				return status == 429 && header.Get("Retry-After") == "7"
			},
		},
		{
			emulator.Fault{Kind: emulator.Status, Body: "<x/>", ContentType: "text/xml"},
			false, 500,
			func(status int, header http.Header, body string, _ error) bool {
				return status == 500 && header.Get("Content-Type") == "text/xml" && body == "<x/>"
			},
		},
		{
			emulator.Fault{Kind: emulator.StatusAfter, Status: 503, Body: "{}"},
			true, 503,
			func(status int, header http.Header, body string, _ error) bool {
				return status == 503 && header.Get("Content-Type") == "application/json" && body == "{}"
			},
		},
		{emulator.Fault{Kind: emulator.HTML}, false, 502, func(status int, header http.Header, body string, _ error) bool {
			return status == 502 && header.Get("Content-Type") == "text/html" && strings.HasPrefix(body, "<html>")
		}},
		{emulator.Fault{Kind: emulator.Truncate}, true, 201, func(status int, _ http.Header, body string, err error) bool {
			return status == 201 && strings.HasPrefix(body, "{") && errors.Is(err, io.ErrUnexpectedEOF)
		}},
		{emulator.Fault{Kind: emulator.Garbage}, true, 201, func(status int, _ http.Header, body string, _ error) bool {
			return status == 201 && strings.Contains(body, "garbage")
		}},
		{emulator.Fault{Kind: emulator.Empty}, true, 201, func(status int, _ http.Header, body string, err error) bool {
			return status == 201 && body == "" && err == nil
		}},
		{emulator.Fault{Kind: emulator.Slow, Delay: time.Microsecond}, true, 201, func(status int, _ http.Header, body string, err error) bool {
			return status == 201 && strings.HasSuffix(body, "}\n") && err == nil
		}},
		{
			emulator.Fault{Kind: emulator.Redirect, Location: "http://elsewhere.example/"},
			false, 307,
			func(status int, header http.Header, _ string, _ error) bool {
				return status == 307 && header.Get("Location") == "http://elsewhere.example/"
			},
		},
		{emulator.Fault{Kind: emulator.Oversize, Size: 1 << 20}, true, 201, func(_ int, _ http.Header, body string, _ error) bool {
			return len(body) > 1<<20 && strings.HasPrefix(body, "{")
		}},
		{emulator.Fault{Kind: emulator.Oversize, Size: 1 << 20, Announced: true}, true, 201, func(_ int, header http.Header, body string, _ error) bool {
			return len(body) > 1<<20 && header.Get("Content-Length") == strconv.Itoa(len(body))
		}},
		{emulator.Fault{Delay: time.Millisecond}, true, 201, func(status int, _ http.Header, _ string, err error) bool {
			return status == 201 && err == nil
		}},
	} {
		t.Run(string(test.fault.Kind), func(t *testing.T) {
			t.Parallel()
			a := newAccount(t, emulator.Options{})
			seed(t, a.Fail(test.fault))
			status, header, body, err := a.attempt(t.Context())
			if !test.check(status, header, body, err) {
				t.Errorf("HTTP status %d, header %v, body %.200q, error %v", status, header, body, err)
			}
			if processed := len(a.Applications()) == 1; processed != test.processed {
				t.Errorf("processed: %t, want %t", processed, test.processed)
			}
			if got := a.Requests()[0].Status; got != test.logged {
				t.Errorf("status in the log: %d, want %d", got, test.logged)
			}
			if left := a.PendingFaults(); len(left) != 0 {
				t.Errorf("faults left: %v", left)
			}
			if status, _, _, _ := a.attempt(t.Context()); status != 201 {
				t.Errorf("the next request: HTTP status %d", status)
			}
		})
	}
}

func TestFaultsArePickedInOrder(t *testing.T) {
	t.Parallel()
	a := newAccount(t, emulator.Options{})
	seed(t, a.SeedApplication("A", document{}))
	seed(t, a.Fail(emulator.Fault{Method: "GET", Path: "/v2/applications/*", After: 1, Times: 2, Kind: emulator.Status, Status: 503}))
	seed(t, a.Fail(emulator.Fault{Path: "/v2/applications/A", Times: -1, Kind: emulator.Status, Status: 502}))
	got := make([]int, 0, 6)
	for range 6 {
		got = append(got, a.get("/v2/applications/A").status)
	}
	want := []int{502, 503, 503, 502, 502, 502}
	for i := range want {
		if got[i] != want[i] {
			t.Fatalf("statuses %v, want %v", got, want)
		}
	}
	a.get("/v2/applications").want(t, 200)
	a.ClearFaults()
	a.get("/v2/applications/A").want(t, 200)
}

func TestFaultsThroughTheControlAPI(t *testing.T) {
	t.Parallel()
	a := newAccount(t, emulator.Options{})
	const twice = `{"method":"GET","path":"/account/numbers","times":2,"kind":"status","status":429,"retry_after":"1"}`
	a.send("POST", "/emulator/faults", twice).want(t, 204)
	if got := a.get("/account/numbers").want(t, 429); got.header.Get("Retry-After") != "1" {
		t.Errorf("Retry-After %q", got.header.Get("Retry-After"))
	}
	if left := a.get("/emulator/faults").want(t, 200).text; !strings.Contains(left, `"times":1`) {
		t.Errorf("faults left: %s", left)
	}
	a.do("DELETE", "/emulator/faults", nil).want(t, 204)
	a.get("/account/numbers").want(t, 200)
	for _, broken := range []string{
		`{"kind":"explode"}`, `{"kind":"status","pth":"/"}`, `{"path":"[","kind":"empty"}`, `{"kind":"status","status":42}`, `nonsense`,
		`{"path":"v2/applications"}`, `{"method":"get"}`, `{"after":-1}`, `{"delay":"-1s"}`, `{"size":-1,"kind":"oversize"}`,
	} {
		a.send("POST", "/emulator/faults", broken).want(t, 400)
	}
}

// A delayed answer is abandoned when the client disconnects, and its write has taken effect.
func TestLateAnswerEndsWithItsClient(t *testing.T) {
	t.Parallel()
	ctx, giveUp := context.WithCancel(t.Context())
	received := make(chan struct{})
	a := newAccount(t, emulator.Options{Received: func(emulator.Request) { close(received) }})
	seed(t, a.Fail(emulator.Fault{Kind: emulator.Late, Delay: time.Hour}))
	done := make(chan error)
	go func() {
		_, _, _, err := a.attempt(ctx)
		done <- err
	}()
	<-received
	for len(a.Applications()) == 0 { // the write precedes the delay
		runtime.Gosched()
	}
	giveUp()
	if err := <-done; !errors.Is(err, context.Canceled) {
		t.Errorf("error %v", err)
	}
}

// Close releases delayed answers.
func TestCloseEndsHeldAnswers(t *testing.T) {
	t.Parallel()
	received := make(chan struct{})
	a := newAccount(t, emulator.Options{Latency: time.Hour, Received: func(emulator.Request) { close(received) }})
	done := make(chan int)
	go func() {
		status, _, _, _ := a.attempt(t.Context())
		done <- status
	}()
	<-received
	a.Close()
	if status := <-done; status != 201 {
		t.Errorf("HTTP status %d", status)
	}
}
