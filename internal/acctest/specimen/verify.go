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

//go:embed verify.tf
var verifyConfig string

const (
	// filledTemplate is always in the account, with filledFragment, and is the default.
	filledTemplate = "cccccccc-cccc-4ccc-8ccc-cccccccccccc"
	filledFragment = "dddddddd-dddd-4ddd-8ddd-dddddddddddd"

	newTemplate  = "specimen"
	templateText = "Your code: ${code}"
	// mostTemplates is how many templates an account can have beside the one that is always there.
	mostTemplates = 9
)

func fillVerify(account *emulator.Emulator) error {
	return account.Documents("verify_templates").Seed(filledTemplate, Values{
		"name": nameOfOthers, "is_default": true, "fragments": Values{filledFragment: Values{
			"channel": "sms", "locale": "en-us", "text": templateText, "date_created": "2024-01-01T10:00:00.12345678Z", "date_updated": "2024-01-01T10:00:00.12345678Z",
		}},
	})
}

func (specimens) VerifyTemplate() Specimen {
	plain := Case{
		Name:     "Verify template",
		First:    Values{"name": newTemplate},
		Second:   Values{"name": newTemplate + "_2", "is_default": false},
		ImportID: idOf, Compare: compareTemplate,
	}
	byName := plain
	byName.Name, byName.Operations = "Verify template by name", []string{"import"}
	byName.ImportID = func(state Values) string { return fmt.Sprint("name=", state["name"]) }
	return Specimen{
		TypeName: "vonage_verify_template", Noun: "Verify template", Fill: fillVerify,
		Config: verifyConfig,
		Cases:  []Case{plain, byName},
		Crowd: func(i int) Member {
			name := fmt.Sprint("crowd-", i)
			return Member{
				First: Values{"name": name}, Second: Values{"name": name + "_2", "is_default": false},
				Compare: func(state Values, find func(id string) Values) []string {
					return compareOneTemplate(state, find("verify_template "+fmt.Sprint(state["id"])))
				},
			}
		},
		CrowdLimit: mostTemplates,
		Malformed:  Malformed{Path: "/v2/verify/templates", Member: "template_id", Attribute: "id"},
		Settling: Settling{
			Draw: func(t *rapid.T) Values {
				return acctest.With(Values{"name": rapid.SampledFrom([]string{"a", "B_2", strings.Repeat("x", 64)}).Draw(t, "name")},
					drawSome(t, []string{"is_default"}, map[string][]any{"is_default": {false}}))
			},
			Others:   func(*emulator.Emulator, Values) error { return nil },
			Compare:  func(state Values, _, now Contents, _ bool) []string { return compareTemplate(state, now) },
			ImportID: idOf,
		},
		Pinned: map[string]Values{
			"Verify template":                 plain.First,
			"Verify template with everything": {"name": newTemplate, "is_default": false, "timeouts": timeouts()},
		},
		Grow: growTemplates,
		Questions: []Question{
			list("vonage_verify_template", "Verify templates"),
			data("Verify template", "vonage_verify_template", "Verify template", Values{"id": filledTemplate}),
			data("Verify templates", "vonage_verify_templates", "Verify templates", Values{}),
		},
	}
}

// compareTemplate compares the template of a state, and removes it.
func compareTemplate(state Values, account Contents) []string {
	if state == nil {
		return nil // one that is left over is not removed
	}
	key := "verify_template " + idOf(state)
	document := account[key]
	delete(account, key)
	return compareOneTemplate(state, document)
}

func compareOneTemplate(state, document Values) []string {
	if state == nil || document == nil {
		return differences("Verify template", map[string][2]any{"being there": {state != nil, document != nil}})
	}
	return differences("Verify template", map[string][2]any{
		"name": {state["name"], document["name"]}, "is_default": {state["is_default"], document["is_default"]},
	})
}

const grownTemplates = mostTemplates

