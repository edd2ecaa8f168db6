// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package vonage

import (
	"errors"
	"net/http"
	"slices"
	"strconv"
	"strings"
)

// Error is a refusal by Vonage in any of its error formats: RFC 7807 problems (Application, Account), problems with a
// code (Conversation, Users), "error-code" documents (rest.nexmo.com, also inside HTTP 200), old Voice errors, and
// empty or HTML bodies from the gateway.
type Error struct {
	// Status is the HTTP status. It can be 200: the Numbers API also reports failures with that status.
	Status int
	// Code is the API's own machine-readable code: "conversation:error:not-found", "420", or the fragment of the
	// problem's type ("payload-validation"). The type's host differs between responses, so only its fragment counts.
	Code string
	// Title and Detail are the API's own words.
	Title, Detail string
	// Instance identifies the occurrence to Vonage support; RequestID is the X-Request-Id header. Either may be empty.
	Instance, RequestID string
	// Credentials says where the credentials that were sent come from; "" if that is not known.
	Credentials string
	// InvalidParameters lists what was wrong with the request, by JSON path.
	InvalidParameters []InvalidParameter
}

// InvalidParameter is one entry of invalid_parameters in a refusal.
type InvalidParameter struct {
	Name   string `json:"name"`
	Reason string `json:"reason"`
}

// Error returns the API's own words and the ids to quote to Vonage support.
func (e *Error) Error() string {
	var b strings.Builder
	b.WriteString(e.summary())
	for _, p := range e.InvalidParameters {
		b.WriteString("; " + strings.Join(slices.DeleteFunc([]string{p.Name, p.Reason}, func(part string) bool { return part == "" }), ": "))
	}
	var refs []string
	if e.Code != "" {
		refs = append(refs, "code "+e.Code)
	}
	if e.Instance != "" {
		refs = append(refs, "instance "+e.Instance)
	}
	if e.RequestID != "" {
		refs = append(refs, "request id "+e.RequestID)
	}
	switch e.Status {
	case http.StatusUnauthorized, http.StatusForbidden, http.StatusNotFound: // what depends on whose credentials they are
		if e.Credentials != "" {
			refs = append(refs, "credentials: "+e.Credentials)
		}
	}
	if len(refs) > 0 {
		b.WriteString(" (" + strings.Join(refs, ", ") + ")")
	}
	return b.String()
}

func (e *Error) summary() string {
	title := strings.TrimSuffix(e.Title, ".")
	switch {
	case title != "" && e.Detail != "":
		return title + ": " + e.Detail
	case e.Detail != "":
		return e.Detail
	case title != "":
		return title
	default:
		return "Vonage answered without an explanation: " + statusText(e.Status)
	}
}

func statusText(status int) string {
	return strings.TrimSpace("HTTP " + strconv.Itoa(status) + " " + http.StatusText(status))
}

// IsNotFound reports whether err means that the object does not exist or belongs to another owner; the APIs do not
// distinguish the two. A 404 counts only if the API's own error says so: one from an intermediary, such as a proxy,
// says nothing about the object.
func IsNotFound(err error) bool {
	var e *Error
	return errors.Is(err, ErrNotFound) || errors.As(err, &e) && e.Status == http.StatusNotFound && e.Title+e.Detail+e.Code != ""
}

// IsOutdated reports whether err means that the account was changed at the same time, so that this change was refused.
// The type of the problem is that of any invalid request, so only its title tells
// (https://github.com/nexmo-se/vonage-subaccounts-proxy).
func IsOutdated(err error) bool {
	var e *Error
	return errors.As(err, &e) && strings.EqualFold(e.Title, "Outdated account")
}

// IsInvalid reports whether err means that Vonage refuses what was sent, or that it conflicts with what there is.
func IsInvalid(err error) bool {
	var e *Error
	return errors.As(err, &e) &&
		(e.Status == http.StatusBadRequest || e.Status == http.StatusConflict || e.Status == http.StatusUnprocessableEntity)
}

// IsForbidden reports whether err means that the credentials are valid, but do not allow this.
func IsForbidden(err error) bool {
	var e *Error
	return errors.As(err, &e) && e.Status == http.StatusForbidden
}

// IsUnauthorized reports whether err means that Vonage rejects the credentials.
func IsUnauthorized(err error) bool {
	var e *Error
	return errors.As(err, &e) && e.Status == http.StatusUnauthorized
}

// IsMalformed reports whether err is about a part of a response that has a form which this client does not know, rather than about an
// answer that is not Vonage's.
func IsMalformed(err error) bool {
	unreadable, ok := errors.AsType[*unreadableError](err)
	return ok && unreadable.malformed
}

// IsUnreadable reports whether err means that a successful response does not have the documented form.
func IsUnreadable(err error) bool {
	var unreadable *unreadableError
	return errors.As(err, &unreadable)
}

// ErrNotFound is wrapped by look-ups for which the API responds with an empty list instead of a 404.
var ErrNotFound = errors.New("not found")

// UnknownOutcomeError reports that a write was sent and that it could not be determined whether it took effect.
type UnknownOutcomeError struct {
	// Operation is what was attempted, such as "creating application \"x\"".
	Operation string
	// Repeatable is true if repeating the write is harmless; otherwise repeating it could apply it twice.
	Repeatable bool
	// Err is why there is no clear response.
	Err error
}

// Error names the operation and the reason.
func (e *UnknownOutcomeError) Error() string {
	return "the outcome of " + e.Operation + " is unknown: " + e.Err.Error()
}

// Unwrap returns the reason.
func (e *UnknownOutcomeError) Unwrap() error { return e.Err }

// IsUnknownOutcome reports whether a write failed that may have taken effect nevertheless.
func IsUnknownOutcome(err error) bool {
	_, unknown := errors.AsType[*UnknownOutcomeError](err)
	return unknown
}
