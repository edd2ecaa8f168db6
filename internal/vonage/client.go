// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

// Package vonage is a client of the Vonage HTTP APIs that a Terraform provider needs. It knows nothing of Terraform.
package vonage

import (
	"cmp"
	"context"
	"crypto/tls"
	"net/http"
	"sync"
	"time"

	"github.com/vonage/terraform-provider-vonage/internal/vonage/transport"
)

// DefaultRequestTimeout is the time one attempt may take where Config names none.
const DefaultRequestTimeout = 30 * time.Second

// Config is what a Client needs to know. Nothing in it is used before the first call that needs it.
type Config struct {
	// APIURL and RESTURL are the origins of the two hosts, scheme://host[:port] without a trailing slash. There are no
	// regional hosts for what is configuration.
	APIURL, RESTURL string
	// UserAgent is sent with every request.
	UserAgent string
	// RequestTimeout is the time one attempt may take, the answer's body included; DefaultRequestTimeout when 0.
	RequestTimeout time.Duration
	// MaxRetries is how many attempts may follow a failed first one.
	MaxRetries int
	// RequestsPerSecond are the limits to keep to; 0 is none.
	RequestsPerSecond RequestsPerSecond
	// Account gives the API key and secret, asked on first use and again after an error. Calls that needed it fail with
	// its error, unchanged for errors.As.
	Account func(context.Context) (Account, error)
	// Token gives the JWT for calls made on behalf of an application, asked for every attempt.
	Token TokenSource
	// Transport does the HTTP; nil is one of the client's own: TLS 1.2 or newer, the system's roots, proxies from the
	// environment.
	Transport http.RoundTripper
	// Jitter gives how much later than planned a retry comes, in [0, 1); math/rand when nil.
	Jitter func() float64
	// Observer is told of attempts and long waits; nil is nobody.
	Observer transport.Observer
}

// RequestsPerSecond are limits per family of calls, in requests per second; fractions are allowed.
type RequestsPerSecond struct{ Applications, NumbersList, NumbersWrite, Conversations float64 }

// Account is an account's API key and secret.
type Account struct{ APIKey, APISecret string }

// TokenSource gives bearer tokens.
type TokenSource interface {
	Token(ctx context.Context) (string, error)
}

// Client calls the Vonage APIs. It is safe for concurrent use.
type Client struct {
	Applications  *ApplicationsService
	Numbers       *NumbersService
	Conversations *ConversationsService
	Calls         *CallsService
}

// New makes a client. It touches neither network nor credentials.
func New(config Config) *Client {
	config.RequestTimeout = cmp.Or(config.RequestTimeout, DefaultRequestTimeout)
	w := &wire{
		transport: newTransport(config),
		userAgent: config.UserAgent,
		timeout:   config.RequestTimeout,
	}
	return &Client{
		Applications:  newApplicationsService(w, config.APIURL),
		Numbers:       newNumbersService(w, config.RESTURL),
		Conversations: &ConversationsService{wire: w, origin: config.APIURL},
		Calls:         &CallsService{wire: w, origin: config.APIURL},
	}
}

// newTransport stacks the layers of package transport: every retry waits at the limit again and gets credentials of its own, and
// every attempt is observed.
func newTransport(config Config) http.RoundTripper {
	next := config.Transport
	if next == nil {
		next = newHTTPTransport()
	}
	next = &transport.Exchange{Next: next, Timeout: config.RequestTimeout, MaxBody: transport.DefaultMaxBody}
	if config.Observer != nil {
		next = &transport.Observe{Next: next, Observer: config.Observer}
	}
	authenticate := &transport.Authenticate{Next: next}
	if config.Account != nil {
		authenticate.Basic = basicAuth(config.Account)
	}
	if config.Token != nil {
		authenticate.Bearer = config.Token.Token
	}
	limit := transport.NewLimit(authenticate, map[transport.Family]float64{
		transport.Applications:  config.RequestsPerSecond.Applications,
		transport.NumbersList:   config.RequestsPerSecond.NumbersList,
		transport.NumbersWrite:  config.RequestsPerSecond.NumbersWrite,
		transport.Conversations: config.RequestsPerSecond.Conversations,
	}, config.Observer)
	return &transport.Retry{Next: limit, Max: config.MaxRetries, Jitter: config.Jitter}
}

// basicAuth asks for the account once it is needed, and again only after an error.
func basicAuth(account func(context.Context) (Account, error)) func(context.Context) (string, string, error) {
	var mu sync.Mutex
	var known *Account
	return func(ctx context.Context) (string, string, error) {
		mu.Lock()
		defer mu.Unlock()
		if known == nil {
			answer, err := account(ctx)
			if err != nil {
				return "", "", err
			}
			known = &answer
		}
		return known.APIKey, known.APISecret, nil
	}
}

func newHTTPTransport() http.RoundTripper {
	return &http.Transport{
		Proxy:               http.ProxyFromEnvironment,
		TLSClientConfig:     &tls.Config{MinVersion: tls.VersionTLS12},
		ForceAttemptHTTP2:   true,
		TLSHandshakeTimeout: 10 * time.Second,
		IdleConnTimeout:     90 * time.Second,
		// Terraform works on ten objects at a time; each can keep a connection.
		MaxIdleConnsPerHost: 10,
	}
}
