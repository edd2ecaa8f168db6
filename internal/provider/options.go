// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"crypto/rand"
	"crypto/rsa"
	"net/http"
	"os"
	"time"
)

// Option replaces a dependency that the provider otherwise takes from its process, so that tests can run in parallel.
type Option func(*vonageProvider)

// WithEnvironment replaces the environment variables.
func WithEnvironment(lookup func(name string) string) Option {
	return func(p *vonageProvider) { p.environment = lookup }
}

// WithHome replaces the user's home directory.
func WithHome(directory string) Option {
	return func(p *vonageProvider) { p.home = directory }
}

// WithWorkingDirectory replaces the directory that relative paths are resolved against.
func WithWorkingDirectory(directory string) Option {
	return func(p *vonageProvider) { p.workingDirectory = directory }
}

// WithKeySource replaces the generation of RSA keys, which is slow.
func WithKeySource(generate func() (*rsa.PrivateKey, error)) Option {
	return func(p *vonageProvider) { p.generateKey = generate }
}

// WithRandomText replaces the source of texts that nobody can guess.
func WithRandomText(text func() string) Option {
	return func(p *vonageProvider) { p.randomText = text }
}

// WithClock replaces the time of day.
func WithClock(now func() time.Time) Option {
	return func(p *vonageProvider) { p.now = now }
}

// WithHashIterations replaces the number of iterations that a hash of a secret takes, which makes it slow.
func WithHashIterations(iterations int) Option {
	return func(p *vonageProvider) { p.hashIterations = iterations }
}

// WithTransport replaces the HTTP transport.
func WithTransport(transport http.RoundTripper) Option {
	return func(p *vonageProvider) { p.transport = transport }
}

// WithJitter replaces the random part of the delay before a retry: see vonage.Config.
func WithJitter(jitter func() float64) Option {
	return func(p *vonageProvider) { p.jitter = jitter }
}

// keyBits is the size of the keys that Vonage generates itself (Application API 2.4.1).
const keyBits = 2048

// hashIterations makes a hash of a secret take some tenths of a second, as OWASP recommends for PBKDF2 with SHA-256
// (https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html).
const hashIterations = 600_000

func defaults(version string) *vonageProvider {
	home, err := os.UserHomeDir()
	if err != nil {
		home = "" // without a home directory there are no files of the Vonage CLI to read
	}
	return &vonageProvider{
		version:     version,
		environment: os.Getenv,
		home:        home,
		generateKey: func() (*rsa.PrivateKey, error) { return rsa.GenerateKey(rand.Reader, keyBits) },
		randomText:  rand.Text,
		now:         time.Now,

		hashIterations: hashIterations,
	}
}
