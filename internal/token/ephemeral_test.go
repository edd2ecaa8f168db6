// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package token_test

import (
	"fmt"
	"maps"
	"strings"
	"testing"
	"time"

	"github.com/vonage/terraform-provider-vonage/internal/acctest"
	"github.com/vonage/terraform-provider-vonage/internal/vonage"
)

type values = acctest.Values

const (
	applicationA   = "aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa"
	applicationB   = "bbbbbbbb-bbbb-4bbb-8bbb-bbbbbbbbbbbb"
	conversationID = "CON-1"

	keyA, keyB = 7, 6
)

// newEnv returns an account with two applications, each with a key of the pool and a conversation.
func newEnv(t *testing.T) *acctest.Env {
	t.Helper()
	env := acctest.New(t)
	for id, key := range map[string]int{applicationA: keyA, applicationB: keyB} {
		application := values{"name": id, "keys": values{"public_key": acctest.PublicKey(key)}, "capabilities": values{}}
		if err := env.Emulator.SeedApplication(id, application); err != nil {
			t.Fatal(err)
		}
		if err := env.Emulator.SeedConversation("CON-"+id, values{"id": "CON-" + id, "application_id": id}); err != nil {
			t.Fatal(err)
		}
	}
	return env
}

func asA() values {
	return values{"application_id": applicationA, "private_key": acctest.PrivateKey(keyA)}
}

// Vonage accepts the token, as one of the intended application.
func TestJWTIsAccepted(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		provider, config values
		want             string
	}{
		"the provider's key":          {asA(), values{}, applicationA},
		"a key of its own":            {asA(), values{"application_id": applicationB, "private_key": acctest.PrivateKey(keyB)}, applicationB},
		"without a key of a provider": {nil, values{"application_id": applicationB, "private_key": acctest.PrivateKey(keyB)}, applicationB},
		"for a day":                   {asA(), values{"expires_in": "24h"}, applicationA},
		"for its path": {asA(), values{"subject": "alice", "acl": values{"paths": values{
			"/*/conversations/**": values{"methods": []any{"GET"}},
		}}}, applicationA},
		"for the Client SDK": {asA(), values{"subject": "alice", "acl_preset": "client_sdk"}, applicationA},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			env := newEnv(t)
			opened, diags := env.Protocol(t, test.provider).OpenEphemeral("vonage_jwt", test.config)
			diags.MustBeEmpty(t)
			if n := len(env.Emulator.Requests()); n != 0 {
				t.Errorf("%d requests were made", n)
			}
			if opened.Result["application_id"] != test.want || !opened.RenewAt.IsZero() || opened.Private != nil {
				t.Errorf("opened %v, to be renewed at %s, private %s", opened.Result["application_id"], opened.RenewAt, opened.Private)
			}
			reader := env.Protocol(t, values{"jwt": opened.Result["jwt"]})
			state, diags := reader.ReadDataSource("vonage_conversation", values{"id": "CON-" + test.want})
			diags.MustBeEmpty(t)
			if state["exists"] != true {
				t.Error("the conversation was not read")
			}
		})
	}
}

// The claim has the application id in Vonage's spelling, and the result in the configuration's.
func TestJWTWritesTheApplicationAsVonageDoes(t *testing.T) {
	t.Parallel()
	env := newEnv(t)
	shouted := strings.ToUpper(applicationB)
	opened, diags := env.Protocol(t).OpenEphemeral("vonage_jwt", values{"application_id": shouted, "private_key": acctest.PrivateKey(keyB)})
	diags.MustBeEmpty(t)
	if opened.Result["application_id"] != shouted {
		t.Errorf("application_id is %v", opened.Result["application_id"])
	}
	_, diags = env.Protocol(t, values{"jwt": opened.Result["jwt"]}).ReadDataSource("vonage_conversation", values{"id": "CON-" + applicationB})
	diags.MustBeEmpty(t)
}

// An acl restricts the token: paths that it does not name are rejected.
func TestJWTIsLimitedByItsACL(t *testing.T) {
	t.Parallel()
	env := newEnv(t)
	opened, diags := env.Protocol(t, asA()).OpenEphemeral("vonage_jwt", values{"acl": values{"paths": values{"/*/users/**": values{}}}})
	diags.MustBeEmpty(t)
	_, diags = env.Protocol(t, values{"jwt": opened.Result["jwt"]}).ReadDataSource("vonage_conversation", values{"id": "CON-" + applicationA})
	diags.MustFail(t, "", "system:error:permission")
}

