// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"net/http"
	"net/url"
	"sync"
	"time"
)

// Request is one API request as it was received. Requests of the control API are not among them.
type Request struct {
	Method string      `json:"method"`
	Path   string      `json:"path"`
	Query  url.Values  `json:"query,omitempty"`
	Header http.Header `json:"header"`
	Body   string      `json:"body,omitempty"`
	// Status is the HTTP status that was answered: 0 while the request is being processed, or when a fault closed the
	// connection instead of answering.
	Status int       `json:"status"`
	Time   time.Time `json:"time"`
}

// maxRequests is how many requests the log holds, and maxLogged how many bytes of their bodies.
const (
	maxRequests = 200_000
	maxLogged   = 256 << 20
)

type requestLog struct {
	mu      sync.Mutex
	journal journal[*Request]
	longest int // how many bytes of bodies are too many
	bytes   int // of the bodies in the journal, and of those that have left it since they were counted
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

// Requests are the API requests so far, in the order in which they arrived, with their answers' statuses. An answer that
// the client has seen is in the log.
func (e *Emulator) Requests() []Request {
	e.requests.mu.Lock()
	defer e.requests.mu.Unlock()
	copied := make([]Request, len(e.requests.journal.entries))
	for i, entry := range e.requests.journal.entries {
		copied[i] = *entry
	}
	return copied
}

// ResetRequests forgets the requests so far.
func (e *Emulator) ResetRequests() {
	e.requests.mu.Lock()
	defer e.requests.mu.Unlock()
	e.requests.journal.entries, e.requests.bytes = nil, 0
}
