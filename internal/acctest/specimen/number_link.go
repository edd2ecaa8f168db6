// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package specimen

import (
	_ "embed" // the configuration
	"fmt"
	"strings"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/vonage/terraform-provider-vonage/internal/acctest"
	"github.com/vonage/terraform-provider-vonage/internal/emulator"
)

//go:embed number_link.tf
var numberLinkConfig string

func (specimens) NumberLink() Specimen {
	plain := Case{
		Name:     "number link",
		First:    Values{"msisdn": "+44 7700 900001", "application_id": ApplicationA},
		Second:   Values{"msisdn": "+44 7700 900001", "application_id": ApplicationB},
		ImportID: idOf, Compare: compareLink,
	}
	byDigits := plain
	byDigits.Name, byDigits.Operations, byDigits.ImportID = "number link by another name", []string{"import"}, digitsOf
	pinned := Values{"msisdn": "447700900001", "application_id": ApplicationA}
	return Specimen{
		TypeName: "vonage_number_link", ReadBy: "vonage_number", Noun: "number",
		Config:    numberLinkConfig,
		Cases:     []Case{plain, byDigits},
		Crowd:     oneOfManyLinks,
		Malformed: Malformed{Path: "/account/numbers", Member: "msisdn", Attribute: "msisdn", Tells: []string{"country", "app_id"}},
		Settling: Settling{
			Prepare: prepareLink,
			Draw: func(t *rapid.T) Values {
				return Values{
					"msisdn":         strings.TrimPrefix(settlingNumber, "GB/"),
					"application_id": rapid.SampledFrom([]string{ApplicationA, ApplicationB}).Draw(t, "application"),
				}
			},
			Others:   addFuture,
			Compare:  compareSettledLink,
			ImportID: idOf,
		},
		Pinned: map[string]Values{
			"number link":                 pinned,
			"number link with everything": acctest.With(pinned, Values{"country": "gb", "msisdn": "+44 7700 900001", "replace_existing_link": true, "timeouts": timeouts()}),
		},
		Grow:      growLinks,
		Questions: []Question{list("vonage_number_link", "number links")},
	}
}

// digitsOf returns the other import id of a number.
func digitsOf(state Values) string { return strings.TrimPrefix(idOf(state), "GB/") }

// compareLink compares the link of the free number, and removes it.
func compareLink(state Values, account Contents) []string {
	number := account["number "+freeNumber]
	problems := differences("number", map[string][2]any{"application_id": {state["application_id"], number["app_id"]}})
	for _, name := range []string{"app_id", "voiceCallbackType", "voiceCallbackValue"} { // the link is also shown as a voice callback
		delete(number, name)
	}
	return problems
}

// shared returns the number that the i-th link and, if i is even, the i-th number of a crowd manage: two objects then
// write to the same number, and neither may undo the other's changes.
func shared(i int) string { return fmt.Sprintf("4477009001%02d", i) }

func oneOfManyLinks(i int) Member {
	return Member{
		First:  Values{"msisdn": shared(i), "application_id": ApplicationA},
		Second: Values{"msisdn": shared(i), "application_id": ApplicationB},
		Seed: func(account *emulator.Emulator) error {
			return account.SeedNumber("GB/"+shared(i), Values{"type": "mobile-lvn", "features": []any{"VOICE"}})
		},
		Compare: func(state Values, find func(id string) Values) []string {
			document := find("number GB/" + shared(i))
			return differences(fmt.Sprint("number_link ", i), map[string][2]any{"application_id": {at(state, "application_id"), document["app_id"]}})
		},
	}
}

// settlingNumber is the number of drawn changes.
const settlingNumber = "GB/447700900005"

func prepareLink(t *rapid.T, account *emulator.Emulator) error {
	own := drawSome(t, []string{"moHttpUrl", "moSmppSysType", "voiceStatusCallback", "limitations"}, map[string][]any{
		"moHttpUrl": {"https://example.com/sms?a=b&c=d+e"}, "moSmppSysType": {"inbound"}, "voiceStatusCallback": {"https://example.com/e"},
		"limitations": {[]any{Values{"feature": "SMS", "type": "OUTBOUND", "reach": "DOMESTIC"}}},
	})
	if rapid.Bool().Draw(t, "forwarded") {
		own["voiceCallbackType"], own["voiceCallbackValue"] = "sip", "sip:a@example.com"
	}
	return account.SeedNumber(settlingNumber, acctest.With(Values{"type": "mobile-lvn", "features": []any{"SMS", "VOICE"}}, own))
}

// addFuture adds what this version does not know.
func addFuture(account *emulator.Emulator, _ Values) error {
	number, _ := account.Number(settlingNumber)
	return account.SeedNumber(settlingNumber, acctest.With(number, Values{"future": "kept"}))
}

// compareSettledLink requires that the link is the only change to the number.
func compareSettledLink(state Values, before, now Contents, changed bool) []string {
	want := before["number "+settlingNumber]
	if changed {
		want = acctest.With(want, Values{"future": "kept"})
	}
	if state != nil {
		want = acctest.With(Values{"voiceCallbackType": "app", "voiceCallbackValue": state["application_id"]}, want)
		want["app_id"] = state["application_id"]
	}
	if diff := cmp.Diff(want, now["number "+settlingNumber]); diff != "" {
		return []string{"the linked number (-want +got):\n" + diff}
	}
	return nil
}

const (
	grownNumbers = 250
	grownLinks   = grownNumbers / 2
)

func grownNumber(i int) string { return fmt.Sprintf("GB/447700900%03d", i) }

func growLinks(account *emulator.Emulator) (int, error) {
	for i := range grownLinks {
		id := grownApplication(i % grownApplications)
		err := account.SeedNumber(grownNumber(i), Values{
			"type": "mobile-lvn", "features": []string{"VOICE", "SMS"},
			"app_id": id, "voiceCallbackType": "app", "voiceCallbackValue": id,
		})
		if err != nil {
			return 0, err
		}
	}
	return grownLinks, nil
}
