// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"crypto/rand"
	"crypto/rsa"
	"net/http"
	"os"
)

// Option replaces something that a provider takes from its process. Tests use them, so that they can run in parallel.
type Option func(*vonageProvider)

// WithEnvironment replaces the environment variables.
func WithEnvironment(lookup func(name string) string) Option {
	return func(p *vonageProvider) { p.environment = lookup }
}

// WithHome replaces the user's home directory.
func WithHome(directory string) Option {
	return func(p *vonageProvider) { p.home = directory }
}

// WithWorkingDirectory replaces the directory that relative paths start from.
func WithWorkingDirectory(directory string) Option {
	return func(p *vonageProvider) { p.workingDirectory = directory }
}

// WithKeySource replaces the making of RSA keys, which takes its time.
func WithKeySource(generate func() (*rsa.PrivateKey, error)) Option {
	return func(p *vonageProvider) { p.generateKey = generate }
}

// WithTransport replaces what does the HTTP.
func WithTransport(transport http.RoundTripper) Option {
	return func(p *vonageProvider) { p.transport = transport }
}

// WithJitter replaces the chance in how long a retry waits: see vonage.Config.
func WithJitter(jitter func() float64) Option {
	return func(p *vonageProvider) { p.jitter = jitter }
}

// keyBits is the size of the keys Vonage makes itself (Application API 2.4.1).
const keyBits = 2048

func defaults(version string) *vonageProvider {
	home, err := os.UserHomeDir()
	if err != nil {
		home = "" // a process without a home has no files of the Vonage CLI in it
	}
	return &vonageProvider{
		version:     version,
		environment: os.Getenv,
		home:        home,
		generateKey: func() (*rsa.PrivateKey, error) { return rsa.GenerateKey(rand.Reader, keyBits) },
	}
}
