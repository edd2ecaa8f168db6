// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package transport

import (
	"context"
	"io"
	"net/http"
	"time"
)

// Observer is told what happens on the wire, in terms that are safe to log. Its methods are called from many goroutines
// and must not keep what they are given.
type Observer interface {
	// Attempt is called after every attempt, whatever its end.
	Attempt(ctx context.Context, attempt Attempt)
	// Waiting is called when a call has been waiting for its turn at a limit for ten seconds.
	Waiting(ctx context.Context, waiting Waiting)
}

// Attempt describes one attempt of one request. It has no query, no credentials and no header that is not on the
// allow-list; bodies come redacted.
type Attempt struct {
	Family  Family
	Method  string
	Host    string
	Path    string // escaped, without the query
	Number  int    // from 1; above 1 it is a retry
	Status  int    // 0 without an answer
	Latency time.Duration
	// RequestID is the X-Request-Id of the answer, if any.
	RequestID                     string
	RequestHeader, ResponseHeader http.Header
	// RequestBody and ResponseBody give the bodies with every secret replaced. They work when called, so that only those
	// who log bodies pay for it.
	RequestBody, ResponseBody func() string
	Err                       error
}

// Waiting describes a limit that calls queue for.
type Waiting struct {
	Family    Family
	PerSecond float64       // 0 when unlimited and only held back by the server's own word
	Queued    int           // calls in the queue, the one reporting included
	Expected  time.Duration // until the queue as it stands is served
}

// Observe tells an Observer about every attempt that passes.
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

// allowedHeaders are those that help to understand an exchange and can hold no secret.
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
