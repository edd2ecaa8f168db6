// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"sync"

	"github.com/vonage/terraform-provider-vonage/internal/vonage"
)

// tokenSource returns bearer tokens. It looks for credentials when the first token is requested, and does not cache a
// failure: the key file may be written later in the same apply.
type tokenSource struct {
	credentials *credentials
	settingsErr error

	mu    sync.Mutex
	found vonage.TokenSource
}

// Token implements vonage.TokenSource.
func (s *tokenSource) Token(ctx context.Context) (string, error) {
	if s.settingsErr != nil {
		return "", s.settingsErr
	}
	tokens, err := s.source()
	if err != nil {
		return "", err
	}
	return tokens.Token(ctx)
}

func (s *tokenSource) source() (vonage.TokenSource, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.found != nil {
		return s.found, nil
	}
	application, err := s.credentials.application()
	if err != nil {
		return nil, err
	}
	if application.jwt != "" {
		s.found = readyMade(application.jwt)
	} else {
		s.found = vonage.NewSigner(application.id, application.privateKey)
	}
	return s.found, nil
}

// readyMade is a token that the user supplies.
type readyMade string

// Token implements vonage.TokenSource.
func (t readyMade) Token(context.Context) (string, error) { return string(t), nil }
