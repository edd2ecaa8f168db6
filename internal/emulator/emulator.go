// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

// Package emulator is a stateful Vonage in memory: applications, numbers, conversations, users and calls behind one
// http.Handler that serves the paths of both Vonage hosts, refuses what the real API refuses, and lets a test see every
// request, seed every document and inject every fault.
//
// It is an independent reading of Vonage's published API descriptions. It shares no type with the provider's client and
// holds JSON documents, so that a wrong JSON tag in the client cannot agree with itself.
package emulator

import (
	"net/http"
	"sync"
	"sync/atomic"
	"time"
)

// Options describe the account that the emulator plays. Every zero value is usable.
type Options struct {
	// APIKey and APISecret are the account's credentials; both empty means "abcd1234" and "Emulator0Secret".
	APIKey, APISecret string
	// SignatureSecret signs webhooks (HS256); empty means "emulator-signature-secret".
	SignatureSecret string
	// RateLimits is "off" (default) or "documented": the requests per second that Vonage publishes.
	RateLimits string
	// ProbeWebhooks makes the account's webhooks prove that they are there before they are saved: moHttpUrl of a number,
	// and the callback URLs of the account.
	ProbeWebhooks bool
	// Latency is added to every answer.
	Latency time.Duration
	// Now is the emulator's clock; nil means time.Now.
	Now func() time.Time
	// HTTPClient delivers webhooks and probes URLs; nil means a client of its own.
	HTTPClient *http.Client
	// URL is the emulator's own origin, as SetURL gives it.
	URL string
	// Received, when set, sees every API request before it is processed, in the goroutine that serves it.
	Received func(Request)
	// Variant picks among the answers that no published source settles.
	Variant Variant
}

// Emulator is one Vonage account. It is an http.Handler, safe for use by many goroutines.
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
	sold              map[numberKey]document // what numbers that were bought here were offered for
	subaccountNumbers map[rental]bool        // bought with target_api_key
	searches          int
	balance           money
	settings          settings
	secrets           []secret

	webhooks   webhookLog
	background *background
	setURL     atomic.Value // string: the origin it was given
	seenURL    atomic.Value // string: the origin of the last request
}

// New starts an empty account.
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

// webhookClient opens a connection for every attempt: over one that is kept alive, net/http repeats a GET by itself, and a
// webhook would be called more often than Vonage calls it.
func webhookClient() *http.Client {
	return &http.Client{Transport: &http.Transport{Proxy: http.ProxyFromEnvironment, DisableKeepAlives: true}}
}

// Account is the credentials that the emulator accepts.
func (e *Emulator) Account() (apiKey, apiSecret string) { return e.options.APIKey, e.options.APISecret }

// SignatureSecret is what webhooks are signed with.
func (e *Emulator) SignatureSecret() string { return e.options.SignatureSecret }

// SetURL tells the emulator its own origin, which webhooks carry as region_url. Without, it is that of the last request.
func (e *Emulator) SetURL(origin string) { e.setURL.Store(origin) }

// ownURL is the emulator's origin, as far as it knows.
func (e *Emulator) ownURL() string {
	if given, ok := e.setURL.Load().(string); ok {
		return given
	}
	seen, _ := e.seenURL.Load().(string)
	return seen
}

// Close ends every call, lets held answers go and waits for every goroutine that the emulator started. Events that have
// not been delivered by then never will be.
func (e *Emulator) Close() { e.background.close() }
