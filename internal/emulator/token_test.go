// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package emulator_test

import (
	"crypto/rand"
	"crypto/rsa"
	"net/http"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"

	"github.com/vonage/terraform-provider-vonage/internal/emulator"
)

const (
	applicationID = "1b1b1b1b-0000-4000-8000-000000000001"
	foreignID     = "1b1b1b1b-0000-4000-8000-000000000002"
)

// seedKeys seeds two applications with the test key.
func (a account) seedKeys() {
	a.t.Helper()
	for _, id := range []string{applicationID, foreignID} {
		seed(a.t, a.SeedApplication(id, document{"name": id, "keys": document{"public_key": publicPEM(a.t, testKey())}}))
	}
}

// claims returns claims that are valid for an hour from now; a change to nil removes a claim.
func claims(now time.Time, changes document) jwt.MapClaims {
	claims := jwt.MapClaims{
		"application_id": applicationID, "iat": now.Unix(), "exp": now.Add(time.Hour).Unix(), "jti": "7b0ba0b6-0000-4000-8000-000000000000",
	}
	for name, value := range changes {
		claims[name] = value
		if value == nil {
			delete(claims, name)
		}
	}
	return claims
}

func sign(t *testing.T, key *rsa.PrivateKey, claims jwt.MapClaims) string {
	t.Helper()
	signed, err := jwt.NewWithClaims(jwt.SigningMethodRS256, claims).SignedString(key)
	if err != nil {
		t.Fatal(err)
	}
	return signed
}

func bearer(token string) func(*http.Request) { return header("Authorization", "Bearer "+token) }

// as returns a valid token of an application, for an emulator that uses the system's clock.
func as(t *testing.T, application string) func(*http.Request) {
	t.Helper()
	return bearer(sign(t, testKey(), claims(time.Now(), document{"application_id": application})))
}

func TestTokensAreChecked(t *testing.T) {
	t.Parallel()
	now := newClock()
	a := newAccount(t, emulator.Options{Now: now.Now})
	a.seedKeys()
	seed(t, a.SeedApplication("keyless", document{"name": "keyless"}))
	seed(t, a.SeedConversation("CON-1", document{}))
	other, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	symmetric, err := jwt.NewWithClaims(jwt.SigningMethodHS256, claims(now.Now(), nil)).SignedString([]byte(publicPEM(t, testKey())))
	if err != nil {
		t.Fatal(err)
	}
	at := func(offset time.Duration) int64 { return now.Now().Add(offset).Unix() }
	with := func(changes document) func(*http.Request) {
		return bearer(sign(t, testKey(), claims(now.Now(), changes)))
	}
	acl := func(path string, rule document) document {
		return document{"acl": document{"paths": document{path: rule}}}
	}
	for _, test := range []struct {
		name string
		with func(*http.Request)
		code string // "" if the token is accepted
	}{
		{"good", with(nil), ""},
		{"no token", without("Authorization"), "missing-token"},
		{"Basic", func(*http.Request) {}, "invalid-token"},
		{"nonsense", bearer("nonsense"), "invalid-token"},
		{"other key", bearer(sign(t, other, claims(now.Now(), nil))), "invalid-token"},
		{"symmetric with the public key", bearer(symmetric), "invalid-token"},
		{"unknown application", with(document{"application_id": "x"}), "invalid-token"},
		{"no application", with(document{"application_id": nil}), "invalid-token"},
		{"application without key", with(document{"application_id": "keyless"}), "invalid-token"},
		{"no jti", with(document{"jti": nil}), "invalid-token"},
		{"neither iat nor exp", with(document{"iat": nil, "exp": nil}), "invalid-token"},
		{"iat as text", with(document{"iat": "now"}), "invalid-token"},
		{"no iat", with(document{"iat": nil}), ""},
		{"from the future", with(document{"iat": at(time.Second)}), "invalid-token"},
		{"not yet", with(document{"nbf": at(time.Second)}), "invalid-token"},
		{"too short", with(document{"exp": at(29 * time.Second)}), "invalid-token"},
		{"shortest", with(document{"exp": at(30 * time.Second)}), ""},
		{"expired", with(document{"iat": at(-time.Hour), "exp": at(0)}), "expired-token"},
		{"no exp", with(document{"iat": at(-15*time.Minute + time.Second), "exp": nil}), ""},
		{"no exp, old", with(document{"iat": at(-15 * time.Minute), "exp": nil}), "expired-token"},
		{"a day old", with(document{"iat": at(-24 * time.Hour), "exp": at(time.Hour)}), "expired-token"},
		{"nearly a day old", with(document{"iat": at(-24*time.Hour + time.Second), "exp": at(time.Hour)}), ""},
		{"acl", with(acl("/*/conversations/**", document{})), ""},
		{"acl for another path", with(acl("/*/users/**", document{})), "permission"},
		{"acl with one segment too few", with(acl("/*/conversations", document{})), "permission"},
		{"acl for another method", with(acl("/*/conversations/**", document{"methods": []string{"POST"}})), "permission"},
		{"acl for the method", with(acl("/*/conversations/*", document{"methods": []string{"GET"}})), ""},
		{"empty acl", with(document{"acl": document{}}), "permission"},
	} {
		got := a.get("/v1/conversations/CON-1", test.with)
		if test.code == "" {
			if got.status != 200 {
				t.Errorf("%s: HTTP status %d: %s", test.name, got.status, got.text)
			}
			continue
		}
		code := "system:error:" + test.code
		if got.status != 401 || got.json["code"] != code || got.json["type"] != "https://developer.nexmo.com/api/conversation#"+code {
			t.Errorf("%s: HTTP status %d, %s, want 401 %s", test.name, got.status, got.text, code)
		}
	}
	if title := a.get("/v1/conversations/CON-1").json["title"]; title != "Unauthorized." {
		t.Errorf("title %v", title)
	}
}

func TestClockSkewVariant(t *testing.T) {
	t.Parallel()
	now := newClock()
	a := newAccount(t, emulator.Options{Now: now.Now, Variant: emulator.Variant{ClockSkew: time.Minute}})
	a.seedKeys()
	seed(t, a.SeedConversation("CON-1", document{}))
	skewed := claims(now.Now(), document{"iat": now.Now().Add(time.Minute).Unix()})
	a.get("/v1/conversations/CON-1", bearer(sign(t, testKey(), skewed))).want(t, 200)
}
