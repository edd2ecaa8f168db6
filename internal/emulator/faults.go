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

// FaultKind is a way of going wrong.
type FaultKind string

// The ways of going wrong. Those that process do what was asked before the answer is spoilt.
const (
	// Late does nothing but delay the answer. It is the kind of a fault that names none.
	Late FaultKind = "late"
	// CloseBefore closes the connection without doing what was asked.
	CloseBefore FaultKind = "close-before"
	// CloseAfter does what was asked, then closes the connection without an answer.
	CloseAfter FaultKind = "close-after"
	// Status refuses with Fault.Status, and with RetryAfter and Body when they are set.
	Status FaultKind = "status"
	// StatusAfter answers as Status does, after doing what was asked.
	StatusAfter FaultKind = "status-after"
	// HTML refuses with Fault.Status (502 when 0) and a gateway's HTML page.
	HTML FaultKind = "html"
	// Truncate does what was asked and closes the connection after half of the answer.
	Truncate FaultKind = "truncate"
	// Garbage does what was asked and answers bytes that are no JSON.
	Garbage FaultKind = "garbage"
	// Empty does what was asked and answers its status without a body.
	Empty FaultKind = "empty"
	// Slow does what was asked and answers one byte per Fault.Delay (one second when 0).
	Slow FaultKind = "slow"
	// Redirect refuses with Fault.Status (307 when 0) and Fault.Location.
	Redirect FaultKind = "redirect"
	// Oversize does what was asked and appends Fault.Size bytes (100 MB when 0) of white space to the answer.
	Oversize FaultKind = "oversize"
)

var faultKinds = []FaultKind{
	Late, CloseBefore, CloseAfter, Status, StatusAfter, HTML, Truncate, Garbage, Empty, Slow, Redirect, Oversize,
}

// Fault makes matching requests go wrong.
type Fault struct {
	// Method and Path select requests. An empty one matches all; Path is a pattern of path.Match, so "*" stands for one
	// segment: "/v2/applications/*".
	Method string `json:"method,omitempty"`
	Path   string `json:"path,omitempty"`
	// After lets that many matching requests pass first.
	After int `json:"after,omitempty"`
	// Times is how many requests go wrong then: 0 means one, a negative number all.
	Times int       `json:"times,omitempty"`
	Kind  FaultKind `json:"kind"`
	// Status is for Status, StatusAfter, HTML and Redirect.
	Status int `json:"status,omitempty"`
	// RetryAfter is the Retry-After header of Status and StatusAfter, as is: seconds, a date, or nonsense.
	RetryAfter string `json:"retry_after,omitempty"`
	// Body and ContentType (application/json when empty) are for Status and StatusAfter.
	Body        string `json:"body,omitempty"`
	ContentType string `json:"content_type,omitempty"`
	// Location is where Redirect points.
	Location string `json:"location,omitempty"`
	// Size is how many bytes Oversize adds, and Announced lets the header tell the length in advance.
	Size      int64 `json:"size,omitempty"`
	Announced bool  `json:"announced,omitempty"`
	// Delay holds back the answer of every kind; with Slow it is the time per byte. In the control API: "1m30s".
	Delay time.Duration `json:"delay,omitempty"`
}

// Fail makes requests go wrong. Of several faults that match a request, the first one added that has any left is taken;
// its After counts only requests that no earlier fault took. A fault with an unknown kind, a
// broken pattern or an impossible status is an error.
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

// ClearFaults forgets every fault that has not happened yet.
func (e *Emulator) ClearFaults() {
	e.faults.mu.Lock()
	defer e.faults.mu.Unlock()
	e.faults.pending = nil
}

// PendingFaults are the faults that have not happened, or not often enough, yet. A test whose fault is still pending did
// not test what it says.
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

// next takes the fault for a request, if there is one.
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

// processes tells whether the request is carried out before it goes wrong.
func (f *Fault) processes() bool {
	return !slices.Contains([]FaultKind{CloseBefore, Status, HTML, Redirect}, f.Kind)
}

func (f *Fault) status(fallback int) int { return cmp.Or(f.Status, fallback) }

// pause is the time before the answer. A slow answer begins at once.
func (f *Fault) pause() time.Duration {
	if f.Kind == Slow {
		return 0
	}
	return f.Delay
}
