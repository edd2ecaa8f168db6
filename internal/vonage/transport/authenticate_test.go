// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package transport

import (
	"context"
	"errors"
	"net/http"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestAuthenticateByFamily(t *testing.T) {
	t.Parallel()
	for family, want := range map[Family]string{
		Applications:  "Basic a2V5OnM6w6Qg",
		NumbersList:   "Basic a2V5OnM6w6Qg",
		NumbersWrite:  "Basic a2V5OnM6w6Qg",
		Conversations: "Bearer token",
		Account:       "Basic a2V5OnM6w6Qg",
		Pricing:       "Basic a2V5OnM6w6Qg",
	} {
		var got http.Header
		authenticate := &Authenticate{
			Basic:  func(context.Context) (string, string, error) { return "key", "s:ä ", nil },
			Bearer: func(context.Context) (string, error) { return "token", nil },
			Next: roundTrip(func(req *http.Request) (*http.Response, error) {
				got = req.Header
				if req.URL.User != nil || req.URL.RawQuery != "q=secret" {
					t.Errorf("%s: credentials in %s", family, req.URL)
				}
				return respond(req, 200, "", nil), nil
			}),
		}
		req := newRequest(t, t.Context(), "GET", "", &Call{Family: family})
		resp, err := authenticate.RoundTrip(req)
		closeBody(resp)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(http.Header{"Authorization": {want}}, got); diff != "" {
			t.Errorf("%s: %s", family, diff)
		}
		if len(req.Header) > 0 {
			t.Error("the caller's request was changed")
		}
	}
}

// TestAuthenticateWithoutCredentials: nothing is sent or retried, and the error wraps its cause.
func TestAuthenticateWithoutCredentials(t *testing.T) {
	t.Parallel()
	missing := errors.New("no api_secret")
	for name, test := range map[string]struct {
		authenticate Authenticate
		family       Family
		cause        error
	}{
		"account fails": {
			Authenticate{Basic: func(context.Context) (string, string, error) { return "", "", missing }}, Applications, missing,
		},
		"token fails":   {Authenticate{Bearer: func(context.Context) (string, error) { return "", missing }}, Conversations, missing},
		"no account":    {Authenticate{Bearer: func(context.Context) (string, error) { return "t", nil }}, NumbersList, nil},
		"no token":      {Authenticate{Basic: func(context.Context) (string, string, error) { return "k", "s", nil }}, Conversations, nil},
		"unknown call":  {Authenticate{}, Family(99), nil},
		"nothing known": {Authenticate{}, Applications, nil},
	} {
		next := &answers{results: []result{{status: 200}}}
		authenticate := test.authenticate
		authenticate.Next = next
		retry := &Retry{Next: &authenticate, Max: 3}
		call := &Call{Family: test.family}
		resp, err := retry.RoundTrip(newRequest(t, t.Context(), "POST", "x", call))
		closeBody(resp)
		if err == nil || test.cause != nil && !errors.Is(err, test.cause) {
			t.Errorf("%s: got %v", name, err)
		}
		if next.calls > 0 || call.attempt != 1 || call.Unsettled() {
			t.Errorf("%s: %d requests, %d attempts", name, next.calls, call.attempt)
		}
	}
}
