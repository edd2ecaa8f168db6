// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package examples_test

import (
	"encoding/json"
	"os"
	"strings"
	"testing"

	"github.com/vonage/terraform-provider-vonage/internal/acctest"
)

// The checks and preconditions in the examples report when their condition is not met.
func TestChecks(t *testing.T) {
	t.Parallel()

	for name, test := range map[string]struct {
		damage func(a account) error
		says   string
	}{
		"data-sources/vonage_application/data-source": {
			damage: func(a account) error {
				return a.Emulator.SeedApplication(applicationID, map[string]any{
					"name": applicationName, "keys": map[string]any{"public_key": acctest.PublicKey(0)},
				})
			},
			says: "The application's public key is not support.public.pem.",
		},
		"data-sources/vonage_conversation/data-source": {
			damage: func(a account) error {
				call, err := os.ReadFile("../internal/acctest/specimen/tutorial.json")
				if err != nil {
					return err
				}

				hungUp := strings.Replace(string(call), `"JOINED"`, `"LEFT"`, 1)

				return a.Emulator.SeedConversation(conversationID, json.RawMessage(hungUp))
			},
			says: "The call does not have two joined members.",
		},
		"resources/vonage_number/resource_linked": {
			damage: func(a account) error {
				return a.Emulator.SeedNumber("GB/447700900101", map[string]any{"type": "mobile-lvn", "features": []string{"SMS"}})
			},
			says: "The number cannot take calls.",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			account := newAccount(t)
			if err := test.damage(account); err != nil {
				t.Fatal(err)
			}

			workspace := newWorkspace(t, account, example{name: name, files: []string{name + ".tf"}})
			printed, err := workspace.terraform.Run(t.Context(), workspace.directory, "apply", "-no-color", "-auto-approve")
			if err != nil { // a failed precondition is an error, a failed check only a warning
				printed = err.Error()
			}

			if words := strings.Join(strings.Fields(strings.ReplaceAll(printed, "│", " ")), " "); !strings.Contains(words, test.says) {
				t.Errorf("it should say %q, but says\n%s", test.says, printed)
			}
		})
	}
}
