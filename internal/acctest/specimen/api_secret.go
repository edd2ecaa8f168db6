// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package specimen

import (
	_ "embed" // the configuration
	"fmt"
	"slices"
	"strings"

	"pgregory.net/rapid"

	"github.com/vonage/terraform-provider-vonage/internal/acctest"
	"github.com/vonage/terraform-provider-vonage/internal/emulator"
)

// The secrets of this account are managed. It has one that no test manages, and so room for one more.
const subaccountKey = unmanagedSubaccount

const firstSecret, secondSecret = "First1234", "Second123"

//go:embed api_secret.tf
var apiSecretConfig string

func (specimens) APISecret() Specimen {
	plain := Case{
		Name:     "API secret",
		First:    Values{"api_key": subaccountKey, "secret_wo": firstSecret, "secret_wo_version": 1},
		Second:   Values{"api_key": subaccountKey, "secret_wo": secondSecret, "secret_wo_version": 2},
		ImportID: idOf, Compare: compareSecretsOf(subaccountKey),
		Unfindable: true, InOneAccount: true,
		AfterDoubt: func(account *emulator.Emulator) error { return removeOurSecrets(account, subaccountKey) },
	}
	return Specimen{
		TypeName: "vonage_api_secret", ReadBy: "vonage_api_secrets", Noun: "API secret",
		Config:    apiSecretConfig,
		Cases:     []Case{plain},
		Crowd:     oneOfManySecrets,
		Malformed: Malformed{Path: "/accounts/", Member: "id", Attribute: "secret_id"},
		Settling: Settling{
			Draw: func(t *rapid.T) Values {
				return Values{
					"api_key": subaccountKey, "secret_wo": rapid.SampledFrom([]string{firstSecret, secondSecret}).Draw(t, "value"),
					"secret_wo_version": rapid.IntRange(1, 3).Draw(t, "version"),
				}
			},
			Others: func(*emulator.Emulator, Values) error { return nil }, // a secret has nothing that others can change
			Compare: func(state Values, _, now Contents, _ bool) []string {
				return compareSecretsOf(subaccountKey)(state, now)
			},
			ImportID:   idOf,
			Unreadable: []string{"secret_wo", "secret_wo_version"},
		},
		Pinned: map[string]Values{
			"api secret":                 plain.First,
			"api secret with everything": acctest.With(plain.First, Values{"timeouts": timeouts()}),
		},
		Unimportable: Values{"secret_wo": firstSecret, "secret_wo_version": 1},
		Grow: func(account *emulator.Emulator) (int, error) {
			account.SeedAPISecret("00000000-0000-4000-8000-000000000001", "Grown1234")
			return len(account.APISecrets()), nil
		},
		Questions: []Question{
			list("vonage_api_secret", "API secrets"),
			data("API secrets", "vonage_api_secrets", "API secrets", Values{}),
		},
	}
}

// isOurs reports whether a test has set the secret.
func isOurs(secret Values) bool {
	return slices.Contains([]any{firstSecret, secondSecret}, secret["value"])
}

// compareSecretsOf attributes every secret of an account that a test may set to the object. After an unfinished rotation, the
// object also has the old one.
func compareSecretsOf(key string) func(state Values, account Contents) []string {
	return func(state Values, account Contents) []string {
		var problems []string
		mine := account["secret "+idOf(state)]
		unfinished := state["secret_wo_version"] == 1 && mine["value"] == secondSecret
		for name, secret := range account {
			if !strings.HasPrefix(name, "secret "+key+"/") || !isOurs(secret) {
				continue
			}
			if delete(account, name); state == nil || name != "secret "+idOf(state) && !unfinished {
				problems = append(problems, name+" is in no state")
			}
		}
		if state != nil && mine == nil {
			problems = append(problems, fmt.Sprintf("secret %v is in the state and not in the account", state["id"]))
		}
		return problems
	}
}

// removeOurSecrets deletes what a creation in doubt has left, as the error says.
func removeOurSecrets(account *emulator.Emulator, key string) error {
	owner, opened := account.Lookup(key)
	if !opened {
		return fmt.Errorf("there is no account %s", key)
	}
	for id, value := range owner.APISecrets() {
		if isOurs(Values{"value": value}) {
			owner.RemoveAPISecret(id)
		}
	}
	return nil
}

func crowdKey(i int) string { return fmt.Sprintf("crowd%03d", i) }

// oneOfManySecrets has an account for each, which has room for one.
func oneOfManySecrets(i int) Member {
	key := crowdKey(i)
	return Member{
		First:  Values{"api_key": key, "secret_wo": firstSecret, "secret_wo_version": 1},
		Second: Values{"api_key": key, "secret_wo": secondSecret, "secret_wo_version": 2},
		Seed: func(account *emulator.Emulator) error {
			_, err := account.OpenSubaccount(emulator.Opening{APIKey: key, APISecret: "Unmanaged1"})
			return err
		},
		AfterDoubt: func(account *emulator.Emulator) error { return removeOurSecrets(account, key) },
		Compare: func(state Values, find func(id string) Values) []string {
			if state == nil {
				return nil
			}
			if find("secret "+idOf(state)) == nil {
				return []string{fmt.Sprintf("secret %v is in the state and not in the account", state["id"])}
			}
			return nil
		},
	}
}
