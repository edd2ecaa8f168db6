// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"sync"

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
	where string // found's credentials come from
}

// Token implements vonage.TokenSource.
func (s *tokenSource) Token(ctx context.Context) (string, error) {
	if s.settingsErr != nil {
		return "", s.settingsErr
	}
	tokens, where, err := s.source(ctx)
	if err != nil {
		return "", err
	}
	transport.NameCredentials(ctx, where)
	token, err := tokens.Token(ctx)
	if err != nil {
		return "", credentialsErrorf("With %s: %s.", where, err)
	}
	return token, nil
}

func (s *tokenSource) source(ctx context.Context) (tokens vonage.TokenSource, where string, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.found != nil {
		return s.found, s.where, nil
	}
	application, err := s.credentials.application()
	if err != nil {
		return nil, "", err
	}
	logSource(ctx, application.source)
	s.where = application.source
	if application.jwt != "" {
		s.found = readyMade(application.jwt)
	} else {
		s.found = vonage.NewSigner(application.id, application.privateKey)
	}
	return s.found, s.where, nil
}

// readyMade is a token that the user supplies.
type readyMade string

// Token implements vonage.TokenSource.
func (t readyMade) Token(context.Context) (string, error) { return string(t), nil }
