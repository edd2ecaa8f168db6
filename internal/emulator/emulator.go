// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

// Package emulator is a stateful in-memory Vonage API: applications, numbers, conversations, users and calls behind
// one http.Handler. The handler serves the paths of both Vonage hosts and refuses what the real API refuses; tests
// can inspect every request, seed any document and inject faults.
//
// It is an independent interpretation of Vonage's published API descriptions. It shares no types with the provider's
// client and stores JSON documents, so that a wrong JSON tag in the client cannot match the same mistake here.
package emulator

import (
	"net/http"
	"sync"
	"sync/atomic"
	"time"
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
	Received func(Request)
	// Variant selects between behaviours that no published source decides.
	Variant Variant
}

// Emulator is one Vonage account. It is an http.Handler and safe for concurrent use.
type Emulator struct {
	options  Options
	api      *http.ServeMux
	control  *http.ServeMux
	requests requestLog
	faults   faultList

	mu            sync.Mutex // guards the account: everything below
	applications  *applicationStore
	numbers       *numberStore
	conversations *conversationStore
	users         userStore
	calls         *callStore

	inventory         *numberStore
	sold              map[numberKey]document // the original offers of numbers that were bought here
	subaccountNumbers map[rental]bool        // bought with target_api_key
	searches          int
	balance           money
	settings          settings
	secrets           []secret

	webhooks   webhookLog
	background *background
	setURL     atomic.Value // string: the origin set by SetURL
	seenURL    atomic.Value // string: the origin of the last request
}

// New returns an emulator with an empty account.
func New(options Options) *Emulator {
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
	e := &Emulator{
		options:       options,
		requests:      requestLog{journal: journal[*Request]{limit: maxRequests}, longest: maxLogged},
		webhooks:      webhookLog{journal: journal[Webhook]{limit: maxWebhooks}},
		applications:  newApplicationStore(),
		numbers:       newNumberStore(),
		conversations: newConversationStore(),
		calls:         newCallStore(maxLegs),

		inventory:         newNumberStore(),
		sold:              map[numberKey]document{},
		subaccountNumbers: map[rental]bool{},
		balance:           defaultBalance,
		secrets:           []secret{{id: newUUID(), value: options.APISecret, created: options.Now()}},

		background: newBackground(),
	}
	if options.URL != "" {
		e.SetURL(options.URL)
	}
	e.api, e.control = e.apiRoutes(), e.controlRoutes()
	return e
}

// webhookClient opens a connection for every attempt: over a reused connection net/http repeats a GET by itself, so a
// webhook would be called more often than Vonage calls it.
func webhookClient() *http.Client {
	return &http.Client{Transport: &http.Transport{Proxy: http.ProxyFromEnvironment, DisableKeepAlives: true}}
}

// Account returns the credentials that the emulator accepts.
func (e *Emulator) Account() (apiKey, apiSecret string) { return e.options.APIKey, e.options.APISecret }

// SignatureSecret returns the secret that signs webhooks.
func (e *Emulator) SignatureSecret() string { return e.options.SignatureSecret }

// SetURL sets the emulator's own origin, which webhooks carry as region_url. Until then, the origin of the last
// request is used.
func (e *Emulator) SetURL(origin string) { e.setURL.Store(origin) }

// ownURL returns the emulator's origin as far as it is known.
func (e *Emulator) ownURL() string {
	if given, ok := e.setURL.Load().(string); ok {
		return given
	}
	seen, _ := e.seenURL.Load().(string)
	return seen
}

// Close ends all calls, releases delayed answers and waits for every goroutine that the emulator started. Undelivered
// events are dropped.
func (e *Emulator) Close() { e.background.close() }
