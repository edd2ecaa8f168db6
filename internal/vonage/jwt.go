// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package vonage

import (
	"context"
	"crypto/rsa"
	"fmt"
	"sync"
	"time"

	"github.com/golang-jwt/jwt/v5"
	"github.com/google/uuid"
)

const (
	// DefaultTokenLifetime is the lifetime of the tokens that a Signer issues, and the lifetime that the server
	// assumes for a token without exp.
	DefaultTokenLifetime = 15 * time.Minute
	// MaxTokenLifetime is the age after which the server rejects a token regardless of its exp
	// (https://api.support.vonage.com/hc/en-us/articles/360000958407).
	MaxTokenLifetime = 24 * time.Hour

	// ClockSkew is how far iat is set back, because the documentation promises no tolerance for a client's clock that
	// is ahead.
	ClockSkew = 10 * time.Second
)

// Claims are the claims of a Vonage token.
type Claims struct {
	// ApplicationID is the application whose key signs the token.
	ApplicationID string
	// ID is the jti; a new UUID when empty.
	ID string
	// IssuedAt is required; NotBefore and ExpiresAt are omitted when zero. Their resolution is one second.
	IssuedAt, NotBefore, ExpiresAt time.Time
	// Subject is the name of a Client SDK user; a token without a subject has administrator rights.
	Subject string
	// ACL restricts the paths that the token may access, in Vonage's format {"paths": {…}}; nil means no restriction.
	ACL any
}

// Sign returns a token signed with RS256.
func (c Claims) Sign(key *rsa.PrivateKey) (string, error) {
	if c.ID == "" {
		c.ID = NewTokenID()
	}
	claims := jwt.MapClaims{"application_id": c.ApplicationID, "jti": c.ID, "iat": c.IssuedAt.Unix()}
	if !c.NotBefore.IsZero() {
		claims["nbf"] = c.NotBefore.Unix()
	}
	if !c.ExpiresAt.IsZero() {
		claims["exp"] = c.ExpiresAt.Unix()
	}
	if c.Subject != "" {
		claims["sub"] = c.Subject
	}
	if c.ACL != nil {
		claims["acl"] = c.ACL
	}
	token, err := jwt.NewWithClaims(jwt.SigningMethodRS256, claims).SignedString(key)
	if err != nil {
		return "", fmt.Errorf("signing a token: %w", err)
	}
	return token, nil
}

// NewTokenID returns a new token id, a random UUID.
func NewTokenID() string { return uuid.NewString() }

// Signer is a TokenSource that issues administrator tokens for one application. It reuses a token for 80 % of its
// lifetime.
type Signer struct {
	ApplicationID string
	Key           *rsa.PrivateKey
	Now           func() time.Time // time.Now when nil

	mu      sync.Mutex
	token   string
	renewAt time.Time
}

// NewSigner returns a Signer that uses the system's clock.
func NewSigner(applicationID string, key *rsa.PrivateKey) *Signer {
	return &Signer{ApplicationID: applicationID, Key: key}
}

// Token implements TokenSource.
func (s *Signer) Token(context.Context) (string, error) {
	now := time.Now
	if s.Now != nil {
		now = s.Now
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	at := now()
	if s.token != "" && at.Before(s.renewAt) {
		return s.token, nil
	}
	issued := at.Add(-ClockSkew)
	token, err := Claims{
		ApplicationID: s.ApplicationID, IssuedAt: issued, ExpiresAt: issued.Add(DefaultTokenLifetime),
	}.Sign(s.Key)
	if err != nil {
		return "", err
	}
	s.token, s.renewAt = token, at.Add(DefaultTokenLifetime*8/10)
	return token, nil
}
