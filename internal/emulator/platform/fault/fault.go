// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

// Package fault makes requests fail.
package fault

import (
	"cmp"
	"errors"
	"fmt"
	"net/http"
	"path"
	"slices"
	"strings"
	"sync"
	"time"
)

// Kind is a kind of failure.
type Kind string

// Kinds of failure. Each comment says whether the request is processed before its response fails.
const (
	// Late processes the request and delays the response. It is the default kind.
	Late Kind = "late"
	// CloseBefore closes the connection without processing the request.
	CloseBefore Kind = "close-before"
	// CloseAfter processes the request, then closes the connection without a response.
	CloseAfter Kind = "close-after"
	// Status refuses the request with Fault.Status (500 when 0), and with RetryAfter and Body if they are set.
	Status Kind = "status"
	// StatusAfter processes the request, then responds as Status does.
	StatusAfter Kind = "status-after"
	// HTML refuses the request with Fault.Status (502 when 0) and a gateway's HTML page.
	HTML Kind = "html"
	// Truncate processes the request and closes the connection after half of the response.
	Truncate Kind = "truncate"
	// Garbage processes the request and responds with bytes that are not JSON.
	Garbage Kind = "garbage"
	// Empty processes the request and responds with its status, but without a body.
	Empty Kind = "empty"
	// Slow processes the request and sends one byte of the response per Fault.Delay (one second when 0).
	Slow Kind = "slow"
	// Redirect refuses the request with Fault.Status (307 when 0) and Fault.Location.
	Redirect Kind = "redirect"
	// Oversize processes the request and appends Fault.Size bytes (100 MB when 0) of white space to the response.
	Oversize Kind = "oversize"
)

var kinds = []Kind{
	Late, CloseBefore, CloseAfter, Status, StatusAfter, HTML, Truncate, Garbage, Empty, Slow, Redirect, Oversize,
}

// Fault makes matching requests fail.
type Fault struct {
	// Method and Path select the requests; empty matches all. Path is a pattern for path.Match, where "*" matches one
	// segment: "/v2/applications/*".
	Method string `json:"method,omitempty"`
	Path   string `json:"path,omitempty"`
	// Account selects the requests whose credentials name the account with this API key; empty matches all.
	Account string `json:"account,omitempty"`
	// After is the number of matching requests to let pass first.
	After int `json:"after,omitempty"`
	// Times is the number of requests that fail after that: 0 means one, a negative number all.
	Times int  `json:"times,omitempty"`
	Kind  Kind `json:"kind"`
	// Status is the HTTP status for Status, StatusAfter, HTML and Redirect.
	Status int `json:"status,omitempty"`
	// RetryAfter is the Retry-After header for Status and StatusAfter, sent verbatim: seconds, a date, or an invalid
	// value.
	RetryAfter string `json:"retry_after,omitempty"`
	// Body and ContentType (application/json when empty) are used by Status and StatusAfter.
	Body        string `json:"body,omitempty"`
	ContentType string `json:"content_type,omitempty"`
	// Location is the target of Redirect.
	Location string `json:"location,omitempty"`
	// Size is the number of bytes that Oversize adds; Announced sends the total length in Content-Length.
	Size      int64 `json:"size,omitempty"`
	Announced bool  `json:"announced,omitempty"`
	// Delay delays the response for every kind; for Slow it is the time per byte. In the control API: "1m30s".
	Delay time.Duration `json:"delay,omitempty"`
}

// Fail adds a fault. If several faults match a request, the first added one with failures left applies; a fault's
// After counts only requests that no earlier fault applied to. What could never strike is an error, because a test of it would
// prove nothing: an unknown kind or method, a pattern that no path matches, an impossible status.
func (l *List) Fail(fault Fault) error {
	if fault.Kind == "" {
		fault.Kind = Late
	}
	if err := fault.check(); err != nil {
		return err
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if fault.Times == 0 {
		fault.Times = 1
	}
	l.pending = append(l.pending, &fault)
	return nil
}

func (f *Fault) check() error {
	_, err := path.Match(f.Path, "")
	switch {
	case !slices.Contains(kinds, f.Kind):
		return fmt.Errorf("there is no fault of kind %q: use one of %q", f.Kind, kinds)
	case f.Method != "" && !slices.Contains(methods, f.Method):
		return fmt.Errorf("no request has the method %q: use one of %q", f.Method, methods)
	case err != nil:
		return fmt.Errorf("path %q: %w", f.Path, err)
	case f.Path != "" && !strings.HasPrefix(f.Path, "/"):
		return fmt.Errorf("path %q: a path begins with /, such as /v2/applications/*", f.Path)
	case f.Status != 0 && (f.Status < 200 || f.Status > 999):
		return fmt.Errorf("%d is no HTTP status of an answer", f.Status)
	case f.After < 0 || f.Delay < 0 || f.Size < 0:
		return errors.New("after, delay and size cannot be below 0")
	}
	return nil
}

var methods = []string{
	http.MethodGet, http.MethodHead, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete, http.MethodOptions,
}

// ClearFaults removes all faults.
func (l *List) ClearFaults() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.pending = nil
}

// PendingFaults returns the faults that have failures left. A test whose fault is still pending did not test what it
// claims.
func (l *List) PendingFaults() []Fault {
	l.mu.Lock()
	defer l.mu.Unlock()
	left := []Fault{}
	for _, fault := range l.pending {
		if fault.Times != 0 {
			left = append(left, *fault)
		}
	}
	return left
}

// Save returns a function that puts the faults back as they are now.
func (l *List) Save() (restore func()) {
	saved := l.PendingFaults()
	return func() {
		l.mu.Lock()
		defer l.mu.Unlock()
		l.pending = nil
		for _, fault := range saved {
			l.pending = append(l.pending, &fault)
		}
	}
}

// List holds the faults to inject; the zero value is empty.
type List struct {
	mu      sync.Mutex
	pending []*Fault
}

// Next returns the fault that applies to a request, if there is one, and counts the request.
func (l *List) Next(account, method, requested string) (Fault, bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, fault := range l.pending {
		if fault.Times == 0 || !fault.matches(account, method, requested) {
			continue
		}
		if fault.After > 0 {
			fault.After--
			continue
		}
		if fault.Times > 0 {
			fault.Times--
		}
		return *fault, true
	}
	return Fault{}, false
}

func (f *Fault) matches(account, method, requested string) bool {
	if f.Method != "" && f.Method != method || f.Account != "" && f.Account != account {
		return false
	}
	if f.Path == "" {
		return true
	}
	matched, err := path.Match(f.Path, requested)
	return err == nil && matched
}

// Processes reports whether the request is processed although its response fails.
func (f *Fault) Processes() bool {
	return !slices.Contains([]Kind{CloseBefore, Status, HTML, Redirect}, f.Kind)
}

func (f *Fault) status(fallback int) int { return cmp.Or(f.Status, fallback) }

// Pause returns the delay before the response. A slow answer begins at once.
func (f *Fault) Pause() time.Duration {
	if f.Kind == Slow {
		return 0
	}
	return f.Delay
}
