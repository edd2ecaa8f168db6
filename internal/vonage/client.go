// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

// Package vonage is a client for the Vonage HTTP APIs used by the provider. It does not depend on Terraform.
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

// DefaultRequestTimeout is the timeout of one attempt when Config does not set one.
const DefaultRequestTimeout = 30 * time.Second

// Config configures a Client. Its functions are called, and its values used, only when a request needs them.
type Config struct {
	// APIURL and RESTURL are the origins of the two hosts, scheme://host[:port] without a trailing slash.
	// Configuration has no regional hosts. A request to a host whose origin is "" fails with NoURL.
	APIURL, RESTURL string
	NoURL           error
	// UserAgent is sent with every request.
	UserAgent string
	// RequestTimeout is the timeout of one attempt, including reading the response's body; DefaultRequestTimeout when
	// 0.
	RequestTimeout time.Duration
	// MaxRetries is the maximum number of attempts after the first.
	MaxRetries int
	// RequestsPerSecond are the rate limits; 0 means unlimited.
	RequestsPerSecond RequestsPerSecond
	// Account returns the API key and secret. It is called on first use, and again only after an error. Calls that
	// need it wrap its error.
	Account func(context.Context) (Account, error)
	// Token issues the JWT for calls made on behalf of an application. It is asked for every attempt.
	Token TokenSource
	// Transport sends the requests; nil means the client's own transport: TLS 1.2 or newer, the system's root
	// certificates, proxies from the environment.
	Transport http.RoundTripper
	// Jitter returns the random part of a retry's delay, in [0, 1); math/rand when nil.
	Jitter func() float64
	// Observer receives attempts and long waits; may be nil.
	Observer transport.Observer
}

// RequestsPerSecond are limits per family of calls, in requests per second; fractions are allowed.
type RequestsPerSecond struct {
	Applications, NumbersList, NumbersWrite, Conversations, Account, Pricing float64
}

// Account is an account's API key and secret, and where they come from, for errors about them.
type Account struct{ APIKey, APISecret, Source string }

// TokenSource issues bearer tokens.
type TokenSource interface {
	Token(ctx context.Context) (string, error)
}

// Client calls the Vonage APIs. It is safe for concurrent use.
type Client struct {
	Applications    *ApplicationsService
	Numbers         *NumbersService
	Conversations   *ConversationsService
	Calls           *CallsService
	Subaccounts     *SubaccountsService
	Secrets         *SecretsService
	Account         *AccountService
	Pricing         *PricingService
	SIP             *SIPService
	Senders         *SendersService
	VerifyTemplates *VerifyTemplatesService
	Users           *UsersService

	account func(context.Context) (Account, error)
}

// APIKey returns the API key of the account that the client signs in to. It requires Config.Account.
func (c *Client) APIKey(ctx context.Context) (string, error) {
	account, err := c.account(ctx)
	return account.APIKey, err
}

// SignsInWith reports whether a secret of an account could be the one that the client signs in with: matches says so of its
// value. It requires Config.Account.
func (c *Client) SignsInWith(ctx context.Context, apiKey string, matches func(secret string) bool) (bool, error) {
	account, err := c.account(ctx)
	return err == nil && account.APIKey == apiKey && matches(account.APISecret), err
}

// AccountSource says where the account's credentials come from, for messages; "" if that is not known.
func (c *Client) AccountSource(ctx context.Context) string {
	account, _ := c.account(ctx)
	return account.Source
}

// New returns a client. It uses neither the network nor the credentials.
func New(config Config) *Client {
	config.RequestTimeout = cmp.Or(config.RequestTimeout, DefaultRequestTimeout)
	if config.Account != nil {
		config.Account = remember(config.Account)
	}
	requests, limit := newTransport(config)
	w := &wire{
		transport: requests,
		limit:     limit,
		noURL:     config.NoURL,
		userAgent: config.UserAgent,
		timeout:   config.RequestTimeout,
	}
	numbers := newNumbersService(w, config.RESTURL)
	writes := &accountWrites{wire: w}
	return &Client{
		Applications:    newApplicationsService(w, config.APIURL),
		Numbers:         numbers,
		Conversations:   &ConversationsService{wire: w, origin: config.APIURL},
		Calls:           &CallsService{wire: w, origin: config.APIURL},
		Subaccounts:     newSubaccountsService(w, writes, config.APIURL, config.Account, numbers),
		Secrets:         newSecretsService(w, writes, config.APIURL),
		Account:         newAccountService(w, writes, config.RESTURL, config.Account),
		Pricing:         &PricingService{wire: w, origin: config.RESTURL},
		SIP:             newSIPService(w, config.APIURL),
		Senders:         newSendersService(w, config.APIURL),
		VerifyTemplates: newVerifyTemplatesService(w, config.APIURL),
		Users:           newUsersService(w, config.APIURL),
		account:         config.Account,
	}
}

// newTransport stacks the layers of package transport, so that every retry waits for the rate limit and gets its own
// credentials, and every attempt is observed.
func newTransport(config Config) (http.RoundTripper, *transport.Limit) {
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
		authenticate.Basic = func(ctx context.Context) (string, string, error) {
			account, err := config.Account(ctx)
			transport.NameCredentials(ctx, account.Source)
			return account.APIKey, account.APISecret, err
		}
	}
	if config.Token != nil {
		authenticate.Bearer = config.Token.Token
	}
	limit := transport.NewLimit(authenticate, map[transport.Family]float64{
		transport.Applications:  config.RequestsPerSecond.Applications,
		transport.NumbersList:   config.RequestsPerSecond.NumbersList,
		transport.NumbersWrite:  config.RequestsPerSecond.NumbersWrite,
		transport.Conversations: config.RequestsPerSecond.Conversations,
		transport.Account:       config.RequestsPerSecond.Account,
		transport.Pricing:       config.RequestsPerSecond.Pricing,
	}, config.Observer)
	return &transport.Retry{Next: limit, Max: config.MaxRetries, Jitter: config.Jitter}, limit
}

// remember calls account on first use, and again only after an error.
func remember(account func(context.Context) (Account, error)) func(context.Context) (Account, error) {
	var mu sync.Mutex
	var known *Account
	return func(ctx context.Context) (Account, error) {
		mu.Lock()
		defer mu.Unlock()
		if known == nil {
			answer, err := account(ctx)
			if err != nil {
				return Account{}, err
			}
			known = &answer
		}
		return *known, nil
	}
}

func newHTTPTransport() http.RoundTripper {
	return &http.Transport{
		Proxy:               http.ProxyFromEnvironment,
		TLSClientConfig:     &tls.Config{MinVersion: tls.VersionTLS12},
		ForceAttemptHTTP2:   true,
		TLSHandshakeTimeout: 10 * time.Second,
		IdleConnTimeout:     90 * time.Second,
		// Terraform works on ten objects at a time by default; keep a connection for each.
		MaxIdleConnsPerHost: 10,
	}
}
