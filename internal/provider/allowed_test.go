// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package provider_test

import (
	"testing"

	"github.com/vonage/terraform-provider-vonage/internal/acctest"
)

// TestAllowedAPIKeys signs in with keys from every source. A key that is not allowed is an error before anything is sent.
func TestAllowedAPIKeys(t *testing.T) {
	t.Parallel()
	block := func(allowed any) values {
		return values{"api_key": "abcd1234", "api_secret": "s", "allowed_api_keys": allowed}
	}
	only := func(allowed ...any) values { return values{"allowed_api_keys": allowed} }
	env := map[string]string{"VONAGE_API_KEY": "abcd1234", "VONAGE_API_SECRET": "s"}
	const rc = `{"api-key":"abcd1234","api-secret":"s"}`
	for name, test := range map[string]struct {
		world   world
		invalid bool     // the block alone is a contradiction
		fails   []string // words that the error of the first use must contain
	}{
		"not set":                    {world{config: block(nil)}, false, nil},
		"allowed":                    {world{config: block([]any{"efgh5678", "abcd1234"})}, false, nil},
		"allowed, with a line break": {world{config: block([]any{"abcd1234\n"})}, false, nil},
		"allowed among unknown keys": {world{config: block([]any{acctest.Unknown, "abcd1234"})}, false, nil},
		"in the block":               {world{config: block([]any{"efgh5678"})}, true, []string{"not allowed", "the provider block sets api_key to \"abcd1234\""}},
		"in the environment":         {world{config: only("efgh5678"), env: env}, false, []string{"the environment sets VONAGE_API_KEY to \"abcd1234\""}},
		"in a file":                  {world{config: only("efgh5678"), rc: rc}, false, []string{".vonagerc sets api-key to \"abcd1234\""}},
		"another case":               {world{config: block([]any{"ABCD1234"})}, true, []string{"not allowed"}},
		"the set is unknown":         {world{config: block(acctest.Unknown)}, false, []string{"allowed_api_keys is known only after apply"}},
		"a key is unknown":           {world{config: block([]any{"efgh5678", acctest.Unknown})}, false, []string{"allowed_api_keys is known only after apply"}},
		"the key is unknown": {
			world{config: values{"api_key": acctest.Unknown, "api_secret": "s", "allowed_api_keys": []any{"efgh5678"}}, env: env},
			false,
			[]string{"api_key is known only after apply"},
		},
		"something that may be a secret": {
			world{config: values{"api_key": "Emulator0Secret", "api_secret": "s", "allowed_api_keys": []any{"efgh5678"}}}, true, []string{"not shown"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := test.world.start(t)
			r.configured.MustBeEmpty(t)
			if diags := r.ValidateProvider(test.world.config); test.invalid {
				diags.MustFail(t, "api_key", "Account not allowed", "allowed_api_keys")
			} else {
				diags.MustBeEmpty(t)
			}
			_, diags := r.useAccount(t)
			if test.fails == nil {
				diags.MustBeEmpty(t)
				return
			}
			diags.MustFail(t, "", test.fails...)
			if sent := r.requests(); len(sent) > 0 {
				t.Errorf("%s was sent", sent[0].URL)
			}
		})
	}
}

// TestAllowedAPIKeysConcernAccountsOnly calls as an application, with an account in the environment that is not allowed.
func TestAllowedAPIKeysConcernAccountsOnly(t *testing.T) {
	t.Parallel()
	config := values{"jwt": aToken, "allowed_api_keys": []any{"efgh5678"}}
	r := world{config: config, env: map[string]string{"VONAGE_API_KEY": "abcd1234", "VONAGE_API_SECRET": "s"}}.start(t)
	_, diags := r.useApplication(t)
	diags.MustBeEmpty(t)
}

func TestAllowedAPIKeysAreNotEmpty(t *testing.T) {
	t.Parallel()
	r := world{}.start(t)
	for _, allowed := range [][]any{{}, {nil}} {
		r.ValidateProvider(values{"allowed_api_keys": allowed}).MustFail(t, "allowed_api_keys")
	}
}
