// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"strings"
	"sync"

	"github.com/vonage/terraform-provider-vonage/internal/framework"
	"github.com/vonage/terraform-provider-vonage/internal/vonage"
	"github.com/vonage/terraform-provider-vonage/internal/vonage/transport"
)

// tokenSource returns bearer tokens. It looks for credentials when the first token is requested, and does not cache a
// failure: the key file may be written later in the same apply.
type tokenSource struct {
	credentials *credentials
	settingsErr error

	mu    sync.Mutex
	found vonage.TokenSource
	of    framework.Application // whose tokens found returns
}

// Token implements vonage.TokenSource.
func (s *tokenSource) Token(ctx context.Context) (string, error) {
	if s.settingsErr != nil {
		return "", s.settingsErr
	}
	tokens, application, err := s.source(ctx)
	if err != nil {
		return "", err
	}
	transport.NameCredentials(ctx, application.Source)
	token, err := tokens.Token(ctx)
	if err != nil {
		return "", credentialsErrorf("With %s: %s.", application.Source, err)
	}
	return token, nil
}

// application is framework.ProviderData.Application.
func (s *tokenSource) application(ctx context.Context) (framework.Application, error) {
	_, application, err := s.source(ctx)
	return application, err
}

func (s *tokenSource) source(ctx context.Context) (tokens vonage.TokenSource, of framework.Application, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.found != nil {
		return s.found, s.of, nil
	}
	application, err := s.credentials.application()
	if err != nil {
		return nil, framework.Application{}, err
	}
	logSource(ctx, application.source)
	s.of = framework.Application{ID: strings.ToLower(application.id), Source: application.source}
	if application.jwt != "" {
		s.found = readyMade(application.jwt)
	} else {
		s.found = vonage.NewSigner(application.id, application.privateKey)
	}
	return s.found, s.of, nil
}

// readyMade is a token that the user supplies.
type readyMade string

// Token implements vonage.TokenSource.
func (t readyMade) Token(context.Context) (string, error) { return string(t), nil }
