// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package vonage

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/vonage/terraform-provider-vonage/internal/vonage/transport"
)

// wire turns a service's call into HTTP and an answer into a document or an error. The services share one.
type wire struct {
	transport http.RoundTripper
	userAgent string
	timeout   time.Duration // of one attempt
}

// request is one call of an API.
type request struct {
	method string
	origin string
	path   string // made by pathOf: escaped, without a trailing slash, which the gateway does not forgive
	fixed  bool   // the path names no object: a 404 does not say that one is absent, but that the address is wrong
	query  url.Values
	json   any        // body of api.nexmo.com
	form   url.Values // body of rest.nexmo.com
	call   *transport.Call
}

// pathOf joins path segments, escaping each.
func pathOf(segments ...string) string {
	var path strings.Builder
	for _, segment := range segments {
		path.WriteString("/" + url.PathEscape(segment))
	}
	return path.String()
}

// do sends a request and gives the body of a successful answer. The error of anything else is, or wraps, a *Error where
// Vonage has answered.
func (w *wire) do(ctx context.Context, r request) ([]byte, error) {
	req, err := w.newRequest(ctx, r)
	if err != nil {
		return nil, err
	}
	resp, err := w.transport.RoundTrip(req)
	if err != nil {
		return nil, fmt.Errorf("%s %s%s: %w", r.method, r.origin, r.path, err)
	}
	defer func() { _ = resp.Body.Close() }()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		return nil, fmt.Errorf("%s %s%s: %w", r.method, r.origin, r.path, err)
	}
	refusal := decodeError(resp, body)
	switch {
	case refusal == nil:
		return body, nil
	case refusal.Status == http.StatusNotFound && r.fixed:
		// Not wrapped: whoever asks would take it for the absence of an object.
		return nil, fmt.Errorf("%s %s%s: there is no such call at this address: %s", r.method, r.origin, r.path, refusal.Error())
	default:
		return nil, refusal
	}
}

func (w *wire) newRequest(ctx context.Context, r request) (*http.Request, error) {
	address, err := url.Parse(r.origin + r.path)
	if err != nil {
		return nil, err
	}
	address.RawQuery = r.query.Encode()
	var body io.Reader
	contentType := ""
	switch {
	case r.json != nil:
		document, err := json.Marshal(r.json)
		if err != nil {
			return nil, err
		}
		body, contentType = bytes.NewReader(document), "application/json"
	case r.form != nil:
		body, contentType = strings.NewReader(r.form.Encode()), "application/x-www-form-urlencoded"
	}
	req, err := http.NewRequestWithContext(transport.WithCall(ctx, r.call), r.method, address.String(), body)
	if err != nil {
		return nil, err
	}
	req.Header.Set("Accept", "application/json")
	if contentType != "" {
		req.Header.Set("Content-Type", contentType)
	}
	if w.userAgent != "" {
		req.Header.Set("User-Agent", w.userAgent)
	}
	return req, nil
}

// unreadableError is a successful answer that is not what the API promises.
type unreadableError struct{ err error }

func (e *unreadableError) Error() string { return "Vonage's answer cannot be read: " + e.err.Error() }
func (e *unreadableError) Unwrap() error { return e.err }

func unreadable(format string, args ...any) error {
	return &unreadableError{err: fmt.Errorf(format, args...)}
}

// decode reads one JSON document. Numbers keep their text where the target is open.
func decode(body []byte, into any) error {
	decoder := json.NewDecoder(bytes.NewReader(body))
	decoder.UseNumber()
	if err := decoder.Decode(into); err != nil {
		if errors.Is(err, io.EOF) {
			return unreadable("it is empty")
		}
		return unreadable("%w", err)
	}
	if _, err := decoder.Token(); !errors.Is(err, io.EOF) { // More would overlook a brace
		return unreadable("something follows the JSON document")
	}
	if bytes.Equal(bytes.TrimSpace(body), []byte("null")) {
		return unreadable("it is null") // which fits every target and would pass for an empty list
	}
	return nil
}
