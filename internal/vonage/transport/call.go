// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

// Package transport holds the layers between the services of the Vonage client and the network, one http.RoundTripper
// per concern. From the outside in: Retry, Limit, Authenticate, Observe, Exchange.
package transport

import "context"

// Family identifies calls that share a rate limit and a kind of credentials.
type Family int

// The families, named after the attributes of requests_per_second.
const (
	Applications Family = iota
	NumbersList
	NumbersWrite // buy, cancel, update and search share one limit of the Numbers API
	Conversations
	Account // the account's own APIs: settings, secrets, subaccounts and whatever else belongs to an account
	Pricing
	families // their number
)

// String returns the name of the family's attribute in requests_per_second.
func (f Family) String() string {
	return [...]string{"applications", "numbers_list", "numbers_write", "conversations", "account", "pricing"}[f]
}

// Call describes a request to the layers beyond what HTTP says. It travels in the request's context and must not be
// shared between requests.
type Call struct {
	Family Family
	// Replayable allows a POST to be sent again although an earlier attempt may have taken effect, because its body
	// describes the whole resulting state. GET, HEAD, PUT and DELETE are always replayable.
	Replayable bool
	// Key and Secret, unless empty, are the API key and secret to sign in with instead of the client's own.
	Key, Secret string

	attempt     int
	unsettled   bool
	credentials string
}

// Unsettled reports whether the request may have taken effect without a confirming answer: some attempt ended in a
// lost connection, a timeout or a server error, and no later one succeeded.
func (c *Call) Unsettled() bool { return c.unsettled }

// Credentials says where the credentials of the request come from, for errors about them; "" if nobody has said so.
func (c *Call) Credentials() string { return c.credentials }

// NameCredentials records for Call.Credentials where the credentials of the request with this context come from.
func NameCredentials(ctx context.Context, where string) { callFrom(ctx).credentials = where }

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
