// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package acctest

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"sync"
	"testing"

	"github.com/vonage/terraform-provider-vonage/internal/provider"
)

// InMemory connects provider and emulator by pipes instead of a port. In a testing/synctest bubble, retries, rate
// limits, timeouts and slow responses then take no real time. Such an Env cannot be used with the CLI.
//
// A connection to any other address fails, and with it the test.
func InMemory() Option {
	return func(s *settings) { s.inMemory = true }
}

// memoryOrigin is the origin of an emulator in memory. It is a loopback address because only those may use plain HTTP.
const memoryOrigin = "http://127.0.0.1:80"

// serveInMemory serves handler on pipes until the test ends. It returns a function that makes a transport to it; each
// provider needs its own, as each provider process has.
func serveInMemory(t *testing.T, handler http.Handler) func() provider.Option {
	t.Helper()
	listener := &pipes{connections: make(chan net.Conn), closed: make(chan struct{})}
	server := &http.Server{Handler: handler}   //nolint:gosec // no stranger reaches its pipes
	go func() { _ = server.Serve(listener) }() // ends with Close, and says so
	t.Cleanup(func() { _ = server.Close() })
	return func() provider.Option {
		transport := &http.Transport{DialContext: func(ctx context.Context, _, address string) (net.Conn, error) {
			if "http://"+address != memoryOrigin {
				t.Errorf("the provider connected to %s", address)
				return nil, fmt.Errorf("there is no way to %s", address)
			}
			return listener.dial(ctx)
		}}
		t.Cleanup(transport.CloseIdleConnections)
		return provider.WithTransport(transport)
	}
}

// pipes is a net.Listener whose connections are net.Pipes.
type pipes struct {
	connections chan net.Conn
	once        sync.Once
	closed      chan struct{}
}

func (p *pipes) dial(ctx context.Context) (net.Conn, error) {
	ours, theirs := net.Pipe()
	select {
	case p.connections <- theirs:
		return ours, nil
	case <-p.closed:
		return nil, net.ErrClosed
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// Accept implements net.Listener.
func (p *pipes) Accept() (net.Conn, error) {
	select {
	case connection := <-p.connections:
		return connection, nil
	case <-p.closed:
		return nil, net.ErrClosed
	}
}

// Close implements net.Listener.
func (p *pipes) Close() error {
	p.once.Do(func() { close(p.closed) })
	return nil
}

// Addr implements net.Listener.
func (p *pipes) Addr() net.Addr { return &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1), Port: 80} }
