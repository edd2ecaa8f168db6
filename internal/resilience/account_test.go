// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package resilience_test

import (
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/vonage/terraform-provider-vonage/internal/acctest"
	"github.com/vonage/terraform-provider-vonage/internal/emulator"
)

// The objects that are always in the account. Numbers are of the range that Ofcom reserves for fiction
// (https://www.ofcom.org.uk/phones-and-broadband/phone-numbers/numbers-for-drama).
const (
	applicationA = "aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa" // the provider's credentials belong to this one
	applicationB = "bbbbbbbb-bbbb-4bbb-8bbb-bbbbbbbbbbbb"

	keyOfA, keyOfB = acctest.PoolSize - 1, acctest.PoolSize - 2

	freeNumber                = "GB/447700900001"
	smsOfFreeNumber           = "https://example.com/sms?a=b&c=d"
	linkedNumber              = "GB/447700900002"
	offeredNumber, otherOffer = "GB/447700900003", "GB/447700900004"

	conversationID = "CON-bc643220-2542-499a-892e-c982c4150c06"
)

// furnish adds applications, numbers and a conversation to an account, each with content that no provider sets.
func furnish(t *testing.T, account *emulator.Emulator) {
	t.Helper()
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	seedApplication := func(id string, key int) {
		must(account.SeedApplication(id, values{
			"name": "furniture " + id[:1], "keys": values{"public_key": acctest.PublicKey(key)},
			"capabilities": values{"meetings": values{"webhooks": values{}}, "voice": values{"webhooks": values{
				"answer_url": values{"address": "https://example.com/" + id, "http_method": "GET"},
			}}},
		}))
	}
	seedApplication(applicationA, keyOfA)
	seedApplication(applicationB, keyOfB)
	must(account.SeedNumber(freeNumber, values{
		"type": "mobile-lvn", "features": []any{"SMS", "VOICE"}, "moHttpUrl": smsOfFreeNumber,
		"voiceStatusCallback": "https://example.com/status",
	}))
	must(account.SeedNumber(linkedNumber, values{"type": "mobile-lvn", "features": []any{"VOICE"}, "app_id": applicationB}))
	for _, offer := range []string{offeredNumber, otherOffer} {
		must(account.SeedInventory(values{
			"country": "GB", "msisdn": strings.TrimPrefix(offer, "GB/"), "type": "mobile-lvn", "features": []any{"SMS", "VOICE"},
			"cost": "1.25", "initialPrice": "0.50", "limitations": []any{values{"feature": "SMS", "type": "OUTBOUND", "reach": "DOMESTIC"}},
		}))
	}

	call, err := os.ReadFile("../conversation/testdata/tutorial.json")
	must(err)
	var conversation values
	must(json.Unmarshal(call, &conversation))
	conversation["application_id"] = applicationA
	must(account.SeedConversation(conversationID, conversation))
}

// asApplication returns the credentials of application A.
func asApplication() values {
	return values{"application_id": applicationA, "private_key": acctest.PrivateKey(keyOfA)}
}

// holdings are the documents of an account by kind and id.
type holdings map[string]values

func holdingsOf(account *emulator.Emulator) holdings {
	held := holdings{}
	for id, document := range account.Applications() {
		held["application "+id] = document
	}
	for id, document := range account.Numbers() {
		held["number "+id] = document
	}
	for id, document := range account.Inventory() {
		held["offer "+id] = document
	}
	return held
}

// at returns the value at a path of names in a document, or nil.
func at(document any, path ...string) any {
	for _, name := range path {
		object, _ := document.(values)
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
