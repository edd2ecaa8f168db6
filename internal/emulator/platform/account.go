// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

// Package platform is what the emulated APIs of an account share: sign-in, errors, pages, limits, the request log and the
// HTTP server in front of them. It knows none of the APIs.
package platform

import (
	"context"
	"crypto/rsa"
	"net/http"
	"sync"
	"sync/atomic"
	"time"

	"github.com/google/uuid"
)

// Options configure the emulated account. The zero value is usable.
type Options struct {
	// APIKey and APISecret are the account's credentials; both empty means "abcd1234" and "Emulator0Secret".
	APIKey, APISecret string
	// SignatureSecret signs webhooks (HS256); empty means "emulator-signature-secret".
	SignatureSecret string
	// RateLimits is "off" (default) or "documented": the requests per second that Vonage publishes.
	RateLimits string
	// ProbeWebhooks makes the emulator send a GET to certain URLs before saving them, and refuse those that do not
	// answer 200: a number's moHttpUrl and the account's callback URLs.
	ProbeWebhooks bool
	// Latency is added to every answer.
	Latency time.Duration
	// Now is the emulator's clock; nil means time.Now.
	Now func() time.Time
	// HTTPClient delivers webhooks and probes URLs; nil means a default client.
	HTTPClient *http.Client
	// URL is the emulator's own origin; see SetURL.
	URL string
	// Received, if set, is called with every API request before it is processed, in the goroutine that serves it.
	Received func(LoggedRequest)
	// Variant selects between behaviours that no published source decides.
	Variant Variant
}

// Account is what all APIs of an account share: its options, its sign-in, its lock and its background work.
//
// One lock guards everything that the APIs of the account store. An endpoint takes it; functions that the APIs hand to
// each other expect it to be held, unless they say otherwise.
type Account struct {
	sync.Mutex
	Options

	// Secrets are the account's API secrets, which Basic authentication accepts.
	Secrets []Secret
	// KeyOf returns the public key that verifies an application's tokens, nil if there is none. It takes the lock.
	KeyOf func(applicationID string) *rsa.PublicKey

	Background *background

	setURL  atomic.Value // string: the origin set by SetURL
	seenURL atomic.Value // string: the origin of the last request
}

// Secret is one of an account's API secrets.
type Secret struct {
	ID, Value string
	Created   time.Time
}

// NewAccount returns an account with the options' credentials, or the default ones.
func NewAccount(options Options) *Account {
	if options.APIKey == "" && options.APISecret == "" {
		options.APIKey, options.APISecret = "abcd1234", "Emulator0Secret"
	}
	if options.SignatureSecret == "" {
		options.SignatureSecret = "emulator-signature-secret"
	}
	if options.Now == nil {
		options.Now = time.Now
	}
	if options.HTTPClient == nil {
		options.HTTPClient = webhookClient()
	}
	a := &Account{
		Options: options, Background: newBackground(),
		Secrets: []Secret{{ID: uuid.NewString(), Value: options.APISecret, Created: options.Now()}},
	}
	if options.URL != "" {
		a.SetURL(options.URL)
	}
	return a
}

// webhookClient opens a connection for every attempt: over a reused connection net/http repeats a GET by itself, so a
// webhook would be called more often than Vonage calls it.
func webhookClient() *http.Client {
	return &http.Client{Transport: &http.Transport{Proxy: http.ProxyFromEnvironment, DisableKeepAlives: true}}
}

// SetURL sets the emulator's own origin, which webhooks carry as region_url. Until then, the origin of the last
// request is used.
func (a *Account) SetURL(origin string) { a.setURL.Store(origin) }

// OwnURL returns the emulator's origin as far as it is known.
func (a *Account) OwnURL() string {
	if given, ok := a.setURL.Load().(string); ok {
		return given
	}
	seen, _ := a.seenURL.Load().(string)
	return seen
}

// probeTimeout is how long a probed URL may take.
const probeTimeout = 5 * time.Second

// Probe checks a webhook as the API does before saving it: it sends a GET and expects 200.
func (a *Account) Probe(r *Request, address string) bool {
	if address == "" || !a.ProbeWebhooks {
		return true
	}
	ctx, cancel := context.WithTimeout(r.Context(), probeTimeout)
	defer cancel()
	probing, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return false
	}
	got, err := a.HTTPClient.Do(probing)
	if err != nil {
		return false
	}
	_ = got.Body.Close()
	return got.StatusCode == http.StatusOK
}
