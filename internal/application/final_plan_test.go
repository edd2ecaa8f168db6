// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package application_test

import (
	"testing"

	"github.com/vonage/terraform-provider-vonage/internal/acctest"
)

// What the configuration leaves open during the plan may turn out to be any value, or null. The plan that Terraform makes
// again during the apply keeps what the first one said.
func TestAnApplyKeepsToItsPlanWhateverWasUnknown(t *testing.T) {
	t.Parallel()
	a := newAccount(t)
	webhook := acctest.Values{"address": "https://example.com/a"}
	for name, config := range map[string]acctest.Values{
		"no key":        {"name": "n"},
		"version":       {"name": "n", "key_version": "1"},
		"own key":       {"name": "n", "public_key": ownKey},
		"hidden key":    {"name": "n", "public_key_wo": ownKey, "public_key_wo_version": 1},
		"capabilities":  {"name": "n", "voice": acctest.Values{"answer_url": webhook}, "messages": acctest.Values{"inbound_url": webhook}, "improve_ai": true},
		"video and rtc": {"name": "n", "video": acctest.Values{"webhooks": acctest.Values{"archive_status": webhook}}, "rtc": acctest.Values{"event_url": webhook}},
	} {
		existing := a.create(config)
		imported, diags := a.Import("vonage_application", existing.State["id"].(string))
		if diags.HasError() {
			t.Fatal(diags)
		}
		for kind, prior := range map[string]acctest.Object{"new": {}, "existing": existing, "imported": imported} {
			for attribute, outcomes := range map[string][]any{
				"name":                  {"n", "other"},
				"improve_ai":            {nil, true, false},
				"key_version":           {nil, "1", "2"},
				"public_key":            {nil, ownKey, otherKey},
				"public_key_wo_version": {1, 2},
				"voice":                 {nil, acctest.Values{}, acctest.Values{"answer_url": webhook}},
				"messages":              {nil, acctest.Values{"inbound_url": webhook}},
				"rtc":                   {nil, acctest.Values{"event_url": webhook, "signed_callbacks": false}},
				"video":                 {nil, acctest.Values{}, acctest.Values{"webhooks": acctest.Values{"archive_status": webhook}}},
			} {
				unknown := acctest.With(config, acctest.Values{attribute: acctest.Unknown})
				if attribute == "public_key_wo_version" {
					unknown["public_key_wo"] = ownKey
				}
				if a.ValidateResource("vonage_application", unknown).HasError() {
					continue // such as two ways of setting the key
				}
				plan, diags := a.Plan("vonage_application", prior, unknown)
				if diags.HasError() {
					t.Fatalf("%s, %s, %s: %s", name, kind, attribute, diags)
				}
				for _, outcome := range outcomes {
					config := acctest.With(unknown, acctest.Values{attribute: outcome})
					if a.ValidateResource("vonage_application", config).HasError() {
						continue
					}
					if _, diags := a.Replan(plan, config); diags.HasError() {
						t.Errorf("%s, %s, %s: %s", name, kind, attribute, diags)
					}
				}
			}
		}
	}
}
