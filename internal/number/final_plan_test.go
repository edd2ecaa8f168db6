// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package number_test

import (
	"testing"

	"github.com/vonage/terraform-provider-vonage/internal/acctest"
)

// A plan may be applied much later, and Terraform then plans each change again. Whatever happened to the number
// meanwhile, the second plan keeps what the first one said, or says what is wrong.
func TestAnApplyKeepsToItsPlanWhateverHappenedSince(t *testing.T) {
	t.Parallel()
	moved := func(a account) {
		a.Emulator.RemoveNumber(gb)
		a.owns("JE/"+digits, nil)
	}
	for name, since := range map[string]func(account){
		"nothing":                      func(account) {},
		"cancelled":                    func(a account) { a.Emulator.RemoveNumber(gb) },
		"in another country":           moved,
		"in two countries":             func(a account) { a.owns("JE/"+digits, nil) },
		"linked elsewhere":             func(a account) { a.owns(gb, linkedTo(theirs)) },
		"cancelled and on offer again": func(a account) { a.Emulator.RemoveNumber(gb); a.offers(gb, nil) },
	} {
		for what, config := range map[string]struct {
			typeName string
			prior    values // the configuration of the existing object; nil if there is none
			config   values
		}{
			"new link":                    {linkType, nil, link(ours)},
			"new link, country given":     {linkType, nil, acctest.With(link(ours), values{"country": "gb"})},
			"changed link":                {linkType, link(ours), acctest.With(link(theirs), values{"replace_existing_link": true})},
			"new number":                  {numberType, nil, gbNumber(settings)},
			"new number with a limit":     {numberType, nil, gbNumber(values{"max_monthly_cost": "2"})},
			"changed number":              {numberType, gbNumber(nil), gbNumber(settings)},
			"changed number with a limit": {numberType, gbNumber(nil), gbNumber(acctest.With(settings, values{"max_monthly_cost": "2"}))},
		} {
			t.Run(what+", "+name, func(t *testing.T) {
				t.Parallel()
				a := newAccount(t)
				a.owns(gb, nil)
				var prior acctest.Object
				if config.prior != nil {
					prior, _ = a.create(config.typeName, config.prior)
				}
				plan, diags := a.Protocol(t).Plan(config.typeName, prior, config.config)
				if diags.HasError() {
					t.Fatal(diags)
				}
				since(a)
				p := a.Protocol(t)
				final, diags := p.Replan(plan, nil)
				if diags.HasError() {
					return
				}
				if object, diags := p.Apply(final); !diags.HasError() && object.State["msisdn"] != digits {
					t.Errorf("made %v", object.State)
				}
			})
		}
	}
}

// What the configuration leaves open during the plan may turn out to be any value, or null.
func TestAnApplyKeepsToItsPlanWhateverWasUnknown(t *testing.T) {
	t.Parallel()
	a := newAccount(t)
	a.owns(gb, nil)
	a.owns("JE/447700900002", nil)
	newLink := acctest.With(link(ours), values{"country": "GB"})
	for typeName, test := range map[string]struct {
		prior, config values
		turnsOut      map[string][]any
	}{
		linkType: {
			newLink, newLink, map[string][]any{
				"msisdn": {digits, "+" + digits, "447700900002"}, "country": {nil, "GB", "gb", "JE"},
				"application_id": {ours, theirs}, "replace_existing_link": {nil, true},
			},
		},
		numberType: {
			gbNumber(nil), gbNumber(settings), map[string][]any{
				"msisdn": {digits, "+" + digits}, "country": {"GB", "gb"}, "deletion_policy": {nil, "DELETE"}, "max_monthly_cost": {nil, "2"},
				"sms_webhook_url": {nil, "https://example.com/sms"}, "voice_callback": {nil, values{"type": "tel", "value": "447700900009"}},
				"target_api_key": {nil, "abcd1234"},
			},
		},
	} {
		existing, diags := a.create(typeName, test.prior)
		if diags.HasError() {
			t.Fatal(diags)
		}
		for _, prior := range []acctest.Object{{}, existing} {
			for attribute, outcomes := range test.turnsOut {
				for _, outcome := range outcomes {
					plan, diags := a.Protocol(t).Plan(typeName, prior, acctest.With(test.config, values{attribute: acctest.Unknown}))
					if diags.HasError() { // a number that would be replaced
						continue
					}
					a.Protocol(t).Replan(plan, acctest.With(test.config, values{attribute: outcome}))
				}
			}
		}
	}
}