func growTemplates(account *emulator.Emulator) (int, error) {
	for i := range grownTemplates {
		template := Values{"name": fmt.Sprintf("grown_%d", i), "is_default": i == 1}
		if err := account.Documents("verify_templates").Seed(grownTemplate(i), template); err != nil {
			return 0, err
		}
	}
	return grownTemplates, nil
}

func grownTemplate(i int) string { return fmt.Sprintf("eeeeeeee-0000-4000-8000-%012d", i) }

func (specimens) VerifyFragment() Specimen {
	first := Values{"template_id": filledTemplate, "channel": "voice", "locale": "de-DE", "text": templateText}
	plain := Case{
		Name:     "Verify fragment",
		First:    first,
		Second:   acctest.With(first, Values{"text": templateText + " (${brand})"}),
		ImportID: idOf, Compare: compareFragment,
	}
	return Specimen{
		TypeName: "vonage_verify_template_fragment", Within: Within{"verify_templates", "fragments"}, ReadBy: "vonage_verify_template", Noun: "fragment",
		Cases:     []Case{plain},
		Malformed: Malformed{Path: "/v2/verify/templates", Member: "template_fragment_id", Attribute: "fragment_id"},
		Crowd: func(i int) Member {
			one := acctest.With(first, Values{"locale": fmt.Sprintf("en-%03d", i)})
			return Member{
				First: one, Second: acctest.With(one, Values{"text": templateText + "!"}),
				Compare: func(state Values, find func(id string) Values) []string {
					return compareOneFragment(state, find("verify_template_fragment "+fmt.Sprint(state["id"])))
				},
			}
		},
		Settling: Settling{
			Draw: func(t *rapid.T) Values {
				return acctest.With(first, Values{"locale": "de-de", "text": rapid.SampledFrom([]string{templateText, "${code} ü", "${code} ${brand} ${time-limit}"}).Draw(t, "text")})
			},
			Others:   func(*emulator.Emulator, Values) error { return nil },
			Compare:  func(state Values, _, now Contents, _ bool) []string { return compareFragment(state, now) },
			ImportID: idOf,
		},
		Pinned: map[string]Values{
			"Verify fragment":                 first,
			"Verify fragment with everything": acctest.With(first, Values{"template_id": strings.ToUpper(filledTemplate), "timeouts": timeouts()}),
		},
		Grow: growFragments, ReadToList: (grownTemplates + 1) * perPage,
		Questions: []Question{list("vonage_verify_template_fragment", "Verify template fragments")},
	}
}

// compareFragment compares the fragment of a state, and removes it.
func compareFragment(state Values, account Contents) []string {
	if state == nil {
		return nil
	}
	key := "verify_template_fragment " + strings.ToLower(idOf(state))
	document := account[key]
	delete(account, key)
	return compareOneFragment(state, document)
}

func compareOneFragment(state, document Values) []string {
	if state == nil || document == nil {
		return differences("fragment", map[string][2]any{"being there": {state != nil, document != nil}})
	}
	return differences("fragment", map[string][2]any{
		"channel": {state["channel"], document["channel"]}, "locale": {strings.ToLower(fmt.Sprint(state["locale"])), document["locale"]},
		"text": {state["text"], document["text"]}, "date_updated": {state["date_updated"], document["date_updated"]},
	})
}

// growFragments gives templates that are grown already fragments.
func growFragments(account *emulator.Emulator) (int, error) {
	locales := []string{"en-us", "EN-GB", "es"}
	for _, i := range []int{0, 2} {
		template, _ := account.Documents("verify_templates").Get(grownTemplate(i))
		fragments := Values{}
		for n, locale := range locales {
			fragments[fmt.Sprintf("ffffffff-%04d-4000-8000-%012d", i, n)] = Values{
				"channel": "sms", "locale": locale, "text": templateText, "date_created": "2024-01-01T10:00:00Z", "date_updated": "2024-01-02T10:00:00Z",
			}
		}
		if err := account.Documents("verify_templates").Seed(grownTemplate(i), acctest.With(template, Values{"fragments": fragments})); err != nil {
			return 0, err
		}
	}
	return 2 * len(locales), nil
}
