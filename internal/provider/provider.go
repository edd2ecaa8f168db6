// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

// Package provider implements the provider itself: the schema of the provider block, the sources of credentials, and the
// list of everything offered.
package provider

import (
	"context"
	"crypto/rsa"
	"net/http"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/provider"

	"github.com/vonage/terraform-provider-vonage/internal/framework"
	"github.com/vonage/terraform-provider-vonage/internal/vonage"
)

// vonageProvider holds the dependencies of the provider process; Configure passes on what the user configures.
type vonageProvider struct {
	version          string
	environment      func(name string) string
	home             string // "" if there is none
	workingDirectory string // "" is that of the process
	generateKey      func() (*rsa.PrivateKey, error)
	randomText       func() string
	now              func() time.Time
	hashIterations   int
	transport        http.RoundTripper // nil is the client's default
	jitter           func() float64    // nil is the client's default
}

var (
	_ provider.Provider                   = (*vonageProvider)(nil)
	_ provider.ProviderWithValidateConfig = (*vonageProvider)(nil)
)

// New returns the function with which the plugin server creates providers. version is the release's, such as "1.2.3".
func New(version string, options ...Option) func() provider.Provider {
	return func() provider.Provider {
		p := defaults(version)
		for _, option := range options {
			option(p)
		}
		return p
	}
}

// Metadata sets the provider's name and version.
func (p *vonageProvider) Metadata(_ context.Context, _ provider.MetadataRequest, resp *provider.MetadataResponse) {
	resp.TypeName = "vonage"
	resp.Version = p.version
}

// Configure passes a client to all resources, data sources and other types. It makes no request and reads no file: a
// configuration that needs no private key must work without one, and during a plan the credentials may not be known yet.
func (p *vonageProvider) Configure(ctx context.Context, req provider.ConfigureRequest, resp *provider.ConfigureResponse) {
	var config model
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	if resp.Diagnostics.HasError() {
		return
	}
	// An invalid setting is reported by the first call that uses the client: a configuration that only uses functions must
	// work whatever the environment contains.
	clientConfig, settingsErr := resolveSettings(ctx, config, p.environment)
	credentials := &credentials{sources: sources{
		config: config, environment: p.environment, home: p.home, workingDirectory: p.workingDirectory,
	}}
	tokens := &tokenSource{credentials: credentials, settingsErr: settingsErr}

	clientConfig.UserAgent = userAgent(p.version, req.TerraformVersion, p.environment)
	clientConfig.Transport = p.transport
	clientConfig.Jitter = p.jitter
	clientConfig.Observer = observer{}
	clientConfig.Token = tokens
	clientConfig.Account = func(ctx context.Context) (vonage.Account, error) {
		if settingsErr != nil {
			return vonage.Account{}, settingsErr
		}
		account, err := credentials.account()
		if err == nil {
			logSource(ctx, account.Source)
		}
		return account, err
	}
	data := &framework.ProviderData{
		Client:      vonage.New(clientConfig),
		GenerateKey: p.generateKey,
		RandomText:  p.randomText,
		Now:         p.now,

		HashIterations: p.hashIterations,
		SigningKey:     credentials.signingKey,
		Application:    tokens.application,
	}
	resp.ResourceData = data
	resp.DataSourceData = data
	resp.EphemeralResourceData = data
	resp.ListResourceData = data
	resp.ActionData = data
}
