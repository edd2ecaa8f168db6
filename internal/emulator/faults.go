// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"cmp"
	"fmt"
	"path"
	"slices"
	"sync"
	"time"
)

// FaultKind is a kind of failure.
type FaultKind string

// Kinds of failure. Each comment says whether the request is processed before its answer fails.
const (
	// Late processes the request and delays the answer. It is the default kind.
	Late FaultKind = "late"
	// CloseBefore closes the connection without processing the request.
	CloseBefore FaultKind = "close-before"
	// CloseAfter processes the request, then closes the connection without an answer.
	CloseAfter FaultKind = "close-after"
	// Status refuses the request with Fault.Status (500 when 0), and with RetryAfter and Body if they are set.
	Status FaultKind = "status"
	// StatusAfter processes the request, then answers as Status does.
	StatusAfter FaultKind = "status-after"
	// HTML refuses the request with Fault.Status (502 when 0) and a gateway's HTML page.
	HTML FaultKind = "html"
	// Truncate processes the request and closes the connection after half of the answer.
	Truncate FaultKind = "truncate"
	// Garbage processes the request and answers with bytes that are not JSON.
	Garbage FaultKind = "garbage"
	// Empty processes the request and answers with its status, but without a body.
	Empty FaultKind = "empty"
	// Slow processes the request and sends one byte of the answer per Fault.Delay (one second when 0).
	Slow FaultKind = "slow"
	// Redirect refuses the request with Fault.Status (307 when 0) and Fault.Location.
	Redirect FaultKind = "redirect"
	// Oversize processes the request and appends Fault.Size bytes (100 MB when 0) of white space to the answer.
	Oversize FaultKind = "oversize"
)

var faultKinds = []FaultKind{
	Late, CloseBefore, CloseAfter, Status, StatusAfter, HTML, Truncate, Garbage, Empty, Slow, Redirect, Oversize,
}

// Fault makes matching requests fail.
type Fault struct {
	// Method and Path select the requests; empty matches all. Path is a pattern for path.Match, where "*" matches one
	// segment: "/v2/applications/*".
	Method string `json:"method,omitempty"`
	Path   string `json:"path,omitempty"`
	// After is the number of matching requests to let pass first.
	After int `json:"after,omitempty"`
	// Times is the number of requests that fail after that: 0 means one, a negative number all.
	Times int       `json:"times,omitempty"`
	Kind  FaultKind `json:"kind"`
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
	// Delay delays the answer for every kind; for Slow it is the time per byte. In the control API: "1m30s".
	Delay time.Duration `json:"delay,omitempty"`
}

// Fail adds a fault. If several faults match a request, the first added one with failures left applies; a fault's
// After counts only requests that no earlier fault applied to. An unknown kind, a malformed pattern or an impossible
// status is an error.
func (e *Emulator) Fail(fault Fault) error {
	if fault.Kind == "" {
		fault.Kind = Late
	}
	if !slices.Contains(faultKinds, fault.Kind) {
		return fmt.Errorf("there is no fault of kind %q: use one of %q", fault.Kind, faultKinds)
	}
	if _, err := path.Match(fault.Path, ""); err != nil {
		return fmt.Errorf("path %q: %w", fault.Path, err)
	}
	if fault.Status != 0 && (fault.Status < 200 || fault.Status > 999) {
		return fmt.Errorf("%d is no HTTP status of an answer", fault.Status)
	}
	e.faults.mu.Lock()
	defer e.faults.mu.Unlock()
	if fault.Times == 0 {
		fault.Times = 1
	}
	e.faults.pending = append(e.faults.pending, &fault)
	return nil
}

// ClearFaults removes all faults.
func (e *Emulator) ClearFaults() {
	e.faults.mu.Lock()
	defer e.faults.mu.Unlock()
	e.faults.pending = nil
}

// PendingFaults returns the faults that have failures left. A test whose fault is still pending did not test what it
// claims.
func (e *Emulator) PendingFaults() []Fault {
	e.faults.mu.Lock()
	defer e.faults.mu.Unlock()
	left := []Fault{}
	for _, fault := range e.faults.pending {
		if fault.Times != 0 {
			left = append(left, *fault)
		}
	}
	return left
}

type faultList struct {
	mu      sync.Mutex
	pending []*Fault
}

// next returns the fault that applies to a request, if there is one, and counts the request.
func (l *faultList) next(method, requested string) (Fault, bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, fault := range l.pending {
		if fault.Times == 0 || !fault.matches(method, requested) {
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

func (f *Fault) matches(method, requested string) bool {
	if f.Method != "" && f.Method != method {
		return false
	}
	if f.Path == "" {
		return true
	}
	matched, err := path.Match(f.Path, requested)
	return err == nil && matched
}

// processes reports whether the request is processed although its answer fails.
func (f *Fault) processes() bool {
	return !slices.Contains([]FaultKind{CloseBefore, Status, HTML, Redirect}, f.Kind)
}

func (f *Fault) status(fallback int) int { return cmp.Or(f.Status, fallback) }

// pause returns the delay before the answer. A slow answer begins at once.
func (f *Fault) pause() time.Duration {
	if f.Kind == Slow {
		return 0
	}
	return f.Delay
}
