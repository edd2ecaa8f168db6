// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"net/http"
	"net/url"
	"sync"
	"time"
)

// Request is an API request as received. Requests of the control API are not recorded.
type Request struct {
	Method string      `json:"method"`
	Path   string      `json:"path"`
	Query  url.Values  `json:"query,omitempty"`
	Header http.Header `json:"header"`
	Body   string      `json:"body,omitempty"`
	// Status is the HTTP status of the answer: 0 while the request is being processed, or if a fault closed the
	// connection instead of answering.
	Status int       `json:"status"`
	Time   time.Time `json:"time"`
}

// maxRequests is the maximum number of recorded requests, maxLogged the maximum total size of their bodies in bytes.
const (
	maxRequests = 200_000
	maxLogged   = 256 << 20
)

type requestLog struct {
	mu      sync.Mutex
	journal journal[*Request]
	longest int // maximum total size of the bodies, in bytes
	bytes   int // total size of the bodies, including those dropped since the last recount
}

func (l *requestLog) add(r *http.Request, body []byte, now time.Time) *Request {
	entry := &Request{
		Method: r.Method, Path: r.URL.Path, Query: r.URL.Query(), Header: r.Header.Clone(), Body: string(body), Time: now,
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.journal.add(entry)
	l.bytes += len(body)
	for l.bytes > l.longest {
		l.journal.halve()
		l.bytes = 0
		for _, kept := range l.journal.entries {
			l.bytes += len(kept.Body)
		}
	}
	return entry
}

func (l *requestLog) finish(entry *Request, status int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	entry.Status = status
}

// Requests returns the API requests so far, in order of arrival, with the statuses of their answers. A status is
// recorded before the client can see the answer.
func (e *Emulator) Requests() []Request {
	e.requests.mu.Lock()
	defer e.requests.mu.Unlock()
	copied := make([]Request, len(e.requests.journal.entries))
	for i, entry := range e.requests.journal.entries {
		copied[i] = *entry
	}
	return copied
}

// ResetRequests clears the recorded requests.
func (e *Emulator) ResetRequests() {
	e.requests.mu.Lock()
	defer e.requests.mu.Unlock()
	e.requests.journal.entries, e.requests.bytes = nil, 0
}
