// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package endtoend_test

import (
	"bytes"
	"io"
	"net/http"
	"net/http/httptest"
	"path"
	"slices"
	"strings"
	"sync"
	"testing"
)

// gate is a proxy in front of an emulator that holds back requests, so that a test can act when a request has been sent
// but not yet carried out.
type gate struct {
	next http.Handler

	mu     sync.Mutex
	guards []*guard
}

// guard holds back one request.
type guard struct {
	method, pattern string
	after           int // matching requests to let pass before

	arrived   chan struct{} // closed when the request has arrived
	abandoned chan struct{} // closed when the client has given up waiting
	open      chan struct{} // the test closes it to let the request pass
}

// newGate returns a gate in front of a handler, and its address.
func newGate(t *testing.T, next http.Handler) (*gate, string) {
	t.Helper()
	g := &gate{next: next}
	server := httptest.NewServer(g)
	t.Cleanup(server.Close)
	return g, server.URL
}

// stop holds back the next request of a kind, such as "GET /v2/applications/*".
func (g *gate) stop(request string) *guard { return g.stopAfter(0, request) }

// stopAfter holds back a request of a kind after letting others of that kind pass.
func (g *gate) stopAfter(others int, request string) *guard {
	method, pattern, _ := strings.Cut(request, " ")
	stopped := &guard{
		method: method, pattern: pattern, after: others,
		arrived: make(chan struct{}), abandoned: make(chan struct{}), open: make(chan struct{}),
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	g.guards = append(g.guards, stopped)
	return stopped
}

func (g *gate) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body) // a server notices that the client is gone only after reading the whole request
	if err != nil {
		return
	}
	r.Body = io.NopCloser(bytes.NewReader(body))
	if stopped := g.guardOf(r); stopped != nil {
		close(stopped.arrived)
		select {
		case <-stopped.open:
		case <-r.Context().Done():
			close(stopped.abandoned)
			return
		}
	}
	g.next.ServeHTTP(w, r)
}

// guardOf removes and returns the guard for a request, or nil.
func (g *gate) guardOf(r *http.Request) *guard {
	g.mu.Lock()
	defer g.mu.Unlock()
	i := slices.IndexFunc(g.guards, func(stopped *guard) bool {
		matched, err := path.Match(stopped.pattern, r.URL.Path)
		return err == nil && matched && stopped.method == r.Method
	})
	if i < 0 {
		return nil
	}
	stopped := g.guards[i]
	if stopped.after--; stopped.after >= 0 {
		return nil
	}
	g.guards = slices.Delete(g.guards, i, i+1)
	return stopped
}
