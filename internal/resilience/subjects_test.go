// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package resilience_test

import (
	"fmt"
	"maps"
	"strings"

	"github.com/vonage/terraform-provider-vonage/internal/acctest"
	"github.com/vonage/terraform-provider-vonage/internal/vonage"
)

// subject is a resource with two configurations, the second of which changes an object of the first.
type subject struct {
	name, typeName string
	noun           string // the noun in error messages
	first, second  values
	importID       func(state values) string
	operations     []string // nil: all of them
	// forgetful objects cannot be found again if their creation was cut off and the following lookup failed.
	forgetful bool
	// compare removes what belongs to the object from the holdings and returns the differences from state, which is nil if
	// there is none.
	compare func(state values, account holdings) []string
}

func subjects() []subject {
	idOf := func(state values) string { return state["id"].(string) }
	voice := func(address string) values {
		return values{"answer_url": values{"address": "https://example.com/" + address}}
	}
	application := subject{
		name: "application", typeName: "vonage_application", noun: "application",
		first:    values{"name": "first", "voice": voice("first"), "vbc": values{}},
		second:   values{"name": "second", "voice": voice("second"), "messages": values{"inbound_url": values{"address": "https://example.com/in"}}},
		importID: idOf, compare: compareApplication,
	}
	newPair := application
	newPair.name, newPair.operations = "application with a new key pair", []string{"update"}
	newPair.second = with(application.first, values{"key_version": "2"})
	writeOnly := application
	writeOnly.name, writeOnly.operations, writeOnly.forgetful = "application with a write-only key", []string{"create", "update"}, true
	writeOnly.first = values{"name": "first", "public_key_wo": acctest.PublicKey(0), "public_key_wo_version": 1}
	writeOnly.second = values{"name": "first", "public_key_wo": acctest.PublicKey(1), "public_key_wo_version": 2}

	link := subject{
		name: "number link", typeName: "vonage_number_link", noun: "number",
		first:    values{"msisdn": "+44 7700 900001", "application_id": applicationA},
		second:   values{"msisdn": "+44 7700 900001", "application_id": applicationB},
		importID: idOf, compare: compareLink,
	}
	rented := values{
		"country": "GB", "msisdn": "+44 7700 900003", "deletion_policy": "DELETE", "sms_webhook_url": "https://example.com/first",
		"max_monthly_cost": "1.25",
	}
	number := subject{
		name: "number", typeName: "vonage_number", noun: "number",
		first:    rented,
		second:   with(rented, values{"sms_webhook_url": nil, "voice_callback": values{"type": "tel", "value": "447700900009"}}),
		importID: idOf, compare: compareNumber,
	}
	adopted := subject{
		name: "number that is there", typeName: "vonage_number", noun: "number", operations: []string{"create", "update"},
		first:   values{"country": "GB", "msisdn": "447700900001", "deletion_policy": "ABANDON", "sms_webhook_url": "https://example.com/first"},
		second:  values{"country": "GB", "msisdn": "447700900001", "deletion_policy": "ABANDON", "sms_webhook_url": "https://example.com/second"},
		compare: compareAdopted,
	}
	all := []subject{application, newPair, writeOnly, link, number, adopted}
	for _, one := range []subject{application, link, number} {
		one.name, one.operations = one.name+" by another name", []string{"import"}
		one.importID = func(state values) string {
			if state["msisdn"] == nil {
				return fmt.Sprint("name=", state["name"])
			}
			return strings.TrimPrefix(idOf(state), "GB/")
		}
		all = append(all, one)
	}
	return all
}

// with adds settings to both configurations.
func (s subject) with(settings values) subject {
	s.first, s.second = with(s.first, settings), with(s.second, settings)
	return s
}

func with(config, more values) values {
	merged := maps.Clone(config)
	maps.Copy(merged, more)
	return merged
}

// compareApplication attributes every application that is not furniture to the object.
func compareApplication(state values, account holdings) []string {
	var problems []string
	for name, document := range account {
		if called, ok := document["name"].(string); !ok || strings.HasPrefix(called, "furniture") {
			continue
		}
		delete(account, name)
		if state == nil || name != fmt.Sprint("application ", state["id"]) {
			problems = append(problems, fmt.Sprintf("%s (%v) is in no state", name, document["name"]))
			continue
		}
		problems = append(problems, compareOneApplication(state, document)...)
		state = nil
	}
	if state != nil {
		problems = append(problems, fmt.Sprintf("application %v is in the state and not in the account", state["id"]))
	}
	return problems
}

func compareOneApplication(state, document values) []string {
	problems := differences("application", map[string][2]any{
		"name":           {state["name"], document["name"]},
		"voice":          {at(state, "voice", "answer_url", "address"), at(document, "capabilities", "voice", "webhooks", "answer_url", "address")},
		"messages":       {at(state, "messages", "inbound_url", "address"), at(document, "capabilities", "messages", "webhooks", "inbound_url", "address")},
		"vbc is present": {state["vbc"] != nil, at(document, "capabilities", "vbc") != nil},
	})
	public, _ := at(document, "keys", "public_key").(string)
	if key, ok := state["public_key"].(string); ok && !vonage.SamePublicKey(key, public) {
		problems = append(problems, "the public key in the state is not the application's")
	}
	if private, ok := state["private_key"].(string); ok {
		key, err := vonage.ParsePrivateKey(private)
		if err != nil {
			return append(problems, err.Error())
		}
		if half, err := vonage.EncodePublicKey(&key.PublicKey); err != nil || !vonage.SamePublicKey(half, public) {
			problems = append(problems, "the private key in the state is not the other half of the application's")
		}
	}
	return problems
}

// compareLink compares the link of the free number, and removes it.
func compareLink(state values, account holdings) []string {
	number := account["number "+freeNumber]
	problems := differences("number", map[string][2]any{"application_id": {state["application_id"], number["app_id"]}})
	for _, name := range []string{"app_id", "voiceCallbackType", "voiceCallbackValue"} { // the link is also shown as a voice callback
		delete(number, name)
	}
	return problems
}

// compareNumber attributes the number that is on offer, or rented, to the object.
func compareNumber(state values, account holdings) []string {
	number, rented := account["number "+offeredNumber]
	if rented {
		delete(account, "number "+offeredNumber)
		account["offer "+offeredNumber] = offerLike(account["offer "+otherOffer], offeredNumber)
	}
	return differences("number", map[string][2]any{
		"being rented":    {state != nil, rented},
		"sms_webhook_url": {state["sms_webhook_url"], number["moHttpUrl"]},
		"voice_callback":  {at(state, "voice_callback", "value"), number["voiceCallbackValue"]},
	})
}

// compareAdopted compares the settings that the object manages on the free number, and removes them.
func compareAdopted(state values, account holdings) []string {
	number := account["number "+freeNumber]
	expected := smsOfFreeNumber
	if state != nil {
		expected = state["sms_webhook_url"].(string)
	}
	problems := differences("number", map[string][2]any{"sms_webhook_url": {expected, number["moHttpUrl"]}})
	number["moHttpUrl"] = smsOfFreeNumber
	return problems
}

// offerLike returns an offer of another number on the same terms.
func offerLike(offer values, id string) values {
	return with(offer, values{"msisdn": strings.TrimPrefix(id, "GB/")})
}
