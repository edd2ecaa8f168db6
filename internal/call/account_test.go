// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package call_test

import (
	"testing"

	"github.com/vonage/terraform-provider-vonage/internal/acctest"
)

type values = acctest.Values

const (
	applicationA = "aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa"
	keyA, keyB   = 7, 6
)

// newEnv returns an account with an application.
func newEnv(t *testing.T) *acctest.Env {
	t.Helper()
	env := acctest.New(t)
	document := values{"name": "calls", "keys": values{"public_key": acctest.PublicKey(keyA)}, "capabilities": values{}}
	if err := env.Emulator.SeedApplication(applicationA, document); err != nil {
		t.Fatal(err)
	}
	return env
}

// asA returns the application's credentials.
func asA() values {
	return values{"application_id": applicationA, "private_key": acctest.PrivateKey(keyA)}
}

func providerA(env *acctest.Env) string {
	return env.ProviderConfig(`  application_id = "`+applicationA+`"`, "  private_key = <<EOT\n"+acctest.PrivateKey(keyA)+"EOT")
}