// Every Open returns a different token.
func TestJWTIsFreshEveryTime(t *testing.T) {
	t.Parallel()
	protocol := newEnv(t).Protocol(t, asA())
	seen := map[any]bool{}
	for range 3 {
		opened, diags := protocol.OpenEphemeral("vonage_jwt", values{})
		diags.MustBeEmpty(t)
		seen[opened.Result["jti"]], seen[opened.Result["jwt"]] = true, true
		expires, err := time.Parse(time.RFC3339, fmt.Sprint(opened.Result["expires_at"]))
		if left := time.Until(expires); err != nil || left > 15*time.Minute || left < 14*time.Minute {
			t.Errorf("it expires at %v (%v)", opened.Result["expires_at"], err)
		}
	}
	if len(seen) != 6 {
		t.Errorf("ids and tokens repeat: %v", seen)
	}
}

// The token is unknown as long as the key or any claim is unknown; an application id set in the resource stays known.
func TestJWTOfUnknownKey(t *testing.T) {
	t.Parallel()
	unknown := acctest.Unknown
	for name, test := range map[string]struct{ provider, config, want values }{
		"the provider's key":         {values{"application_id": applicationA, "private_key": unknown}, values{}, values{"application_id": unknown}},
		"the provider's application": {values{"application_id": unknown, "private_key": acctest.PrivateKey(keyA)}, values{}, values{"application_id": unknown}},
		"the resource's key": {
			asA(), values{"application_id": applicationB, "private_key": unknown}, values{"application_id": applicationB, "private_key": unknown},
		},
		"the resource's application": {
			asA(),
			values{"application_id": unknown, "private_key": acctest.PrivateKey(keyB)},
			values{"application_id": unknown, "private_key": acctest.PrivateKey(keyB)},
		},
		"whom it is for": {asA(), values{"subject": unknown}, values{"subject": unknown, "application_id": unknown}},
		"its limits":     {asA(), values{"acl": unknown}, values{"acl": unknown, "application_id": unknown}},
		"its preset":     {asA(), values{"acl_preset": unknown}, values{"acl_preset": unknown, "application_id": unknown}},
		"its lifetime":   {asA(), values{"expires_in": unknown}, values{"expires_in": unknown, "application_id": unknown}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			opened, diags := newEnv(t).Protocol(t, test.provider).OpenEphemeral("vonage_jwt", test.config)
			diags.MustBeEmpty(t)
			want := values{
				"private_key": nil, "expires_in": nil, "not_before": nil, "subject": nil, "acl": nil, "acl_preset": nil,
				"jwt": unknown, "jti": unknown, "issued_at": unknown, "expires_at": unknown,
			}
			maps.Copy(want, test.want)
			if !maps.Equal(want, opened.Result) { // cmp cannot compare the placeholder for unknown values
				t.Errorf("want %v, got %v", want, opened.Result)
			}
		})
	}
}

func TestJWTWithoutKey(t *testing.T) {
	t.Parallel()
	env := newEnv(t)
	_, diags := env.Protocol(t).OpenEphemeral("vonage_jwt", values{})
	diags.MustFail(t, "", "Unable to make token", "application_id", "VONAGE_PRIVATE_KEY")

	opened, diags := env.Protocol(t, asA()).OpenEphemeral("vonage_jwt", values{})
	diags.MustBeEmpty(t)
	_, diags = env.Protocol(t, values{"jwt": opened.Result["jwt"]}).OpenEphemeral("vonage_jwt", values{})
	diags.MustFail(t, "", "Unable to make token", "cannot sign")

	_, diags = env.Protocol(t, asA()).OpenEphemeral("vonage_jwt", values{"not_before": "2100-01-01T00:00:00Z"})
	diags.MustFail(t, "not_before", "the token would expire before that, at 20")
}

