// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package transport

import (
	"context"
	"io"
	"net/http"
	"strings"
	"testing"
)

// roundTrip is an in-memory transport.
type roundTrip func(*http.Request) (*http.Response, error)

func (f roundTrip) RoundTrip(req *http.Request) (*http.Response, error) { return f(req) }

// answers is a transport that returns its responses in order, repeating the last, and counts the requests.
type answers struct {
	results []result
	calls   int
}

type result struct {
	status int
	header map[string]string
	err    error
}

func (a *answers) RoundTrip(req *http.Request) (*http.Response, error) {
	next := a.results[min(a.calls, len(a.results)-1)]
	a.calls++
	if req.Body != nil {
		if _, err := io.Copy(io.Discard, req.Body); err != nil {
			return nil, err
		}
	}
	if next.err != nil {
		return nil, next.err
	}
	return respond(req, next.status, "", next.header), nil
}

func respond(req *http.Request, status int, body string, header map[string]string) *http.Response {
	resp := &http.Response{StatusCode: status, Header: http.Header{}, Body: io.NopCloser(strings.NewReader(body)), Request: req}
	for name, value := range header {
		resp.Header.Set(name, value)
	}
	return resp
}

// newRequest makes a request the way the services do.
func newRequest(t *testing.T, ctx context.Context, method, body string, call *Call) *http.Request { //nolint:revive // t first
	t.Helper()
	var reader io.Reader
	if body != "" {
		reader = strings.NewReader(body)
	}
	req, err := http.NewRequestWithContext(WithCall(ctx, call), method, "https://api.example/v2/x?q=secret", reader)
	if err != nil {
		t.Fatal(err)
	}
	return req
}

// closeBody closes the body of a response that the test does not examine further.
func closeBody(resp *http.Response) {
	if resp != nil {
		_ = resp.Body.Close()
	}
}
