// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package transport

import (
	"context"
	"io"
	"net/http"
	"time"
)

// Observer receives what happens on the wire, in a form that is safe to log. Its methods are called concurrently and
// must not retain their arguments.
type Observer interface {
	// Attempt is called after every attempt, successful or not.
	Attempt(ctx context.Context, attempt Attempt)
	// Waiting is called when a call has waited ten seconds for its rate limit.
	Waiting(ctx context.Context, waiting Waiting)
}

// Attempt describes one attempt of one request. It contains no query, no credentials and only allow-listed headers;
// secrets in the bodies are redacted.
type Attempt struct {
	Family  Family
	Method  string
	Host    string
	Path    string // escaped, without the query
	Number  int    // from 1; above 1 it is a retry
	Status  int    // 0 if there was no response
	Latency time.Duration
	// RequestID is the X-Request-Id of the response, if any.
	RequestID                     string
	RequestHeader, ResponseHeader http.Header
	// RequestBody and ResponseBody return the bodies with every secret replaced. They redact when called, so the cost
	// arises only if bodies are logged.
	RequestBody, ResponseBody func() string
	Err                       error
}

// Waiting describes a rate limit that calls are waiting for.
type Waiting struct {
	Family    Family
	PerSecond float64       // 0 if the family is unlimited and waits only because the server asked it to
	Queued    int           // number of waiting calls, including the reported one
	Expected  time.Duration // until all calls now waiting have been sent
}

// Observe reports every attempt to an Observer.
type Observe struct {
	Next     http.RoundTripper
	Observer Observer
}

// RoundTrip implements http.RoundTripper.
func (o *Observe) RoundTrip(req *http.Request) (*http.Response, error) {
	start := time.Now()
	resp, err := o.Next.RoundTrip(req)
	call := callFrom(req.Context())
	attempt := Attempt{
		Family: call.Family, Method: req.Method, Host: req.URL.Host, Path: req.URL.EscapedPath(), Number: call.attempt,
		Latency: time.Since(start), RequestHeader: allowed(req.Header), Err: err,
		RequestBody:  func() string { return Redact(requestBody(req)) },
		ResponseBody: func() string { return "" },
	}
	if err == nil {
		attempt.Status = resp.StatusCode
		attempt.RequestID = resp.Header.Get("X-Request-ID")
		attempt.ResponseHeader = allowed(resp.Header)
		if body, ok := resp.Body.(*memoryBody); ok {
			attempt.ResponseBody = func() string { return Redact(body.content) }
		}
	}
	o.Observer.Attempt(req.Context(), attempt)
	return resp, err
}

func requestBody(req *http.Request) []byte {
	if req.GetBody == nil {
		return nil
	}
	reader, err := req.GetBody()
	if err != nil {
		return nil
	}
	defer func() { _ = reader.Close() }()
	body, err := io.ReadAll(reader)
	if err != nil {
		return nil
	}
	return body
}

// allowedHeaders are the headers that help to diagnose an exchange and cannot contain secrets.
var allowedHeaders = []string{
	"Accept", "Content-Length", "Content-Type", "Date", "Retry-After", "Server", "User-Agent", "X-Ratelimit-Limit",
	"X-Ratelimit-Remaining", "X-Ratelimit-Reset", "X-Request-Id",
}

func allowed(header http.Header) http.Header {
	kept := http.Header{}
	for _, name := range allowedHeaders {
		if values := header.Values(name); len(values) > 0 {
			kept[name] = values
		}
	}
	return kept
}
