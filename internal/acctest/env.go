// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

// Package acctest runs the provider against its own emulator, in process or through a real CLI. It is imported only by
// tests in packages named _test.
package acctest

import (
	"maps"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/vonage/terraform-provider-vonage/internal/emulator"
	"github.com/vonage/terraform-provider-vonage/internal/provider"
)

// Env is one Vonage account and a provider configured for it. Every test has its own.
type Env struct {
	Emulator *emulator.Emulator
	// URL is the origin at which the emulator serves the paths of both API hosts.
	URL string
	// APIKey and APISecret are the credentials that the emulator accepts.
	APIKey, APISecret string
	// Factories create providers for a resource.TestCase. They are isolated from the process: no environment variables, no
	// home directory, an empty working directory, RSA keys from the pool of Key, and hashes
	// that take no time.
	Factories map[string]func() (tfprotov6.ProviderServer, error)

	providerOptions []provider.Option
	connect         func() provider.Option // nil: connect over the network
	runs            atomic.Int64           // providers so far
}

// Option configures the Env that New returns.
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

// WithProvider adds provider options; of two options that set the same thing, the later one wins.
func WithProvider(options ...provider.Option) Option {
	return func(s *settings) { s.provider = append(s.provider, options...) }
}

// Around wraps the emulator's handler, to observe or change requests and responses.
func Around(wrap func(emulator http.Handler) http.Handler) Option {
	return func(s *settings) { s.around = wrap }
}

// New starts an emulator on its own port and stops it when the test ends.
func New(t *testing.T, options ...Option) *Env {
	t.Helper()
	chosen := settings{provider: []provider.Option{
		provider.WithEnvironment(func(string) string { return "" }),
		provider.WithHome(t.TempDir()),
		provider.WithWorkingDirectory(t.TempDir()),
		provider.WithKeySource(new(keyPool).next),
		provider.WithHashIterations(1),
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
	t.Cleanup(account.Close) // releases responses that a fault delays; the server would wait for them
	e.providerOptions = chosen.provider
	e.APIKey, e.APISecret = account.Credentials()
	e.Factories = map[string]func() (tfprotov6.ProviderServer, error){
		"vonage": e.server,
	}
	return e
}

// server makes a provider. Unless a test chooses a clock, every provider runs an hour after the one before: whatever an
// earlier run has done is not recent.
func (e *Env) server() (tfprotov6.ProviderServer, error) {
	now := time.Date(2026, time.January, 1, 0, 0, 0, 0, time.UTC).Add(time.Duration(e.runs.Add(1)) * time.Hour)
	options := append([]provider.Option{provider.WithClock(func() time.Time { return now })}, e.providerOptions...)
	if e.connect != nil {
		options = append(options, e.connect())
	}
	return provider.NewServer(provider.New("test", options...)())
}

// Fail injects a fault.
func (e *Env) Fail(t *testing.T, fault emulator.Fault) {
	t.Helper()
	if err := e.Emulator.Fail(fault); err != nil {
		t.Fatal(err)
	}
}

var uuid = regexp.MustCompile(`[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}`)

// Calls returns the requests since the last call, such as "GET /v2/applications/ID": a UUID is shown as ID.
func (e *Env) Calls() []string {
	requests := e.Emulator.Requests()
	calls := make([]string, len(requests))
	for i, request := range requests {
		calls[i] = request.Method + " " + uuid.ReplaceAllString(request.Path, "ID")
	}
	e.Emulator.ResetRequests()
	return calls
}

// WantCalls checks the requests since the last call of it or of Calls.
func (e *Env) WantCalls(t *testing.T, want ...string) {
	t.Helper()
	if diff := cmp.Diff(append([]string{}, want...), e.Calls()); diff != "" {
		t.Errorf("API calls (-want +got):\n%s", diff)
	}
}

// URLs returns the methods, paths and queries of all requests that the emulator has recorded.
func (e *Env) URLs() []string {
	requests := e.Emulator.Requests()
	urls := make([]string, len(requests))
	for i, request := range requests {
		urls[i] = strings.TrimSuffix(request.Method+" "+request.Path+"?"+request.Query.Encode(), "?")
	}
	return urls
}

// ProviderConfig returns a provider block for the emulator, with rate limits off. extra are additional lines in it.
func (e *Env) ProviderConfig(extra ...string) string {
	lines := append([]string{
		`  api_key    = "` + e.APIKey + `"`,
		`  api_secret = "` + e.APISecret + `"`,
		`  api_url    = "` + e.URL + `"`,
		`  rest_url   = "` + e.URL + `"`,
		`  requests_per_second = { applications = 0, numbers_list = 0, numbers_write = 0, conversations = 0, account = 0, pricing = 0 }`,
	}, extra...)
	return "provider \"vonage\" {\n" + strings.Join(lines, "\n") + "\n}\n"
}

// ProviderValues returns the same configuration for a Protocol.
func (e *Env) ProviderValues() Values {
	return Values{
		"api_key": e.APIKey, "api_secret": e.APISecret, "api_url": e.URL, "rest_url": e.URL,
		"requests_per_second": Values{"applications": 0, "numbers_list": 0, "numbers_write": 0, "conversations": 0, "account": 0, "pricing": 0},
	}
}

// Protocol returns a client of a new provider configured for the emulator; more are additional settings.
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

// described caches the provider's schemas, which are the same in every run. Terraform caches them, too.
var described struct {
	sync.Once

	client *Protocol
}
