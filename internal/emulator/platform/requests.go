// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package platform

import (
	"net/http"
	"net/url"
	"slices"
	"sync"
	"time"
)

// Journal keeps the latest entries of a long-running log: when it is full, it drops the older half.
type Journal[T any] struct {
	Limit   int
	Entries []T
}

// Add appends an entry.
func (j *Journal[T]) Add(entry T) {
	if len(j.Entries) >= j.Limit {
		j.halve()
	}
	j.Entries = append(j.Entries, entry)
}

func (j *Journal[T]) halve() { j.Entries = slices.Delete(j.Entries, 0, (len(j.Entries)+1)/2) }

// LoggedRequest is an API request as received. Requests of the control API are not recorded.
type LoggedRequest struct {
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
	journal Journal[*LoggedRequest]
	longest int // maximum total size of the bodies, in bytes
	bytes   int // total size of the bodies, including those dropped since the last recount
}

func (l *requestLog) add(r *http.Request, body []byte, now time.Time) *LoggedRequest {
	entry := &LoggedRequest{
		Method: r.Method, Path: r.URL.Path, Query: r.URL.Query(), Header: r.Header.Clone(), Body: string(body), Time: now,
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.journal.Add(entry)
	l.bytes += len(body)
	for l.bytes > l.longest {
		l.journal.halve()
		l.bytes = 0
		for _, kept := range l.journal.Entries {
			l.bytes += len(kept.Body)
		}
	}
	return entry
}

func (l *requestLog) finish(entry *LoggedRequest, status int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	entry.Status = status
}

// Requests returns the API requests so far, in order of arrival, with the statuses of their answers. A status is
// recorded before the client can see the answer.
func (s *Server) Requests() []LoggedRequest {
	s.requests.mu.Lock()
	defer s.requests.mu.Unlock()
	copied := make([]LoggedRequest, len(s.requests.journal.Entries))
	for i, entry := range s.requests.journal.Entries {
		copied[i] = *entry
	}
	return copied
}

// ResetRequests clears the recorded requests.
func (s *Server) ResetRequests() {
	s.requests.mu.Lock()
	defer s.requests.mu.Unlock()
	s.requests.journal.Entries, s.requests.bytes = nil, 0
}
