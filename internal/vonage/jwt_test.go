// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package vonage_test

import (
	"crypto/rsa"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"
	"github.com/google/go-cmp/cmp"

	"github.com/vonage/terraform-provider-vonage/internal/vonage"
)

// clock is a clock that a test sets.
type clock struct {
	mu  sync.Mutex
	now time.Time
}

func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *clock) advance(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

func parseToken(t *testing.T, token string, key *rsa.PrivateKey, now func() time.Time) (jwt.MapClaims, map[string]any) {
	t.Helper()
	claims := jwt.MapClaims{}
	parsed, err := jwt.ParseWithClaims(token, claims, func(*jwt.Token) (any, error) { return &key.PublicKey, nil },
		jwt.WithValidMethods([]string{"RS256"}), jwt.WithTimeFunc(now), jwt.WithIssuedAt())
	if err != nil {
		t.Fatal(err)
	}
	return claims, parsed.Header
}

func TestSignerClaims(t *testing.T) {
	t.Parallel()
	c := &clock{now: time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)}
	signer := &vonage.Signer{ApplicationID: "app", Key: testKey(), Now: c.Now}
	token, err := signer.Token(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	claims, header := parseToken(t, token, testKey(), c.Now)
	if diff := cmp.Diff(map[string]any{"alg": "RS256", "typ": "JWT"}, header); diff != "" {
		t.Error(diff)
	}
	id, _ := claims["jti"].(string)
	if len(id) != 36 || id[14] != '4' || !strings.ContainsAny(id[19:20], "89ab") {
		t.Errorf("jti %q is not a version 4 UUID", id)
	}
	delete(claims, "jti")
	issued := float64(c.Now().Add(-10 * time.Second).Unix())
	if diff := cmp.Diff(jwt.MapClaims{"application_id": "app", "iat": issued, "exp": issued + 900}, claims); diff != "" {
		t.Error(diff)
	}
}

func TestSignerRenewsAtFourFifths(t *testing.T) {
	t.Parallel()
	c := &clock{now: time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)}
	signer := &vonage.Signer{ApplicationID: "app", Key: testKey(), Now: c.Now}
	token := func() string {
		token, err := signer.Token(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		return token
	}
	first := token()
	c.advance(12*time.Minute - time.Nanosecond)
	if token() != first {
		t.Error("a token was replaced before its time")
	}
	c.advance(time.Nanosecond)
	second := token()
	if second == first {
		t.Error("a token was used for more than 80 % of its lifetime")
	}
	one, _ := parseToken(t, second, testKey(), c.Now)
	c.advance(12 * time.Minute)
	two, _ := parseToken(t, token(), testKey(), c.Now)
	if one["jti"] == two["jti"] {
		t.Error("two tokens share their jti")
	}
}

func TestSignerIsSafeForConcurrentUse(t *testing.T) {
	t.Parallel()
	signer := vonage.NewSigner("app", testKey())
	tokens := make(chan string, 8)
	for range cap(tokens) {
		go func() {
			token, err := signer.Token(t.Context())
			if err != nil {
				t.Error(err)
			}
			tokens <- token
		}()
	}
	first := <-tokens
	for range cap(tokens) - 1 {
		if <-tokens != first {
			t.Error("more than one token was minted")
		}
	}
}

func TestClaimsSign(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	acl := map[string]any{"paths": map[string]any{"/*/users/**": map[string]any{"methods": []any{"GET"}}}}
	token, err := vonage.Claims{
		ApplicationID: "app", ID: "given", IssuedAt: at, NotBefore: at, ExpiresAt: at.Add(time.Hour), Subject: "alice", ACL: acl,
	}.Sign(testKey())
	if err != nil {
		t.Fatal(err)
	}
	claims, _ := parseToken(t, token, testKey(), func() time.Time { return at })
	want := jwt.MapClaims{
		"application_id": "app", "jti": "given", "iat": float64(at.Unix()), "nbf": float64(at.Unix()),
		"exp": float64(at.Unix() + 3600), "sub": "alice", "acl": acl,
	}
	if diff := cmp.Diff(want, claims); diff != "" {
		t.Error(diff)
	}
}
