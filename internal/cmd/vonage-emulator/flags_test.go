// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/vonage/terraform-provider-vonage/internal/emulator"
)

func write(t *testing.T, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "seed.json")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// empty is an environment without variables.
func empty(string) string { return "" }

func TestFlags(t *testing.T) {
	t.Parallel()
	file := write(t, `{"account":{"api_key":"seeded","api_secret":"Seeded0Secret","signature_secret":"sig"},"inventory":[{"country":"GB"}]}`)
	got, err := parse([]string{
		"-listen", ":1", "-api-key", "flagged", "-rate-limits", "documented", "-latency", "5ms", "-probe-webhooks", "-seed", file,
		"-variant", `{"method_failed_status":200}`, "-allow-host", "emulator, 192.0.2.7", "-allow-host", "::1", "-control-token", "flagged",
	}, empty, io.Discard)
	if err != nil {
		t.Fatal(err)
	}
	want := emulator.Options{
		APIKey: "flagged", APISecret: "Seeded0Secret", SignatureSecret: "sig", RateLimits: "documented",
		Latency: 5 * time.Millisecond, ProbeWebhooks: true,
		AllowHosts: []string{"emulator", "192.0.2.7", "::1"}, ControlToken: "flagged", Variant: emulator.Variant{MethodFailedStatus: 200},
	}
	if diff := cmp.Diff(want, got.options); diff != "" {
		t.Errorf("options (-want +got):\n%s", diff)
	}
	if got.listen != ":1" || len(got.seed.Inventory) != 1 {
		t.Errorf("listen %q, seed %+v", got.listen, got.seed)
	}
}

func TestFlagsAreChecked(t *testing.T) {
	t.Parallel()
	for complaint, arguments := range map[string][]string{
		"use off or documented":  {"-rate-limits", "some"},
		"unknown field":          {"-variant", `{"metod":1}`},
		"no such file":           {"-seed", filepath.Join(t.TempDir(), "missing.json")},
		"-seed":                  {"-seed", write(t, `{"numbrs":{}}`)},
		"or neither":             {"-api-key", "alone"},
		"unexpected argument":    {"serve"},
		"parse error":            {"-latency", "soon"},
		"flag provided but not ": {"-apikey", "x"},
		"use KEY:SECRET":         {"-account", "keyonly"},
		"without scheme":         {"-allow-host", "http://emulator"},
		"without scheme and":     {"-allow-host", "emulator:4010"},
		"scheme and port":        {"-allow-host", "emulator,"},
	} {
		if _, err := parse(arguments, empty, io.Discard); err == nil || !strings.Contains(err.Error(), complaint) {
			t.Errorf("%q: %v, want %q", arguments, err, complaint)
		}
	}
	if err := run(t.Context(), []string{"-listen", "127.0.0.1:0", "-seed", write(t, `{"numbers":{"x":{}}}`)}, empty, io.Discard,
		io.Discard); err == nil ||
		!strings.Contains(err.Error(), "COUNTRY/MSISDN") {
		t.Errorf("broken seed: %v", err)
	}
}

// The token can come from the environment, where other users of the machine do not see it.
func TestControlTokenOfTheEnvironment(t *testing.T) {
	t.Parallel()
	environment := func(name string) string { return map[string]string{"VONAGE_EMULATOR_CONTROL_TOKEN": "secret"}[name] }
	for want, arguments := range map[string][]string{"secret": nil, "flagged": {"-control-token", " flagged\n"}, "": {"-control-token", " "}} {
		if got, err := parse(arguments, environment, io.Discard); err != nil || got.options.ControlToken != want {
			t.Errorf("%q: %q, %v", arguments, got.options.ControlToken, err)
		}
	}
	var said strings.Builder
	if _, err := parse([]string{"-help"}, environment, &said); err == nil || strings.Contains(said.String(), `"secret"`) {
		t.Errorf("the help shows the token: %s", said.String())
	}
}

// Further accounts come from flags and from the file alike.
func TestFurtherAccounts(t *testing.T) {
	t.Parallel()
	file := write(t, `{"accounts":[{"account":{"api_key":"filed123","api_secret":"Filed0Secret"},
		"subaccounts":[{"account":{"api_key":"below123","api_secret":"Below0Secret"}}]}]}`)
	got, err := parse([]string{
		"-seed", file, "-account", "other123:Other0Secret", "-account", "third123:a:b", "-subaccount", "under123:Under0Secret",
	}, empty, io.Discard)
	if err != nil {
		t.Fatal(err)
	}
	e := emulator.New(got.options)
	if err := e.Load(got.seed); err != nil {
		t.Fatal(err)
	}
	opened := []string{}
	for _, account := range e.Accounts() {
		primary, _ := account["primary_account_api_key"].(string)
		key, _ := account["api_key"].(string)
		opened = append(opened, key+" "+primary)
	}
	want := []string{"abcd1234 ", "under123 abcd1234", "filed123 ", "below123 filed123", "other123 ", "third123 "}
	if diff := cmp.Diff(want, opened); diff != "" {
		t.Errorf("accounts (-want +got):\n%s", diff)
	}
	third, _ := e.Lookup("third123")
	if _, secret := third.Credentials(); secret != "a:b" {
		t.Errorf("secret %q", secret)
	}
	if err := e.Load(got.seed); err == nil || !strings.Contains(err.Error(), "already") {
		t.Errorf("loaded twice: %v", err)
	}
}
