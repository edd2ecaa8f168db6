// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package emulator_test

import (
	"strings"
	"testing"

	"github.com/vonage/terraform-provider-vonage/internal/emulator"
)

const seedFile = `{"account":{"balance":"3.50"},
	"applications":{"A":{"name":"a"}},
	"numbers":{"GB/441":{"app_id":"A"}},
	"conversations":{"CON-1":{"name":"c"}},
	"inventory":[{"country":"GB","msisdn":"442"},{"country":"ES","msisdn":"34"}]}`

func loaded(t *testing.T, a account) {
	t.Helper()
	application, _ := a.Application("A")
	number, _ := a.Number("GB/441")
	conversation, _ := a.Conversation("CON-1")
	if application["name"] != "a" || number["app_id"] != "A" || conversation["name"] != "c" || len(a.Inventory()) != 2 ||
		a.Balance() != "3.50" {
		t.Errorf("application %v, number %v, conversation %v, inventory %v, balance %s",
			application, number, conversation, a.Inventory(), a.Balance())
	}
}

func TestSeedFile(t *testing.T) {
	t.Parallel()
	a := newAccount(t, emulator.Options{})
	file, err := emulator.ParseSeed([]byte(seedFile))
	if err != nil {
		t.Fatal(err)
	}
	seed(t, a.Load(file))
	loaded(t, a)
}

func TestSeedThroughTheControlAPI(t *testing.T) {
	t.Parallel()
	a := newAccount(t, emulator.Options{})
	a.send("POST", "/emulator/seed", seedFile).want(t, 204)
	loaded(t, a)
	for body, complaint := range map[string]string{
		`{"account":{"api_key":"x"}}`:      "cannot be changed",
		`{"account":{"balance":5}}`:        "account: balance has to be a string, not number",
		`[]`:                               "it has to be an object, not array",
		"\xff\xfe{\x00}\x00":               "save it as UTF-8",
		`{"account":{"balance":"x"}}`:      "balance",
		`{"applications":{"B":[]}}`:        "applications: B",
		`{"numbers":{"441":{}}}`:           "numbers: 441",
		`{"inventory":[{"country":"GB"}]}`: "inventory: 0",
		`{"inventory":[{"country":"GB","msisdn":"4","cost":"x"}]}`: "cost",
		`{"nmbers":{}}`: "nmbers",
		`{"applications":{"B":{"name":"b"}}} {"numbers":{}}`: "line 1, column 37: something follows",
		"{\n\t\"applications\": {},\n\t}":                    "line 3, column 2: invalid character '}'",
		"{\n\"numbers\": []}":                                "numbers: it has to be an object, not array",
		`{"numbers":`:                                        "line 1, column 11: it ends in the middle",
		" \n":                                                "empty",
	} {
		if got := a.send("POST", "/emulator/seed", body).want(t, 400); !strings.Contains(got.text, complaint) {
			t.Errorf("%s: %s", body, got.text)
		}
	}
}
