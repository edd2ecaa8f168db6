// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package token

import (
	"crypto/rand"
	"crypto/rsa"
	"encoding/json"
	"maps"
	"sync"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"
	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/vonage/terraform-provider-vonage/internal/schematype"
)

const applicationID = "aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa"

var key = sync.OnceValues(func() (*rsa.PrivateKey, error) { return rsa.GenerateKey(rand.Reader, 2048) })

func signingKey(t *testing.T) *rsa.PrivateKey {
	t.Helper()
	made, err := key()
	if err != nil {
		t.Fatal(err)
	}
	return made
}

// claimsOf verifies the signature and returns header and claims.
func claimsOf(t *testing.T, token string) (header, claims map[string]any) {
	t.Helper()
	mapped := jwt.MapClaims{}
	parsed, err := jwt.NewParser(jwt.WithoutClaimsValidation()).ParseWithClaims(token, mapped, func(*jwt.Token) (any, error) {
		return &signingKey(t).PublicKey, nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return parsed.Header, mapped
}

// mint returns a token for a configuration, issued at now.
func mint(t *testing.T, config webTokenModel, now time.Time) webTokenModel {
	t.Helper()
	claims, diags := config.toClaims(applicationID, now)
	if diags.HasError() {
		t.Fatal(diags)
	}
	token, err := claims.Sign(signingKey(t))
	if err != nil {
		t.Fatal(err)
	}
	return config.signed(token, claims)
}

func TestMint(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, time.January, 31, 9, 0, 0, 400_000_000, time.FixedZone("", 3600))
	const issued = 1769846390 // ten seconds before 08:00:00 UTC
	for name, test := range map[string]struct {
		config    webTokenModel
		want      map[string]any
		expiresAt string
	}{
		"defaults": {
			webTokenModel{},
			map[string]any{"exp": float64(issued + 10 + 900)},
			"2026-01-31T08:15:00Z",
		},
		"shortest": {
			webTokenModel{ExpiresIn: types.StringValue("30s")},
			map[string]any{"exp": float64(issued + 10 + 30)},
			"2026-01-31T08:00:30Z",
		},
		"longest, cut to a day less a second from iat on": {
			webTokenModel{ExpiresIn: types.StringValue("24h")},
			map[string]any{"exp": float64(issued + 86400 - 1)},
			"2026-02-01T07:59:49Z",
		},
		"just not cut": {
			webTokenModel{ExpiresIn: types.StringValue("23h59m49s")},
			map[string]any{"exp": float64(issued + 86400 - 1)},
			"2026-02-01T07:59:49Z",
		},
		"for a user": {
			webTokenModel{
				Subject: types.StringValue("alice"), NotBefore: types.StringValue("2026-01-31T09:05:00+01:00"),
				ACL: &acl{Paths: map[string]rule{
					"/*/users/**": {}, "/*/legs/**": {Methods: []string{"GET"}, Filters: map[string]string{"to": "447700900001"}},
				}},
			},
			map[string]any{
				"exp": float64(issued + 10 + 900), "sub": "alice", "nbf": float64(issued + 10 + 300),
				"acl": map[string]any{"paths": map[string]any{
					"/*/users/**": map[string]any{},
					"/*/legs/**":  map[string]any{"methods": []any{"GET"}, "filters": map[string]any{"to": "447700900001"}},
				}},
			},
			"2026-01-31T08:15:00Z",
		},
		"preset": {
			webTokenModel{ACLPreset: types.StringValue("client_sdk")},
			map[string]any{"exp": float64(issued + 10 + 900), "acl": map[string]any{"paths": map[string]any{
				"/*/users/**": map[string]any{}, "/*/conversations/**": map[string]any{}, "/*/sessions/**": map[string]any{},
				"/*/devices/**": map[string]any{}, "/*/image/**": map[string]any{}, "/*/media/**": map[string]any{},
				"/*/applications/**": map[string]any{}, "/*/push/**": map[string]any{}, "/*/knocking/**": map[string]any{},
				"/*/legs/**": map[string]any{}, "/*/rtc/**": map[string]any{},
			}}},
			"2026-01-31T08:15:00Z",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			minted := mint(t, test.config, now)
			header, claims := claimsOf(t, minted.JWT.ValueString())
			if diff := cmp.Diff(map[string]any{"alg": "RS256", "typ": "JWT"}, header); diff != "" {
				t.Error(diff)
			}
			want := map[string]any{"application_id": applicationID, "iat": float64(issued), "jti": minted.JTI.ValueString()}
			maps.Copy(want, test.want)
			if diff := cmp.Diff(want, claims); diff != "" {
				t.Error(diff)
			}
			if got := minted.IssuedAt.ValueString(); got != "2026-01-31T07:59:50Z" {
				t.Errorf("issued_at is %s", got)
			}
			if got := minted.ExpiresAt.ValueString(); got != test.expiresAt {
				t.Errorf("expires_at is %s", got)
			}
			if got := minted.ApplicationID.ValueString(); got != applicationID {
				t.Errorf("application_id is %s", got)
			}
		})
	}
}

// The result keeps the configuration's spelling, as Terraform requires; the claim has the canonical one.
func TestMintKeepsTheConfiguration(t *testing.T) {
	t.Parallel()
	config := webTokenModel{
		ApplicationID: schematype.NewApplicationID("AAAAAAAA-AAAA-4AAA-8AAA-AAAAAAAAAAAA"), ExpiresIn: types.StringValue("1800s"),
	}
	minted := mint(t, config, time.Now())
	if minted.ApplicationID.ValueString() != config.ApplicationID.ValueString() || minted.ExpiresIn != config.ExpiresIn {
		t.Errorf("got %v", minted)
	}
	if _, claims := claimsOf(t, minted.JWT.ValueString()); claims["application_id"] != applicationID {
		t.Errorf("the claim is %v", claims["application_id"])
	}
}

func TestMintRefusesTokensThatEndBeforeTheyBegin(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, time.January, 31, 8, 0, 0, 0, time.UTC)
	if _, diags := (webTokenModel{NotBefore: types.StringValue("2026-01-31T08:15:00Z")}).toClaims(applicationID, now); !diags.HasError() {
		t.Error("it was accepted")
	}
	mint(t, webTokenModel{NotBefore: types.StringValue("2026-01-31T08:14:59Z")}, now)
}

func TestRuleWithoutLimitsIsAnEmptyObject(t *testing.T) {
	t.Parallel()
	got, err := json.Marshal(acl{Paths: map[string]rule{"/**": {}}})
	if err != nil || string(got) != `{"paths":{"/**":{}}}` {
		t.Errorf("%s %v", got, err)
	}
}
