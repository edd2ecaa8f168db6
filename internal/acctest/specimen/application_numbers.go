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

//go:embed application_numbers.tf
var applicationNumbersConfig string

func (specimens) ApplicationNumbers() Specimen {
	free, second, third := strings.TrimPrefix(freeNumber, "GB/"), strings.TrimPrefix(secondFreeNumber, "GB/"), strings.TrimPrefix(thirdFreeNumber, "GB/")
	first := Values{"application_id": ApplicationA, "numbers": []any{free, second}}
	pinned := Values{"application_id": ApplicationA, "numbers": []any{free}}
	return Specimen{
		TypeName: "vonage_application_numbers", ReadBy: "vonage_numbers", Noun: "number", InsteadOf: "vonage_number_link",
		Config: applicationNumbersConfig,
		Cases: []Case{{
			Name:     "application numbers",
			First:    first,
			Second:   acctest.With(first, Values{"numbers": []any{second, third}}),
			ImportID: idOf, Compare: compareApplicationNumbers(freeNumber, secondFreeNumber, thirdFreeNumber),
		}},
		Crowd: oneOfManyApplicationNumbers,
		Settling: Settling{
			Prepare: prepareApplicationNumbers,
			Draw: func(t *rapid.T) Values {
				var numbers []any
				for i := range settlingNumbers {
					if i == 0 || rapid.Bool().Draw(t, fmt.Sprint("number ", i)) {
						numbers = append(numbers, strings.TrimPrefix(settlingNumberOf(i), "GB/"))
					}
				}
				return acctest.With(Values{"application_id": ApplicationA, "numbers": numbers}, drawSome(t, []string{"exclusive"}, map[string][]any{"exclusive": {true}}))
			},
			Others:     addFutures,
			Compare:    compareSettledNumbers,
			ImportID:   func(state Values) string { return fmt.Sprint(state["application_id"]) },
			Unreadable: []string{"exclusive"},
		},
		Pinned: map[string]Values{
			"application numbers": pinned,
			"application numbers with everything": acctest.With(pinned, Values{
				"numbers": []any{free, secondFreeNumber}, "exclusive": true, "replace_existing_links": true, "timeouts": timeouts(),
			}),
		},
		Grow:       func(*emulator.Emulator) (int, error) { return grownApplications, nil }, // the links of growLinks
		ReadToList: grownLinks,
		Questions:  []Question{list("vonage_application_numbers", "numbers of applications")},
	}
}

// compareApplicationNumbers compares the links of these numbers to application A, and removes them.
func compareApplicationNumbers(ids ...string) func(Values, Contents) []string {
	return func(state Values, account Contents) []string {
		problems := make([]string, 0, len(ids))
		for _, id := range ids {
			number := account["number "+id]
			problems = append(problems, differsFromEntry(state, id, number)...)
			for _, name := range []string{"app_id", "voiceCallbackType", "voiceCallbackValue"} { // the link is also shown as a voice callback
				delete(number, name)
			}
		}
		return problems
	}
}

// differsFromEntry compares the link of one number with the entry in the state.
func differsFromEntry(state Values, id string, number Values) []string {
	var want any
	entries, _ := state["numbers"].([]any)
	for _, entry := range entries {
		if entry == id || entry == strings.TrimPrefix(id, "GB/") {
			want = state["application_id"]
		}
	}
	return differences("number "+id, map[string][2]any{"app_id": {want, number["app_id"]}})
}

// oneOfManyApplicationNumbers has numbers of its own, of the same application as all others.
func oneOfManyApplicationNumbers(i int) Member {
	ids := []string{fmt.Sprintf("GB/44770091%02d01", i), fmt.Sprintf("GB/44770091%02d02", i), fmt.Sprintf("GB/44770091%02d03", i)}
	with := func(ids ...string) Values {
		return Values{"application_id": ApplicationB, "numbers": []any{ids[0], ids[1]}}
	}
	return Member{
		First:  with(ids[0], ids[1]),
		Second: with(ids[1], ids[2]),
		Seed: func(account *emulator.Emulator) error {
			for _, id := range ids {
				if err := account.SeedNumber(id, Values{"type": "mobile-lvn", "features": []any{"VOICE"}}); err != nil {
					return err
				}
			}
			return nil
		},
		Compare: func(state Values, find func(id string) Values) []string {
			problems := make([]string, 0, len(ids))
			for _, id := range ids {
				problems = append(problems, differsFromEntry(state, id, find("number "+id))...)
			}
			return problems
		},
	}
}

// settlingNumbers is how many numbers the drawn changes are about.
const settlingNumbers = 4

func settlingNumberOf(i int) string { return fmt.Sprintf("GB/44770090010%d", i) }

func prepareApplicationNumbers(t *rapid.T, account *emulator.Emulator) error {
	for i := range settlingNumbers {
		own := drawSome(t, []string{"moHttpUrl"}, map[string][]any{"moHttpUrl": {"https://example.com/sms?a=b&c=d+e"}})
		if rapid.Bool().Draw(t, "forwarded") {
			own["voiceCallbackType"], own["voiceCallbackValue"] = "sip", "sip:a@example.com"
		}
		if err := account.SeedNumber(settlingNumberOf(i), acctest.With(Values{"type": "mobile-lvn", "features": []any{"SMS", "VOICE"}}, own)); err != nil {
			return err
		}
	}
	return nil
}

// addFutures adds what this version does not know.
func addFutures(account *emulator.Emulator, _ Values) error {
	for i := range settlingNumbers {
		number, _ := account.Number(settlingNumberOf(i))
		if err := account.SeedNumber(settlingNumberOf(i), acctest.With(number, Values{"future": "kept"})); err != nil {
			return err
		}
	}
	return nil
}

// compareSettledNumbers requires that the links are the only change to the numbers.
func compareSettledNumbers(state Values, before, now Contents, changed bool) []string {
	var problems []string
	for i := range settlingNumbers {
		id := settlingNumberOf(i)
		number := now["number "+id]
		problems = append(problems, differsFromEntry(state, id, number)...)
		want := before["number "+id]
		if changed {
			want = acctest.With(want, Values{"future": "kept"})
		}
		if linked := number["app_id"]; linked != nil {
			want = acctest.With(Values{"voiceCallbackType": "app", "voiceCallbackValue": linked}, want)
			want["app_id"] = linked
		}
		if diff := cmp.Diff(want, number); diff != "" {
			problems = append(problems, fmt.Sprintf("number %s (-want +got):\n%s", id, diff))
		}
	}
	return problems
}
