// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package specimen

import (
	_ "embed" // the configuration
	"fmt"
	"strings"

	"pgregory.net/rapid"

	"github.com/vonage/terraform-provider-vonage/internal/acctest"
	"github.com/vonage/terraform-provider-vonage/internal/emulator"
)

//go:embed number.tf
var numberConfig string

func (specimens) Number() Specimen {
	rented := Values{
		"country": "GB", "msisdn": "+44 7700 900003", "deletion_policy": "DELETE", "sms_webhook_url": "https://example.com/first",
		"max_monthly_cost": "1.25",
	}
	plain := Case{
		Name:     "number",
		First:    rented,
		Second:   acctest.With(rented, Values{"sms_webhook_url": nil, "voice_callback": Values{"type": "tel", "value": "447700900009"}}),
		ImportID: idOf, Compare: compareNumber,
	}
	byDigits := plain
	byDigits.Name, byDigits.Operations, byDigits.ImportID = "number by another name", []string{"import"}, digitsOf
	owned := Values{"country": "GB", "msisdn": "447700900001", "deletion_policy": "ABANDON", "sms_webhook_url": "https://example.com/first"}
	adopted := Case{
		Name: "number that is there", Operations: []string{"create", "update"},
		First: owned, Second: acctest.With(owned, Values{"sms_webhook_url": "https://example.com/second"}),
		Compare: compareAdopted,
	}
	pinned := Values{"country": "GB", "msisdn": "447700900003"}
	return Specimen{
		TypeName: "vonage_number", Noun: "number",
		Config:    numberConfig,
		Cases:     []Case{plain, adopted, byDigits},
		Crowd:     oneOfManyNumbers,
		Malformed: Malformed{Path: "/account/numbers", Member: "msisdn", Attribute: "msisdn", Tells: []string{"country"}},
		Settling: Settling{
			Prepare: func(_ *rapid.T, account *emulator.Emulator) error {
				return account.SeedInventory(Values{"country": "GB", "msisdn": strings.TrimPrefix(settlingNumber, "GB/"), "cost": "1.25", "initialPrice": "0.50"})
			},
			Draw:       drawNumber,
			Others:     linkToOthers,
			Compare:    compareSettledNumber,
			ImportID:   idOf,
			Unreadable: []string{"deletion_policy", "smpp_system_type", "voice_status_callback", "monthly_cost", "initial_cost"},
		},
		Pinned: map[string]Values{
			"number": pinned,
			"number with everything": acctest.With(pinned, Values{
				"deletion_policy": "ABANDON", "max_monthly_cost": "2", "max_initial_cost": "1.00", "timeouts": timeouts(),
				"sms_webhook_url": "https://example.com/sms", "smpp_system_type": "inbound", "voice_status_callback": "https://example.com/ended",
				"voice_callback": Values{"type": "sip", "value": "sip:a@example.com"},
			}),
			"number that was adopted": {"country": "GB", "msisdn": "447700900002"},
			"number of a subaccount":  acctest.With(pinned, Values{"target_api_key": sharingSubaccount}),
		},
		Grow: growNumbers,
		Questions: []Question{
			list("vonage_number", "numbers"),
			data("number", "vonage_number", "number", Values{"msisdn": "447700900001"}),
			data("numbers", "vonage_numbers", "numbers", Values{}),
			data("available numbers", "vonage_available_numbers", "numbers", Values{"country": "GB"}),
		},
	}
}

// compareNumber attributes the number that is on offer, or rented, to the object.
func compareNumber(state Values, account Contents) []string {
	number, rented := account["number "+offeredNumber]
	if rented {
		delete(account, "number "+offeredNumber)
		account["offer "+offeredNumber] = acctest.With(account["offer "+otherOffer], Values{"msisdn": strings.TrimPrefix(offeredNumber, "GB/")})
	}
	return differences("number", map[string][2]any{
		"being rented":    {state != nil, rented},
		"sms_webhook_url": {state["sms_webhook_url"], number["moHttpUrl"]},
		"voice_callback":  {at(state, "voice_callback", "value"), number["voiceCallbackValue"]},
	})
}

// compareAdopted compares the settings that the object manages on the free number, and removes them.
func compareAdopted(state Values, account Contents) []string {
	number := account["number "+freeNumber]
	expected := smsOfFreeNumber
	if state != nil {
		expected = fmt.Sprint(state["sms_webhook_url"])
	}
	problems := differences("number", map[string][2]any{"sms_webhook_url": {expected, number["moHttpUrl"]}})
	number["moHttpUrl"] = smsOfFreeNumber
	return problems
}

