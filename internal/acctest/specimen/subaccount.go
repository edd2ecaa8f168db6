// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package specimen

import (
	_ "embed" // the configuration
	"fmt"
	"strconv"
	"strings"

	"pgregory.net/rapid"

	"github.com/vonage/terraform-provider-vonage/internal/acctest"
	"github.com/vonage/terraform-provider-vonage/internal/emulator"
)

//go:embed subaccount.tf
var subaccountConfig string

const (
	subaccountKind = "subaccount "           // with the API key
	suspendedKind  = "suspended subaccount " // with the name: a resource that is destroyed leaves one
	// unmanagedSubaccount is the subaccount that is always there.
	unmanagedSubaccount = "0000beef"
	sharingSubaccount   = "12345678"
	subaccountSecret    = "SubaccountSecret0"
	// transferredNumber is in the account or in that subaccount, and not among the contents.
	transferredNumber = "GB/447700900016"
)

func (specimens) Subaccount() Specimen {
	first := Values{"name": "staging"}
	generated := Case{
		Name:  "subaccount",
		First: first, Second: Values{"name": "production", "suspended": true, "use_primary_account_balance": false},
		ImportID: idOf, Compare: compareSubaccount, Stays: true,
	}
	written := generated
	written.Name, written.Operations = "subaccount with a write-only secret", []string{"create", "update"}
	written.First = acctest.With(first, Values{"secret_wo": subaccountSecret, "secret_wo_version": 1})
	written.Second = acctest.With(written.First, Values{"name": "production"})
	suspended := generated
	suspended.Name, suspended.Operations, suspended.First = "suspended subaccount", []string{"create"}, acctest.With(first, Values{"suspended": true})
	byName := generated
	byName.Name, byName.Operations, byName.ImportID = "subaccount by name", []string{"import"}, func(state Values) string { return fmt.Sprint("name=", state["name"]) }
	return Specimen{
		TypeName: "vonage_subaccount", Noun: "subaccount",
		Config: subaccountConfig,
		SecretsInState: map[string]string{ //nolint:gosec // a reason
			"secret": "Vonage shows it once, and it is what a provider block of the subaccount signs in with",
		},
		Cases:     []Case{generated, written, suspended, byName},
		Crowd:     oneOfManySubaccounts,
		Malformed: Malformed{Path: "/accounts/", Member: "api_key", Attribute: "api_key"},
		Settling: Settling{
			Draw: func(t *rapid.T) Values {
				return acctest.With(Values{"name": rapid.SampledFrom([]string{"a", "b ü", strings.Repeat("x", 80)}).Draw(t, "name")},
					drawSome(t, []string{"suspended", "deletion_policy", "use_primary_account_balance"}, map[string][]any{
						"suspended": {true, false}, "deletion_policy": {"SUSPEND", "ABANDON"}, "use_primary_account_balance": {true},
					}))
			},
			Others:     setCallback,
			Compare:    compareSettledSubaccount,
			ImportID:   idOf,
			Unreadable: []string{"deletion_policy"},
		},
		Pinned: map[string]Values{
			"subaccount": {"name": "staging"},
			"subaccount with everything": {
				"name": "production", "suspended": true, "use_primary_account_balance": false, "secret_wo": subaccountSecret, "secret_wo_version": 1,
				"deletion_policy": "PREVENT", "timeouts": timeouts(),
			},
		},
		Grow: growSubaccounts,
		Questions: []Question{
			list("vonage_subaccount", "subaccounts"),
			data("subaccount", "vonage_subaccount", "subaccount", Values{"name": nameOfOthers}),
			data("subaccounts", "vonage_subaccounts", "subaccounts", Values{}),
			transfer("balance transfer", "vonage_balance_transfer", Values{"amount": fmt.Sprint(balanceMoved), "reference": "monthly"}, moneyMoved),
			transfer("credit transfer", "vonage_credit_transfer", Values{"amount": fmt.Sprint(creditMoved)}, moneyMoved),
			transfer("number transfer", "vonage_number_transfer", Values{"country": "GB", "msisdn": strings.TrimPrefix(transferredNumber, "GB/")}, nil),
		},
	}
}

// FillSubaccounts adds a subaccount with money of its own and one without, and lets the account have credit and a number to give.
func FillSubaccounts(account *emulator.Emulator) error {
	for _, opening := range []emulator.Opening{
		{
			APIKey: unmanagedSubaccount, APISecret: subaccountSecret,
			Record: emulator.Record{Name: new(nameOfOthers), UsePrimaryAccountBalance: new(false)},
		},
		{APIKey: sharingSubaccount, APISecret: subaccountSecret},
	} {
		if _, err := account.OpenSubaccount(opening); err != nil {
			return err
		}
	}
	if err := account.Change(emulator.Record{CreditLimit: new("-100.00")}); err != nil {
		return err
	}
	return account.SeedNumber(transferredNumber, Values{"type": "mobile-lvn", "features": []any{"SMS"}})
}

