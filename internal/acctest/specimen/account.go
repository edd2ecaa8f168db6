// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package specimen

import (
	_ "embed" // the tutorial's conversation
	"encoding/json"
	"fmt"
	"maps"
	"strings"

	"github.com/vonage/terraform-provider-vonage/internal/acctest"
	"github.com/vonage/terraform-provider-vonage/internal/emulator"
)

// The objects that are always in the account. Numbers are of the range that Ofcom reserves for fiction
// (https://www.ofcom.org.uk/phones-and-broadband/phone-numbers/numbers-for-drama).
const (
	ApplicationA = "aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa" // the provider's credentials belong to this one
	ApplicationB = "bbbbbbbb-bbbb-4bbb-8bbb-bbbbbbbbbbbb"

	keyOfA, keyOfB = acctest.PoolSize - 1, acctest.PoolSize - 2

	freeNumber                = "GB/447700900001"
	secondFreeNumber          = "GB/447700900006"
	thirdFreeNumber           = "GB/447700900007"
	smsOfFreeNumber           = "https://example.com/sms?a=b&c=d"
	linkedNumber              = "GB/447700900002"
	offeredNumber, otherOffer = "GB/447700900003", "GB/447700900004"

	conversationID = "CON-bc643220-2542-499a-892e-c982c4150c06"
)

// nameOfOthers begins the names of the applications that no test manages.
const nameOfOthers = "unmanaged"

//go:embed tutorial.json
var tutorial []byte

// Fill adds applications, numbers, a conversation and what the specimens have to an account, each with content that no
// provider sets.
func Fill(account *emulator.Emulator) error {
	for i, id := range []string{ApplicationA, ApplicationB} {
		err := account.SeedApplication(id, Values{
			"name": nameOfOthers + " " + id[:1], "keys": Values{"public_key": acctest.PublicKey([]int{keyOfA, keyOfB}[i])},
			"capabilities": Values{"meetings": Values{"webhooks": Values{}}, "messages": Values{}, "voice": Values{"webhooks": Values{
				"answer_url": Values{"address": "https://example.com/" + id, "http_method": "GET"},
			}}},
		})
		if err != nil {
			return err
		}
	}
	for id, number := range map[string]Values{
		freeNumber: {
			"type": "mobile-lvn", "features": []any{"SMS", "VOICE"}, "moHttpUrl": smsOfFreeNumber,
			"voiceStatusCallback": "https://example.com/status",
		},
		secondFreeNumber: {"type": "mobile-lvn", "features": []any{"VOICE"}},
		thirdFreeNumber:  {"type": "mobile-lvn", "features": []any{"VOICE"}, "moHttpUrl": smsOfFreeNumber},
		linkedNumber:     {"type": "mobile-lvn", "features": []any{"VOICE"}, "app_id": ApplicationB},
	} {
		if err := account.SeedNumber(id, number); err != nil {
			return err
		}
	}
	for _, offer := range []string{offeredNumber, otherOffer} {
		err := account.SeedInventory(Values{
			"country": "GB", "msisdn": strings.TrimPrefix(offer, "GB/"), "type": "mobile-lvn", "features": []any{"SMS", "VOICE"},
			"cost": "1.25", "initialPrice": "0.50", "limitations": []any{Values{"feature": "SMS", "type": "OUTBOUND", "reach": "DOMESTIC"}},
		})
		if err != nil {
			return err
		}
	}
	if err := FillSubaccounts(account); err != nil {
		return err
	}
	subaccount, _ := account.Lookup(unmanagedSubaccount)
	for _, owner := range []*emulator.Account{account.Account, subaccount} { // their first secrets have random ids
		key, secret := owner.Credentials()
		owner.SeedAPISecret("00000000-0000-4000-8000-0000"+key, secret)
	}
	var conversation Values
	if err := json.Unmarshal(tutorial, &conversation); err != nil {
		return err
	}
	conversation["application_id"] = ApplicationA
	for _, one := range All() {
		if one.Fill == nil {
			continue
		}
		if err := one.Fill(account); err != nil {
			return err
		}
	}
	return account.SeedConversation(conversationID, conversation)
}

// AsApplication returns the credentials of application A.
func AsApplication() Values {
	return Values{"application_id": ApplicationA, "private_key": acctest.PrivateKey(keyOfA)}
}

// Contents are the documents of an account by kind and id, such as "number GB/447700900001".
type Contents map[string]Values

// ContentsOf returns the documents of an account.
func ContentsOf(account *emulator.Emulator) Contents {
	contents := Contents{}
	for _, kind := range account.Kinds() {
		if !kind.Shared && kind.Name != "conversations" { // these are those of calls, too
			contents.add(kind.Name, kind.All())
		}
	}
	contents.add("offers", account.Inventory())
	for _, one := range All() {
		if one.Within.Kind != "" {
			contents.takeApart(one.Within, strings.TrimPrefix(one.TypeName, "vonage_"))
		}
	}
	delete(contents, "number "+transferredNumber)
	for _, subaccount := range account.Subaccounts() {
		record := subaccount.Record()
		id := subaccountKind + subaccount.APIKey()
		if *record.Suspended {
			id = suspendedKind + *record.Name
		}
		contents[id] = Values{
			"name": *record.Name, "use_primary_account_balance": *record.UsePrimaryAccountBalance, "mo_callback_url": *record.MoCallbackURL,
		}
	}
	contents["settings"] = settingsOf(account)
	addSecrets(contents, account.Account)
	keys := []string{unmanagedSubaccount}
	for i := 0; keys != nil; i++ {
		for _, key := range keys {
			owner, opened := account.Lookup(key)
			if !opened {
				return contents
			}
			addSecrets(contents, owner)
		}
		keys = []string{crowdKey(i)}
	}
	return contents
}

// add adds the documents of a kind under its singular and their ids.
func (c Contents) add(kind string, documents map[string]map[string]any) {
	for id, document := range documents {
		c[strings.TrimSuffix(kind, "s")+" "+id] = document
	}
}

// takeApart gives each part of a document a place of its own, with the ids of the whole and the part.
func (c Contents) takeApart(within Within, kind string) {
	for key, document := range maps.Clone(c) {
		id, whole := strings.CutPrefix(key, strings.TrimSuffix(within.Kind, "s")+" ")
		if !whole {
			continue
		}
		parts, _ := document[within.Property].(map[string]any)
		for name, part := range parts {
			c[kind+" "+id+"/"+name], _ = part.(map[string]any)
		}
		delete(document, within.Property)
	}
}

func addSecrets(contents Contents, owner *emulator.Account) {
	for id, value := range owner.APISecrets() {
		contents["secret "+owner.APIKey()+"/"+id] = Values{"value": value}
	}
}

// at returns the value at a path of names in a document, or nil.
func at(document any, path ...string) any {
	for _, name := range path {
		object, _ := document.(Values)
		document = object[name]
	}
	return document
}

// differences compares attributes of a state with their values in the account, and describes those that differ.
func differences(what string, compared map[string][2]any) []string {
	var problems []string
	for name, pair := range compared {
		if fmt.Sprint(pair[0]) != fmt.Sprint(pair[1]) {
			problems = append(problems, fmt.Sprintf("%s: %s is %v in the state and %v in the account", what, name, pair[0], pair[1]))
		}
	}
	return problems
}
