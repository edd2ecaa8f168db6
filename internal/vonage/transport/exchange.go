// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package transport

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"time"
)

// DefaultMaxBody is the maximum length of a response in bytes, far above the largest page of any API (100 objects).
const DefaultMaxBody = 32 << 20

// Exchange makes one attempt: it sends the request and reads the whole response, within Timeout and MaxBody, so that
// the layers above see a truncated response as a failed attempt. Once a write is being sent, Exchange waits for its
// answer for at most Timeout even if its context is cancelled: otherwise the caller would not know what the account
// holds.
type Exchange struct {
	Next    http.RoundTripper
	Timeout time.Duration // for the whole attempt, its body included
	MaxBody int64         // in bytes
}

// RoundTrip implements http.RoundTripper. The body of the returned response is in memory.
func (e *Exchange) RoundTrip(req *http.Request) (*http.Response, error) {
	parent := req.Context()
	if err := parent.Err(); err != nil {
		return nil, notSent(err)
	}
	if req.URL.Scheme != "https" && req.URL.Scheme != "http" {
		return nil, permanent(fmt.Errorf("unsupported scheme %q", req.URL.Scheme))
	}
	flight, stop := newFlight(parent, req.Method)
	defer stop()
	timeout := &TimeoutError{After: e.wait(parent)}
	ctx, cancel := context.WithTimeoutCause(flight.ctx, timeout.After, timeout)
	defer cancel()

	resp, err := e.exchange(req.WithContext(flight.trace(ctx))) //nolint:contextcheck // a write outlives its caller's context
	switch {
	case err == nil:
		return resp, nil
	case errors.Is(context.Cause(ctx), timeout): //nolint:contextcheck // as above
		err = timeout
	case ctx.Err() != nil && parent.Err() != nil:
		err = parent.Err()
	}
	return nil, &outcome{error: err, sent: flight.sent() && sent(err), permanent: isPermanent(err)}
}

// wait returns how long to wait for a response. A read's context ends at its deadline anyway.
func (e *Exchange) wait(ctx context.Context) time.Duration {
	deadline, ok := ctx.Deadline()
	if !ok {
		return e.Timeout
	}
	return min(e.Timeout, (time.Until(deadline) + e.Timeout*3/4).Round(time.Millisecond))
}

func (e *Exchange) exchange(req *http.Request) (*http.Response, error) {
	resp, err := e.Next.RoundTrip(req)
	if err != nil {
		return nil, err
	}
	stream := resp.Body
	defer func() { _ = stream.Close() }()
	if location := resp.Header.Get("Location"); resp.StatusCode/100 == 3 && location != "" {
		return nil, &RedirectError{Status: resp.StatusCode, Location: redirectTarget(req.URL, location)}
	}
	if resp.ContentLength > e.MaxBody {
		return nil, &BodyTooLargeError{Limit: e.MaxBody}
	}
	body, err := io.ReadAll(io.LimitReader(stream, e.MaxBody+1))
	if err != nil {
		return nil, fmt.Errorf("the answer (HTTP %d) broke off: %w", resp.StatusCode, err)
	}
	if int64(len(body)) > e.MaxBody {
		return nil, &BodyTooLargeError{Limit: e.MaxBody}
	}
	if resp.StatusCode >= http.StatusBadRequest {
		body = withoutSent(body, req)
	}
	resp.Body = &memoryBody{Reader: bytes.NewReader(body), content: body}
	return resp, nil
}

// redirectTarget returns a redirect's target without its query, which may repeat the request's parameters.
func redirectTarget(from *url.URL, location string) string {
	to, err := from.Parse(location)
	if err != nil {
		return "an unreadable address"
	}
	return to.Scheme + "://" + to.Host + to.EscapedPath()
}

// memoryBody is a body already read into memory, so that the observer can look at it without consuming it.
type memoryBody struct {
	*bytes.Reader
	content []byte
}

func (*memoryBody) Close() error { return nil }
