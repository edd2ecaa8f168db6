// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

// Package journal records what happened.
package journal

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

// Request is an API request as received. Requests of the control API are not recorded.
type Request struct {
	// Account is the API key of the account that the request's credentials name, or "" if they name none.
	Account string      `json:"account,omitempty"`
	Method  string      `json:"method"`
	Path    string      `json:"path"`
	Query   url.Values  `json:"query,omitempty"`
	Header  http.Header `json:"header"`
	Body    string      `json:"body,omitempty"`
	// Status is the HTTP status of the response: 0 while the request is being processed, or if a fault closed the
	// connection instead of answering.
	Status int       `json:"status"`
	Time   time.Time `json:"time"`
}

// maxRequests is the maximum number of recorded requests, maxLogged the maximum total size of their bodies in bytes.
const (
	maxRequests = 200_000
	maxLogged   = 256 << 20
)

// Requests is the log of the API requests.
type Requests struct {
	mu      sync.Mutex
	journal Journal[*Request]
	longest int // maximum total size of the bodies, in bytes
	bytes   int // total size of the bodies, including those dropped since the last recount
}

// NewRequests returns an empty log.
func NewRequests() *Requests {
	return &Requests{journal: Journal[*Request]{Limit: maxRequests}, longest: maxLogged}
}

// Add records a request that is about to be processed.
func (l *Requests) Add(account string, r *http.Request, body []byte, now time.Time) *Request {
	entry := &Request{
		Account: account, Method: r.Method, Path: r.URL.Path, Query: r.URL.Query(), Header: r.Header.Clone(), Body: string(body), Time: now,
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

// Finish records the status of a request's answer.
func (l *Requests) Finish(entry *Request, status int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	entry.Status = status
}

// All returns the API requests so far, in order of arrival, with the statuses of their responses. A status is recorded
// before the client can see the response.
func (l *Requests) All() []Request {
	l.mu.Lock()
	defer l.mu.Unlock()
	copied := make([]Request, len(l.journal.Entries))
	for i, entry := range l.journal.Entries {
		copied[i] = *entry
	}
	return copied
}

// Save returns a function that puts the log back as it is now.
func (l *Requests) Save() (restore func()) {
	l.mu.Lock()
	defer l.mu.Unlock()
	entries, size := slices.Clone(l.journal.Entries), l.bytes
	return func() {
		l.mu.Lock()
		defer l.mu.Unlock()
		l.journal.Entries, l.bytes = slices.Clone(entries), size
	}
}

// Reset clears the log.
func (l *Requests) Reset() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.journal.Entries, l.bytes = nil, 0
}
