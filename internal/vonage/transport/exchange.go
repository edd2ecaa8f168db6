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

// DefaultMaxBody is how much of an answer is read: far above the largest page of any API (100 objects).
const DefaultMaxBody = 32 << 20

// Exchange is one attempt: it sends the request and reads the whole answer, within Timeout and MaxBody, so that an
// answer which breaks off is a failed attempt for the layers above. A write that has begun is awaited although its
// context is cancelled, for at most Timeout: whoever gives up half-way would not know what the account holds.
type Exchange struct {
	Next    http.RoundTripper
	Timeout time.Duration // for the whole attempt, its body included
	MaxBody int64         // in bytes
}

// RoundTrip implements http.RoundTripper. The body of its answers is in memory.
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
	timeout := &TimeoutError{After: e.Timeout}
	ctx, cancel := context.WithTimeoutCause(flight.ctx, e.Timeout, timeout)
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
	resp.Body = &memoryBody{Reader: bytes.NewReader(body), content: body}
	return resp, nil
}

// redirectTarget names a redirect's target without its query, which may repeat what was asked.
func redirectTarget(from *url.URL, location string) string {
	to, err := from.Parse(location)
	if err != nil {
		return "an unreadable address"
	}
	return to.Scheme + "://" + to.Host + to.EscapedPath()
}

// memoryBody is an answer's body that was read already; the observer looks at it without consuming it.
type memoryBody struct {
	*bytes.Reader
	content []byte
}

func (*memoryBody) Close() error { return nil }
