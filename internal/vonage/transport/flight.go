// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package transport

import (
	"context"
	"net/http"
	"net/http/httptrace"
	"sync"
)

// flight tracks the progress of an attempt to decide whether cancelling may end it: a read ends at once, a write only
// while it waits for a connection. If the transport reports no connections, the write counts as being sent from the
// start.
type flight struct {
	ctx    context.Context //nolint:containedctx // lives exactly as long as one RoundTrip
	parent context.Context //nolint:containedctx // the same
	cancel context.CancelFunc

	mu    sync.Mutex
	begun bool
}

// newFlight derives the context of one attempt from the request's context. stop releases its resources.
func newFlight(parent context.Context, method string) (f *flight, stop func()) {
	f = &flight{parent: parent, begun: true}
	if method == http.MethodGet || method == http.MethodHead {
		f.ctx, f.cancel = context.WithCancel(parent)
		return f, f.cancel
	}
	f.ctx, f.cancel = context.WithCancel(context.WithoutCancel(parent))
	release := context.AfterFunc(parent, f.giveUpUnlessBegun)
	return f, func() {
		release()
		f.cancel()
	}
}

func (f *flight) giveUpUnlessBegun() {
	f.mu.Lock()
	defer f.mu.Unlock()
	if !f.begun && f.parent.Err() != nil {
		f.cancel()
	}
}

func (f *flight) trace(ctx context.Context) context.Context {
	return httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{
		// A second GetConn means that the first connection turned out to be closed before anything was written to it:
		// the only case in which net/http itself repeats a request that is not a read.
		GetConn: func(string) { f.set(false) },
		GotConn: func(httptrace.GotConnInfo) { f.set(true) },
	})
}

func (f *flight) set(begun bool) {
	f.mu.Lock()
	f.begun = begun
	f.mu.Unlock()
	f.giveUpUnlessBegun()
}

func (f *flight) sent() bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.begun
}
