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

// gate stands before an emulator and stops requests on their way in, so that a test knows of a request that it was sent and
// not yet carried out.
type gate struct {
	next http.Handler

	mu     sync.Mutex
	guards []*guard
}

// guard stops one request.
type guard struct {
	method, pattern string
	after           int // requests that match and pass

	arrived   chan struct{} // closed when the request is there
	abandoned chan struct{} // closed when whoever sent it has gone away instead of waiting
	open      chan struct{} // lets it pass
}

// newGate gives a gate before a handler, and its address.
func newGate(t *testing.T, next http.Handler) (*gate, string) {
	t.Helper()
	g := &gate{next: next}
	server := httptest.NewServer(g)
	t.Cleanup(server.Close)
	return g, server.URL
}

// stop stops the next request of this kind, such as "GET /v2/applications/*".
func (g *gate) stop(request string) *guard { return g.stopAfter(0, request) }

// stopAfter lets some requests of this kind pass before.
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
	body, err := io.ReadAll(r.Body) // only a server that has read all of a request notices that its sender goes away
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

// guardOf takes the guard of a request off its post.
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
