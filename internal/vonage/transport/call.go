// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

// Package transport holds what happens to a request between a service of the Vonage client and the network, one
// http.RoundTripper per concern. From the outside in: Retry, Limit, Authenticate, Observe, Exchange.
package transport

import "context"

// Family groups the calls that share a rate limit and a kind of credentials.
type Family int

// The families, named after the attributes of requests_per_second.
const (
	Applications Family = iota
	NumbersList
	NumbersWrite // buy, cancel, update and search: what the Numbers API limits together
	Conversations
)

// String gives the name users know the family's limit by.
func (f Family) String() string {
	return [...]string{"applications", "numbers_list", "numbers_write", "conversations"}[f]
}

// Call is what the layers need to know of a request beyond HTTP itself. It travels in the request's context and belongs
// to one request at a time.
type Call struct {
	Family Family
	// Replayable marks a POST that may be sent again although an earlier attempt may have been carried out, because
	// its body describes the whole outcome. GET, HEAD, PUT and DELETE always may.
	Replayable bool

	attempt   int
	unsettled bool
}

// Unsettled reports whether the request may have been carried out although no answer says so: an attempt was sent and
// was met with a lost connection, a timeout or a server error, and none after it was accepted.
func (c *Call) Unsettled() bool { return c.unsettled }

type callKey struct{}

// WithCall attaches call to a request's context.
func WithCall(ctx context.Context, call *Call) context.Context {
	return context.WithValue(ctx, callKey{}, call)
}

func callFrom(ctx context.Context) *Call {
	if call, ok := ctx.Value(callKey{}).(*Call); ok {
		return call
	}
	return &Call{}
}