func TestJWTConfigurationIsChecked(t *testing.T) {
	t.Parallel()
	protocol := newEnv(t).Protocol(t)
	own := func(more values) values {
		config := values{"application_id": applicationA, "private_key": acctest.PrivateKey(keyA)}
		maps.Copy(config, more)
		return config
	}
	path := func(path string, rule values) values { return values{"acl": values{"paths": values{path: rule}}} }
	for _, test := range []struct {
		attribute string
		config    values
	}{
		{"application_id", own(values{"application_id": "app"})},
		{"application_id", values{"application_id": applicationA}},
		{"private_key", own(values{"private_key": "private.key"})},
		{"private_key", own(values{"private_key": acctest.PublicKey(keyA)})},
		{"private_key", values{"private_key": acctest.PrivateKey(keyA)}},
		{"expires_in", values{"expires_in": "29s"}},
		{"expires_in", values{"expires_in": "24h0m1s"}},
		{"expires_in", values{"expires_in": "15"}},
		{"expires_in", values{"expires_in": "-1m"}},
		{"not_before", values{"not_before": "tomorrow"}},
		{"not_before", values{"not_before": "2026-01-31"}},
		{"subject", values{"subject": ""}},
		{"acl_preset", values{"acl_preset": "everything"}},
		{"acl_preset", values{"acl_preset": "client_sdk", "acl": values{"paths": values{"/**": values{}}}}},
		{"acl.paths", values{"acl": values{}}},
		{"acl.paths", values{"acl": values{"paths": values{}}}},
		{"acl.paths", values{"acl": values{"paths": values{"/**": nil}}}},
		{`acl.paths["users/**"]`, path("users/**", values{})},
		{`acl.paths["/a b"]`, path("/a b", values{})},
		{`acl.paths["/**"].methods`, path("/**", values{"methods": []any{}})},
		{`acl.paths["/**"].methods`, path("/**", values{"methods": []any{"GET", nil}})},
		{`acl.paths["/**"].methods[…]`, path("/**", values{"methods": []any{"get"}})},
		{`acl.paths["/**"].filters`, path("/**", values{"filters": values{}})},
		{`acl.paths["/**"].filters`, path("/**", values{"filters": values{"to": nil}})},
	} {
		diags := protocol.ValidateEphemeral("vonage_jwt", test.config)
		if diags.MustFail(t, test.attribute); t.Failed() {
			t.Fatalf("%v", test.config)
		}
	}
	for _, good := range []values{
		{},
		own(nil),
		own(values{"expires_in": "24h", "not_before": "2026-01-31T09:00:00+01:00", "subject": "alice", "acl_preset": "client_sdk"}),
		path("/*/users/**", values{"methods": []any{"GET", "POST", "PUT", "PATCH", "DELETE"}, "filters": values{"to": "447700900001"}}),
		{
			"application_id": acctest.Unknown, "private_key": acctest.Unknown, "expires_in": acctest.Unknown, "not_before": acctest.Unknown,
			"subject": acctest.Unknown, "acl": acctest.Unknown, "acl_preset": acctest.Unknown,
		},
	} {
		protocol.ValidateEphemeral("vonage_jwt", good).MustBeEmpty(t)
	}
}

// A private key may be written as people have it.
func TestJWTKeysPeopleHave(t *testing.T) {
	t.Parallel()
	protocol := newEnv(t).Protocol(t)
	for _, form := range acctest.PrivateKeyForms(keyA) {
		if !form.FitsAttribute() {
			continue
		}
		config := values{"application_id": applicationA, "private_key": form.Text}
		checked := protocol.ValidateEphemeral("vonage_jwt", config)
		_, opened := protocol.OpenEphemeral("vonage_jwt", config)
		if form.Refused == "" {
			checked.MustBeEmpty(t)
			opened.MustBeEmpty(t)
		} else {
			checked.MustFail(t, "private_key", form.Refused)
			opened.MustFail(t, "", form.Refused)
		}
	}
}

// The two halves belong together, and every Open returns a different pair. No credentials are needed.
func TestPrivateKey(t *testing.T) {
	t.Parallel()
	env := acctest.New(t)
	protocol := env.Protocol(t, values{"api_key": nil, "api_secret": nil})
	seen := map[any]bool{}
	for range 2 {
		opened, diags := protocol.OpenEphemeral("vonage_private_key", values{})
		diags.MustBeEmpty(t)
		private, err := vonage.ParsePrivateKey(fmt.Sprint(opened.Result["private_key_pem"]))
		if err != nil {
			t.Fatal(err)
		}
		public, err := vonage.ParsePublicKey(fmt.Sprint(opened.Result["public_key_pem"]))
		if err != nil {
			t.Fatal(err)
		}
		if !private.PublicKey.Equal(public) {
			t.Error("the halves are of two keys")
		}
		if private.N.BitLen() != 2048 {
			t.Errorf("the key has %d bits", private.N.BitLen())
		}
		seen[opened.Result["private_key_pem"]] = true
	}
	if len(seen) != 2 {
		t.Error("the same pair was made twice")
	}
	if n := len(env.Emulator.Requests()); n != 0 {
		t.Errorf("%d requests were made", n)
	}
}
