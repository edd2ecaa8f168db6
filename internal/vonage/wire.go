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
	"reflect"
	"slices"
	"strings"
	"time"
	"unicode"

	"github.com/vonage/terraform-provider-vonage/internal/vonage/transport"
)

// wire turns a service's call into an HTTP request and the answer into a document or an error. All services share
// one.
type wire struct {
	transport http.RoundTripper
	limit     *transport.Limit
	noURL     error // what a request without an origin fails with
	userAgent string
	timeout   time.Duration // of one attempt
}

// request is one call of an API.
type request struct {
	method string
	origin string
	path   string // made by pathOf: escaped, and without a trailing slash, which the gateway rejects
	fixed  bool   // the path names no object: a 404 means that the address is wrong, not that an object is absent
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

// do sends a request and returns the body of a successful response. If Vonage refused the request, the error is an
// *Error, except for a 404 from a fixed path.
func (w *wire) do(ctx context.Context, r request) ([]byte, error) {
	if r.origin == "" && w.noURL != nil {
		return nil, w.noURL
	}
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
	apiError := decodeError(resp, body)
	if apiError == nil {
		return body, nil
	}
	apiError.Credentials = r.call.Credentials()
	switch {
	case apiError.Status == http.StatusNotFound && r.fixed:
		// Not wrapped, so that IsNotFound does not hold: no object is absent.
		return nil, fmt.Errorf("%s %s%s: there is no such call at this address: %s", r.method, r.origin, r.path, apiError.Error())
	default:
		return nil, apiError
	}
}

// gaveUp is coalesce.Source.GaveUp of reads in this family.
func (w *wire) gaveUp(family transport.Family) func(time.Duration, error) error {
	return func(waited time.Duration, err error) error { return w.limit.Explain(family, waited, err) }
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

// unreadableError reports a successful response that does not have the documented form.
type unreadableError struct {
	err       error
	malformed bool // see IsMalformed
}

func (e *unreadableError) Error() string { return "Vonage's answer cannot be read: " + e.err.Error() }
func (e *unreadableError) Unwrap() error { return e.err }

func unreadable(format string, args ...any) error {
	return &unreadableError{err: fmt.Errorf(format, args...)}
}

// malformed reports that one object has a form that this client does not know.
func malformed(format string, args ...any) error {
	return &unreadableError{err: fmt.Errorf(format, args...), malformed: true}
}

// asMalformed returns the error of a document that is an object of a list: the others are known to be Vonage's.
func asMalformed(err error) error {
	if unknown, ok := errors.AsType[*unreadableError](err); ok {
		return &unreadableError{err: unknown.err, malformed: true}
	}
	return err
}

// decode decodes one JSON document. Numbers keep their text where the target type is open. A document of other types than
// documented is read as far as it means the same (see fit); if a part of it does not, into has the other parts.
func decode(body []byte, into any) error {
	err := decodeAs(body, into)
	if _, misfit := errors.AsType[*json.UnmarshalTypeError](err); !misfit {
		return err
	}
	var document any
	if err := decodeAs(body, &document); err != nil {
		return err
	}
	target := reflect.ValueOf(into).Elem()
	target.SetZero()
	fitted, err := json.Marshal(fit(document, target.Type()))
	if err != nil {
		return err
	}
	err = decodeAs(fitted, into)
	misfit, ok := errors.AsType[*json.UnmarshalTypeError](err)
	switch {
	case !ok:
		return err
	case misfit.Field == "":
		return unreadable("it cannot be a JSON %s", misfit.Value)
	default:
		return malformed("its %s cannot be a JSON %s", documentPath(misfit.Field), misfit.Value)
	}
}

// documentPath removes the names of embedded Go structs, which no document has, from the path of a field. The keys of
// Vonage's documents begin in lower case.
func documentPath(field string) string {
	keys := strings.Split(field, ".")
	return strings.Join(slices.DeleteFunc(keys, func(key string) bool { return key != "" && unicode.IsUpper(rune(key[0])) }), ".")
}

func decodeAs(body []byte, into any) error {
	decoder := json.NewDecoder(bytes.NewReader(body))
	decoder.UseNumber()
	if err := decoder.Decode(into); err != nil {
		if errors.Is(err, io.EOF) {
			return unreadable("it is empty")
		}
		return unreadable("%w", err)
	}
	if _, err := decoder.Token(); !errors.Is(err, io.EOF) { // More would overlook a closing brace
		return unreadable("something follows the JSON document")
	}
	if bytes.Equal(bytes.TrimSpace(body), []byte("null")) {
		return unreadable("it is null") // null fits every target and would look like an empty list
	}
	return nil
}
