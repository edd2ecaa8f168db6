// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

// Package framework holds what all resources, data sources and functions of the provider share: the data they get from
// the provider, and helpers to report errors and to write state and identity.
package framework

import (
	"context"
	"crypto/rsa"
	"fmt"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/vonage/terraform-provider-vonage/internal/vonage"
)

// ProviderData is what the provider passes to its resources, data sources and other types. Nothing in it is read or
// checked before its first use.
type ProviderData struct {
	// Client calls the Vonage APIs. A call without the credentials it needs fails with a CredentialsError.
	Client *vonage.Client
	// Claims records what the resources of this run do with numbers.
	Claims Claims
	// SenderClaims records the same of the links of senders. A sender is a number whose country is its channel.
	SenderClaims Claims
	// Unfinished passes on subaccounts whose creation did not finish.
	Unfinished Unfinished
	// DefaultTemplate records which Verify template is to be the default after this run.
	DefaultTemplate Sole
	// GenerateKey generates a new RSA key.
	GenerateKey func() (*rsa.PrivateKey, error)
	// RandomText returns a text that nobody can guess: see crypto/rand.Text.
	RandomText func() string
	// Now returns the time of day.
	Now func() time.Time
	// HashIterations is how much work a hash of a secret takes: the iterations of PBKDF2 with SHA-256.
	HashIterations int
	// SigningKey returns the application and the key that the provider signs tokens with, or a CredentialsError.
	SigningKey func(context.Context) (SigningKey, error)
	// Application returns the application whose tokens the provider sends, or a CredentialsError.
	Application func(context.Context) (Application, error)
}

// SigningKey is what signs tokens: an application's id and its private key.
type SigningKey struct {
	ApplicationID string
	PrivateKey    *rsa.PrivateKey
}

// Data returns the data that the provider passed on. It is nil before the provider is configured, which is not an error:
// Terraform validates without configuring.
func Data(providerData any, diags *diag.Diagnostics) *ProviderData {
	if providerData == nil {
		return nil
	}
	data, ok := providerData.(*ProviderData)
	if !ok {
		diags.AddError("Unexpected provider data",
			fmt.Sprintf("The provider handed over a %T. This is a bug in the provider; please report it.", providerData))
	}
	return data
}
