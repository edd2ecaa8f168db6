// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

// Package acctest runs the provider against an emulator of its own, in process, or through the real CLI. It is for tests
// only, from packages named _test.
package acctest

import (
	"maps"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/vonage/terraform-provider-vonage/internal/emulator"
	"github.com/vonage/terraform-provider-vonage/internal/provider"
)

// Env is one Vonage account and a provider to manage it with. No two tests share one.
type Env struct {
	Emulator *emulator.Emulator
	// URL is where the emulator serves the paths of both hosts.
	URL string
	// APIKey and APISecret are what the emulator accepts.
	APIKey, APISecret string
	// Factories make providers for a resource.TestCase. They see none of the process: no environment, no home, an empty
	// working directory, and keys from the pool of Key.
	Factories map[string]func() (tfprotov6.ProviderServer, error)

	providerOptions []provider.Option
	connect         func() provider.Option // nil: over the network
}

// Option changes what New makes.
type Option func(*settings)

type settings struct {
	emulator emulator.Options
	provider []provider.Option
	inMemory bool
	around   func(http.Handler) http.Handler
}

// WithEmulator changes the emulator's options.
func WithEmulator(change func(*emulator.Options)) Option {
	return func(s *settings) { change(&s.emulator) }
}

// WithProvider adds to the provider's options; the last of a kind holds.
func WithProvider(options ...provider.Option) Option {
	return func(s *settings) { s.provider = append(s.provider, options...) }
}

// Around puts something between the provider and the emulator.
func Around(wrap func(emulator http.Handler) http.Handler) Option {
	return func(s *settings) { s.around = wrap }
}

// New starts an emulator on a port of its own, which ends with the test.
func New(t *testing.T, options ...Option) *Env {
	t.Helper()
	chosen := settings{provider: []provider.Option{
		provider.WithEnvironment(func(string) string { return "" }),
		provider.WithHome(t.TempDir()),
		provider.WithWorkingDirectory(t.TempDir()),
		provider.WithKeySource(new(keyPool).next),
	}}
	for _, option := range options {
		option(&chosen)
	}
	account := emulator.New(chosen.emulator)
	e := &Env{Emulator: account}
	var handler http.Handler = account
	if chosen.around != nil {
		handler = chosen.around(handler)
	}
	if chosen.inMemory {
		e.URL = memoryOrigin
		e.connect = serveInMemory(t, handler)
	} else {
		server := httptest.NewServer(handler)
		t.Cleanup(server.Close)
		e.URL = server.URL
	}
	account.SetURL(e.URL)
	t.Cleanup(account.Close) // lets go of answers that a fault holds, for which the server would wait
	e.providerOptions = chosen.provider
	e.APIKey, e.APISecret = account.Account()
	e.Factories = map[string]func() (tfprotov6.ProviderServer, error){
		"vonage": e.server,
	}
	return e
}

func (e *Env) server() (tfprotov6.ProviderServer, error) {
	options := e.providerOptions
	if e.connect != nil {
		options = append(slices.Clone(options), e.connect())
	}
	return provider.NewServer(provider.New("test", options...)())
}

// ProviderConfig is a provider block for the emulator, without limits. extra are more lines for it.
func (e *Env) ProviderConfig(extra ...string) string {
	lines := append([]string{
		`  api_key    = "` + e.APIKey + `"`,
		`  api_secret = "` + e.APISecret + `"`,
		`  api_url    = "` + e.URL + `"`,
		`  rest_url   = "` + e.URL + `"`,
		`  requests_per_second = { applications = 0, numbers_list = 0, numbers_write = 0, conversations = 0 }`,
	}, extra...)
	return "provider \"vonage\" {\n" + strings.Join(lines, "\n") + "\n}\n"
}

// ProviderValues is the same for a Protocol.
func (e *Env) ProviderValues() Values {
	return Values{
		"api_key": e.APIKey, "api_secret": e.APISecret, "api_url": e.URL, "rest_url": e.URL,
		"requests_per_second": Values{"applications": 0, "numbers_list": 0, "numbers_write": 0, "conversations": 0},
	}
}

// Protocol is a client of a new provider that is configured for the emulator; more adds to its configuration.
func (e *Env) Protocol(t *testing.T, more ...Values) *Protocol {
	t.Helper()
	config := e.ProviderValues()
	for _, values := range more {
		maps.Copy(config, values)
	}
	server, err := e.server()
	if err != nil {
		t.Fatal(err)
	}
	described.Do(func() { described.client = NewProtocol(t, server) })
	p := *described.client
	p.t, p.server = t, server
	p.Configure(config).MustBeEmpty(t)
	return &p
}

// described knows the provider's schemas. They are the same in every run, so Terraform, too, asks for them once.
var described struct {
	sync.Once

	client *Protocol
}
