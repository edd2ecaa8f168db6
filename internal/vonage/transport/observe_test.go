// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package transport

import (
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

func TestObserveTellsWhatIsSafe(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		observer := &observed{}
		number := 0
		exchange := &Exchange{Timeout: time.Minute, MaxBody: 100, Next: roundTrip(func(req *http.Request) (*http.Response, error) {
			<-time.After(250 * time.Millisecond) // synctest's fake clock
			if number++; number == 1 {
				return nil, errReset
			}
			return respond(req, 201, `{"id":"x","keys":{"private_key":"SECRET"}}`, map[string]string{
				"X-Request-Id": "R-1", "Set-Cookie": "session=SECRET", "Content-Type": "application/json",
			}), nil
		})}
		retry := &Retry{Max: 1, Next: &Observe{Next: exchange, Observer: observer}}
		req := newRequest(t, t.Context(), "PUT", `{"name":"n","secret":"SECRET"}`, &Call{Family: Applications})
		req.Header.Set("Authorization", "Bearer SECRET")
		req.Header.Set("User-Agent", "test/1")
		resp, err := retry.RoundTrip(req)
		if err != nil {
			t.Fatal(err)
		}
		closeBody(resp)
		want := []Attempt{
			{
				Family: Applications, Method: "PUT", Host: "api.example", Path: "/v2/x", Number: 1, Latency: 250 * time.Millisecond,
				RequestHeader: http.Header{"User-Agent": {"test/1"}}, Err: errReset,
			},
			{
				Family: Applications, Method: "PUT", Host: "api.example", Path: "/v2/x", Number: 2, Latency: 250 * time.Millisecond,
				Status: 201, RequestID: "R-1", RequestHeader: http.Header{"User-Agent": {"test/1"}},
				ResponseHeader: http.Header{"X-Request-Id": {"R-1"}, "Content-Type": {"application/json"}},
			},
		}
		if diff := cmp.Diff(want, observer.attempts, cmpopts.IgnoreFields(Attempt{}, "RequestBody", "ResponseBody"),
			cmp.Comparer(func(a, b error) bool { return errors.Is(a, b) || errors.Is(b, a) })); diff != "" {
			t.Error(diff)
		}
		for i, wantAnswer := range []string{"", `{"id":"x","keys":{"private_key":"(redacted)"}}`} {
			if got := observer.attempts[i].RequestBody(); got != `{"name":"n","secret":"(redacted)"}` {
				t.Errorf("attempt %d sent %s", i+1, got)
			}
			if got := observer.attempts[i].ResponseBody(); got != wantAnswer {
				t.Errorf("attempt %d was answered %s", i+1, got)
			}
		}
	})
}

func TestObserveLeavesTheAnswerUnread(t *testing.T) {
	t.Parallel()
	observer := &observed{}
	observe := &Observe{Observer: observer, Next: &Exchange{Timeout: time.Minute, MaxBody: 100, Next: roundTrip(
		func(req *http.Request) (*http.Response, error) { return respond(req, 200, "body", nil), nil })}}
	resp, err := observe.RoundTrip(newRequest(t, t.Context(), "GET", "", &Call{}))
	if err != nil {
		t.Fatal(err)
	}
	defer closeBody(resp)
	if observer.attempts[0].ResponseBody() != "body" || observer.attempts[0].RequestBody() != "" {
		t.Error("the bodies are not as they were")
	}
	var read strings.Builder
	if _, err := resp.Body.(*memoryBody).WriteTo(&read); err != nil || read.String() != "body" {
		t.Errorf("the caller reads %q, %v", read.String(), err)
	}
}

// TestErrorsDoNotRepeatSecrets: the words of an error may repeat a secret that the request had, in its body or to sign in with.
func TestErrorsDoNotRepeatSecrets(t *testing.T) {
	t.Parallel()
	for status, kept := range map[int]bool{200: true, 400: false, 403: false, 500: false} {
		exchange := &Exchange{Timeout: time.Minute, MaxBody: 1000, Next: roundTrip(func(*http.Request) (*http.Response, error) {
			answer := `{"detail": "'Chosen\"0Secret' by SignIn0Secret of a key is too weak"}`
			return &http.Response{StatusCode: status, Body: io.NopCloser(strings.NewReader(answer))}, nil
		})}
		req := newRequest(t, t.Context(), "POST", `{"name": "a key", "list": [{"secret": "Chosen\"0Secret", "token": "of"}]}`, &Call{})
		req.SetBasicAuth("abcd1234", "SignIn0Secret")
		resp, err := exchange.RoundTrip(req)
		if err != nil {
			t.Fatal(err)
		}
		text, _ := io.ReadAll(resp.Body)
		if said := string(text); strings.Contains(said, "0Secret") != kept || !strings.Contains(said, "of a key is too weak") {
			t.Errorf("%d: %s", status, said)
		}
	}
}