// oneOfManyNumbers rents a number if i is odd, and adopts the number of the i-th link if it is even.
func oneOfManyNumbers(i int) Member {
	config := Values{"country": "GB", "msisdn": shared(i), "deletion_policy": "ABANDON"}
	rents := i%2 == 1
	if rents {
		config = Values{"country": "GB", "msisdn": fmt.Sprintf("4477009002%02d", i), "deletion_policy": "DELETE"}
	}
	member := Member{First: config, Second: acctest.With(config, Values{"sms_webhook_url": "https://example.com/sms"}), Seed: oneOfManyLinks(i).Seed}
	if rents {
		member.Seed = func(account *emulator.Emulator) error {
			return account.SeedInventory(Values{"cost": "1", "initialPrice": "1", "country": config["country"], "msisdn": config["msisdn"]})
		}
	}
	member.Compare = func(state Values, find func(id string) Values) []string {
		id := fmt.Sprint("GB/", config["msisdn"])
		document := find("number " + id)
		find("offer " + id)
		compared := map[string][2]any{}
		if state != nil {
			compared["sms_webhook_url"] = [2]any{state["sms_webhook_url"], document["moHttpUrl"]}
		}
		if rents {
			compared["being rented"] = [2]any{state != nil, document != nil}
		}
		return differences(fmt.Sprint("number ", i), compared)
	}
	return member
}

func drawNumber(t *rapid.T) Values {
	names := []string{"sms_webhook_url", "smpp_system_type", "voice_callback", "voice_status_callback"}
	return acctest.With(Values{"country": "GB", "msisdn": strings.TrimPrefix(settlingNumber, "GB/"), "deletion_policy": "DELETE"}, drawSome(t, names, map[string][]any{
		"sms_webhook_url":       {"https://example.com/sms?a=b&c=d+e", "http://example.com/%20"},
		"smpp_system_type":      {"inbound", "x y"},
		"voice_callback":        {Values{"type": "sip", "value": "sip:a@example.com;transport=tls"}, Values{"type": "tel", "value": "447700900009"}},
		"voice_status_callback": {"https://example.com/ended"},
	}))
}

// linkToOthers links the number, and adds what this version does not know. The number's own forwarding replaces the
// callback that shows a link.
func linkToOthers(account *emulator.Emulator, _ Values) error {
	number, _ := account.Number(settlingNumber)
	link := Values{"app_id": ApplicationB, "voiceCallbackType": "app", "voiceCallbackValue": ApplicationB, "future": "kept"}
	return account.SeedNumber(settlingNumber, acctest.With(link, number))
}

func compareSettledNumber(state Values, _, now Contents, changed bool) []string {
	number, rented := now["number "+settlingNumber]
	if state == nil {
		return differences("number", map[string][2]any{"being rented": {false, rented}})
	}
	callback, _ := state["voice_callback"].(Values)
	want := map[string][2]any{
		"moHttpUrl": {state["sms_webhook_url"], number["moHttpUrl"]}, "moSmppSysType": {state["smpp_system_type"], number["moSmppSysType"]},
		"voiceStatusCallback": {state["voice_status_callback"], number["voiceStatusCallback"]},
	}
	if changed {
		if callback == nil {
			callback = Values{"type": "app", "value": ApplicationB} // how the API shows a link
		}
		want["app_id"], want["future"] = [2]any{ApplicationB, number["app_id"]}, [2]any{"kept", number["future"]}
	}
	want["voiceCallbackType"] = [2]any{callback["type"], number["voiceCallbackType"]}
	want["voiceCallbackValue"] = [2]any{callback["value"], number["voiceCallbackValue"]}
	return differences("number", want)
}

// growNumbers adds the numbers that are not linked.
func growNumbers(account *emulator.Emulator) (int, error) {
	for i := grownLinks; i < grownNumbers; i++ {
		number := Values{"type": "mobile-lvn", "features": []string{"VOICE", "SMS"}}
		if i%3 == 0 {
			number = acctest.With(number, Values{"voiceCallbackType": "sip", "voiceCallbackValue": "sip:a@example.com", "moHttpUrl": "https://example.com/sms"})
		}
		if err := account.SeedNumber(grownNumber(i), number); err != nil {
			return 0, err
		}
	}
	return grownNumbers, nil
}
