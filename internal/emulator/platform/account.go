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

	"github.com/vonage/terraform-provider-vonage/internal/emulator/platform/background"
	"github.com/vonage/terraform-provider-vonage/internal/emulator/platform/clock"
	"github.com/vonage/terraform-provider-vonage/internal/emulator/platform/feed"
	"github.com/vonage/terraform-provider-vonage/internal/emulator/platform/journal"
	"github.com/vonage/terraform-provider-vonage/internal/emulator/platform/money"
	"github.com/vonage/terraform-provider-vonage/internal/emulator/platform/variant"
)

// Variant selects between behaviours that no published source decides.
type Variant = variant.Variant

// The credentials of an emulator that is given none.
const (
	DefaultAPIKey    = "abcd1234"
	DefaultAPISecret = "Emulator0Secret"
)

// Options configure the emulator and its first account. The zero value is usable.
type Options struct {
	// APIKey and APISecret are the account's credentials; both empty means DefaultAPIKey and DefaultAPISecret.
	APIKey, APISecret string
	// SignatureSecret signs the account's webhooks (HS256); empty means "emulator-signature-secret".
	SignatureSecret string
	// RateLimits is "off" (default) or "documented": the requests per second that Vonage publishes.
	RateLimits string
	// ProbeWebhooks makes the emulator send a GET to certain URLs before saving them, and refuse those that do not
	// answer 200: a number's moHttpUrl and the account's callback URLs.
	ProbeWebhooks bool
	// AllowHosts are the hosts, beside those of loopback addresses, under which the control API and the page answer; without
	// ports.
	AllowHosts []string
	// ControlToken, if it is set, is what the control API and the page ask for.
	ControlToken string
	// Latency is added to every response.
	Latency time.Duration
	// Now is the emulator's clock; nil means time.Now.
	Now func() time.Time
	// HTTPClient delivers webhooks and probes URLs; nil means a default client.
	HTTPClient *http.Client
	// URL is the emulator's own origin; see SetURL.
	URL string
	// Received, if set, is called with every API request before it is processed, in the goroutine that serves it.
	Received func(journal.Request)
	// Variant selects between behaviours that no published source decides.
	Variant Variant
}

// Account is what all APIs of one account share: its options, its sign-in, its money, and what all accounts share.
//
// One lock guards everything that the APIs of all accounts store. An endpoint takes it; functions that the APIs hand to
// each other expect it to be held, unless they say otherwise.
type Account struct {
	*shared
	Options

	// Primary is the account that this one is a subaccount of, or nil.
	Primary *Account
	Name    string
	Created time.Time
	// Suspended accounts cannot make API calls.
	Suspended bool
	// Purse is the account's own money. A subaccount that SharesBalance has none, but spends its primary's.
	Purse         money.Purse
	SharesBalance bool
	AutoReload    bool
	Settings      Settings

	// Secrets are the account's API secrets, which Basic authentication accepts.
	Secrets []Secret
	revoked []Secret // those that may still be accepted
	writes  *writes
	buckets []*bucket

	// KeyOf returns the public key that verifies an application's tokens, nil if there is none. It takes the lock.
	KeyOf func(applicationID string) *rsa.PublicKey
}

// shared is what all accounts of an emulator share.
type shared struct {
	sync.Mutex

	// processing is held by every request while it is processed, and by whoever wants none to be.
	processing sync.RWMutex

	Background *background.Background
	Clock      *clock.Clock
	// Feed passes on what happens to whoever watches.
	Feed *feed.Feed

	accounts []*Account   // in order of creation
	setURL   atomic.Value // string: the origin set by SetURL
	seenURL  atomic.Value // string: the origin of the last request
}

// startBalance is the money of an account that nobody has seeded.
const startBalance = 1000 * money.Euro

// NewAccount returns the first account of an emulator, with the options' credentials or the default ones.
func NewAccount(options Options) *Account {
	if options.APIKey == "" && options.APISecret == "" {
		options.APIKey, options.APISecret = DefaultAPIKey, DefaultAPISecret
	}
	if options.Now == nil {
		options.Now = time.Now
	}
	if options.HTTPClient == nil {
		options.HTTPClient = webhookClient()
	}
	common := &shared{Background: background.New(), Clock: clock.New(options.Now), Feed: feed.New()}
	options.Now = common.Clock.Now
	if options.URL != "" {
		common.SetURL(options.URL)
	}
	return newAccount(common, options)
}

// Another returns a further account of the same emulator, with the same options but for the credentials. Server.Open
// makes it reachable.
func (a *Account) Another(key, secret, signatureSecret string) *Account {
	options := a.Options
	options.APIKey, options.APISecret, options.SignatureSecret = key, secret, signatureSecret
	return newAccount(a.shared, options)
}

func newAccount(common *shared, options Options) *Account {
	if options.SignatureSecret == "" {
		options.SignatureSecret = "emulator-signature-secret"
	}
	now := options.Now()
	return &Account{
		shared: common, Options: options, Name: "Account " + options.APIKey, Created: now, Purse: money.Purse{Balance: startBalance},
		Secrets: []Secret{{ID: uuid.NewString(), Value: options.APISecret, Created: now}}, writes: &writes{},
	}
}

// BecomeSubaccount makes a new account a subaccount that spends its primary's money.
func (a *Account) BecomeSubaccount(primary *Account) {
	a.Primary, a.SharesBalance, a.Purse = primary, true, money.Purse{}
}

// Of returns the account with a key, if it is this one or one of its subaccounts. The caller must hold the lock.
func (a *Account) Of(key string) (*Account, bool) {
	for _, other := range a.accounts {
		if other.APIKey == key && (other == a || other.Primary == a) {
			return other, true
		}
	}
	return nil, false
}

// Subaccounts returns the account's subaccounts in order of creation. The caller must hold the lock.
func (a *Account) Subaccounts() []*Account {
	var found []*Account
	for _, other := range a.accounts {
		if other.Primary == a {
			found = append(found, other)
		}
	}
	return found
}

// Payer returns the account whose money this one spends. The caller must hold the lock.
func (a *Account) Payer() *Account {
	if a.SharesBalance && a.Primary != nil {
		return a.Primary
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
func (s *shared) SetURL(origin string) { s.setURL.Store(origin) }

// OwnURL returns the emulator's origin as far as it is known.
func (s *shared) OwnURL() string {
	if given, ok := s.setURL.Load().(string); ok {
		return given
	}
	seen, _ := s.seenURL.Load().(string)
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