// transfer returns the action that moves something to the subaccount that is always there.
func transfer(name, typeName string, config Values, deeds func(account *emulator.Emulator) int) Question {
	return Question{
		Kind: "action", Name: name, TypeName: typeName, Noun: name, Deeds: deeds,
		Config: acctest.With(Values{"from": emulator.DefaultAPIKey, "to": unmanagedSubaccount}, config),
	}
}

// The amounts of the transfers, each of which is made once at most.
const balanceMoved, creditMoved = 1.25, 0.75

// moneyMoved counts the transfers of money to the subaccount that is always there.
func moneyMoved(account *emulator.Emulator) int {
	subaccount, _ := account.Lookup(unmanagedSubaccount)
	record := subaccount.Record()
	balance, _ := strconv.ParseFloat(*record.Balance, 64)
	limit, _ := strconv.ParseFloat(*record.CreditLimit, 64)
	return int(balance/balanceMoved) + int(-limit/creditMoved)
}

// documentOf returns where the contents have the subaccount of a state, and what they say.
func documentOf(state Values, contents Contents) (id string, document Values) {
	id = fmt.Sprint(subaccountKind, state["api_key"])
	if state["suspended"] == true {
		id = fmt.Sprint(suspendedKind, state["name"])
	}
	return id, contents[id]
}

// compareSubaccount attributes every subaccount with one of the names to the object. Those that it had before are suspended.
func compareSubaccount(state Values, account Contents) []string {
	var problems []string
	if state != nil && state["id"] != nil {
		id, document := documentOf(state, account)
		problems = differences("subaccount", map[string][2]any{
			"name":                        {state["name"], document["name"]},
			"use_primary_account_balance": {state["use_primary_account_balance"], document["use_primary_account_balance"]},
		})
		delete(account, id)
	}
	active := 0
	for id, document := range account {
		switch {
		case document["name"] != "staging" && document["name"] != "production":
		case strings.HasPrefix(id, subaccountKind):
			active++
			delete(account, id)
		case strings.HasPrefix(id, suspendedKind):
			delete(account, id)
		}
	}
	if unfinished := state != nil && state["id"] == nil; active > 1 || active == 1 && !unfinished {
		problems = append(problems, fmt.Sprintf("%d subaccounts are left over", active))
	}
	return problems
}

func oneOfManySubaccounts(i int) Member {
	name := fmt.Sprint("crowd ", i)
	first := Values{"name": name}
	return Member{
		First: first, Second: acctest.With(first, Values{"suspended": true}),
		Compare: func(state Values, find func(id string) Values) []string {
			document := find(suspendedKind + name)
			switch {
			case state == nil:
				return nil
			case state["suspended"] != true:
				document = find(fmt.Sprint(subaccountKind, state["api_key"]))
			}
			return differences(name, map[string][2]any{"name": {state["name"], document["name"]}})
		},
	}
}

const settingOfOthers = "https://example.com/inbound"

// setCallback sets the subaccount's webhook, which the resource does not have.
func setCallback(account *emulator.Emulator, state Values) error {
	subaccount, _ := account.Lookup(fmt.Sprint(state["api_key"]))
	return subaccount.Change(emulator.Record{MoCallbackURL: new(settingOfOthers)})
}

func compareSettledSubaccount(state Values, _, now Contents, changed bool) []string {
	if state == nil {
		return nil
	}
	_, document := documentOf(state, now)
	compared := map[string][2]any{
		"name":                        {state["name"], document["name"]},
		"use_primary_account_balance": {state["use_primary_account_balance"], document["use_primary_account_balance"]},
	}
	if changed {
		compared["mo_callback_url"] = [2]any{settingOfOthers, document["mo_callback_url"]}
	}
	return differences("subaccount", compared)
}

// grownSubaccounts is how many subaccounts an account has after years: a list has them on one page.
const grownSubaccounts = 50

func growSubaccounts(account *emulator.Emulator) (int, error) {
	for i := range grownSubaccounts {
		_, err := account.OpenSubaccount(emulator.Opening{
			APIKey: fmt.Sprintf("%08x", i), APISecret: subaccountSecret,
			Record: emulator.Record{Name: new(fmt.Sprint("tenant ", i/2)), Suspended: new(i%7 == 0), UsePrimaryAccountBalance: new(i%5 > 0)},
		})
		if err != nil {
			return 0, err
		}
	}
	return grownSubaccounts, nil
}
