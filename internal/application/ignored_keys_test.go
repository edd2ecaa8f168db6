// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package application_test

import (
	"errors"
	"fmt"
	"slices"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/tfversion"

	"github.com/vonage/terraform-provider-vonage/internal/acctest"
	"github.com/vonage/terraform-provider-vonage/internal/vonage"
)

// keySettings are the ways to configure an application's key.
var keySettings = map[string]acctest.Values{
	"no key arguments": {},
	"key_version":      {"key_version": "1"},
	"public_key":       {"public_key": ownKey},
	"public_key_wo":    {"public_key_wo": ownKey, "public_key_wo_version": 1},
}

// ignoreLists are lists with public_key.
var ignoreLists = [][]string{
	{acctest.IgnoreAll},
	{"public_key"},
	{"public_key", "name"},
	{"public_key", "private_key"},
	{"public_key", "key_version"},
	{"public_key", "public_key_wo", "public_key_wo_version"},
	{"public_key", "key_version", "public_key_wo", "public_key_wo_version"},
}

// Whatever the configuration becomes, an application whose public_key is in ignore_changes keeps its key and the private
// half, and the apply does what the plan says. Once public_key is no longer ignored, the configuration is in force again,
// and nobody else's key is changed for it.
func TestIgnoredPublicKey(t *testing.T) {
	t.Parallel()
	for before, created := range keySettings {
		for after, changed := range keySettings {
			for i, ignored := range ignoreLists {
				if testing.Short() && i > 0 {
					break
				}
				t.Run(fmt.Sprintf("%s, then %s, ignoring %v", before, after, ignored), func(t *testing.T) {
					t.Parallel()
					a := newAccount(t, acctest.InMemory())
					object := a.create(acctest.With(acctest.Values{"name": "n"}, created))
					key := a.key(object)
					config := acctest.With(acctest.Values{"name": "renamed"}, changed)
					object = a.mustKeepKeyIgnoring(object, config, ignored)
					object = a.mustSettle(a.apply(object, config), config)
					if before == after && a.key(object) != key {
						t.Error("the key was changed although its settings are those that it was made with")
					}
					switch {
					case changed["public_key"] != nil || changed["public_key_wo"] != nil:
						if !vonage.SamePublicKey(a.key(object), ownKey) || object.State["private_key"] != nil {
							t.Error("the configured key is not in force")
						}
					default:
						a.mustHoldPair(object)
					}
				})
			}
		}
	}
}

// mustKeepKeyIgnoring applies a configuration with ignore_changes, and returns the object as it is after that, which no
// refresh has changed.
func (a *account) mustKeepKeyIgnoring(object acctest.Object, config acctest.Values, ignored []string) acctest.Object {
	a.t.Helper()
	key, state := a.key(object), object.State
	plan, diags := a.PlanIgnoring(typeName, object, config, ignored...)
	if diags.HasError() {
		a.t.Fatal(diags)
	}
	if plan.Changes() {
		if object, diags = a.Apply(plan); len(diags) > 0 {
			a.t.Fatal(diags)
		}
	}
	if state["public_key"] != nil || slices.Contains(ignored, acctest.IgnoreAll) { // without one in the state, nothing is kept
		if a.key(object) != key || object.State["public_key"] != state["public_key"] || object.State["private_key"] != state["private_key"] {
			a.t.Errorf("the key did not stay: public_key %v, private_key kept: %v",
				object.State["public_key"], object.State["private_key"] == state["private_key"])
		}
	}
	a.mustHavePending(object, false)
	mustPlanNothing := func(existing acctest.Object) {
		if plan, diags := a.PlanIgnoring(typeName, existing, config, ignored...); plan.Changes() || len(diags) > 0 {
			a.t.Errorf("the next plan changes something, or says something: %s", diags)
		}
	}
	mustPlanNothing(object)
	mustPlanNothing(a.refresh(object))
	return object
}

// The plan says which key settings have no effect while public_key is ignored, once.
func TestIgnoredPublicKeyOverrulesOtherSettings(t *testing.T) {
	t.Parallel()
	for attribute, settings := range map[string]acctest.Values{
		"key_version":           {"key_version": "2"},
		"public_key_wo_version": {"public_key_wo": ownKey, "public_key_wo_version": 1},
	} {
		t.Run(attribute, func(t *testing.T) {
			t.Parallel()
			a := newAccount(t)
			object := a.create(acctest.Values{"name": "n", "key_version": "1"})
			_, diags := a.PlanIgnoring(typeName, object, acctest.With(acctest.Values{"name": "n"}, settings), "public_key")
			diags.MustWarn(t, attribute, "public_key is in ignore_changes", "only recorded")
		})
	}
}

// An update carries out its plan, even if the configuration that it gets asks for another key.
func TestApplyDoesNotDecideAboutKeysAgain(t *testing.T) {
	t.Parallel()
	for planned, settings := range keySettings {
		for got, other := range keySettings {
			t.Run(planned+" planned, "+got+" configured", func(t *testing.T) {
				t.Parallel()
				a := newAccount(t)
				object := a.create(acctest.Values{"name": "n", "key_version": "0"})
				private := object.State["private_key"]
				plan := a.plan(object, acctest.With(acctest.Values{"name": "n"}, settings))
				object, diags := a.ApplyConfigured(plan, acctest.With(acctest.Values{"name": "n"}, acctest.With(other, acctest.Values{"public_key_wo": ownKey})))
				diags.MustBeEmpty(t)
				switch planned {
				case "public_key", "public_key_wo":
					if !vonage.SamePublicKey(a.key(object), ownKey) || object.State["private_key"] != nil {
						t.Error("the planned key is not in force")
					}
				default:
					if a.mustHoldPair(object); object.State["private_key"] == private {
						t.Error("no new pair was made")
					}
				}
			})
		}
	}
}

// The same through Terraform: after a plan with ignored attributes, the apply gets the configuration as it is written.
func TestIgnoredPublicKeyThroughTheCLI(t *testing.T) {
	t.Parallel()
	a := newAccount(t)
	config := func(name, ignored, trigger string) string {
		return a.ProviderConfig() + `
			resource "terraform_data" "trigger" { input = "` + trigger + `" }
			resource "vonage_application" "this" {
				name = "` + name + `"
				lifecycle {
					ignore_changes       = ` + ignored + `
					replace_triggered_by = [terraform_data.trigger]
				}
			}`
	}
	var private string
	isPairOf := func(test func(now string) bool) resource.TestCheckFunc {
		return resource.TestCheckResourceAttrWith(address, "private_key", func(now string) error {
			if !isPair(now, within(onlyApplication(t, a.Emulator), "keys")["public_key"]) || !test(now) {
				return errors.New("the private key is lost")
			}
			private = now
			return nil
		})
	}
	isMade := isPairOf(func(now string) bool { return now != private })
	isKept := isPairOf(func(now string) bool { return now == private })
	does := func(action plancheck.ResourceActionType) resource.ConfigPlanChecks {
		return resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{plancheck.ExpectResourceAction(address, action)}}
	}
	a.Test(t, resource.TestCase{
		TerraformVersionChecks: []tfversion.TerraformVersionCheck{tfversion.SkipBelow(tfversion.Version1_4_0)}, // terraform_data
		Steps: []resource.TestStep{
			{Config: config("n", "[]", "1"), Check: isMade},
			{Config: config("renamed", "all", "1"), ConfigPlanChecks: does(plancheck.ResourceActionNoop), Check: isKept},
			{Config: config("renamed", "[public_key]", "1"), ConfigPlanChecks: does(plancheck.ResourceActionUpdate), Check: isKept},
			{Config: config("renamed", "[]", "1"), ConfigPlanChecks: does(plancheck.ResourceActionNoop), Check: isKept},
			// For a replacement, Terraform hands over the configuration as it is written.
			{Config: config("renamed", "all", "2"), ConfigPlanChecks: does(plancheck.ResourceActionReplace), Check: isMade},
			{Config: config("renamed", "all", "2"), ConfigPlanChecks: does(plancheck.ResourceActionNoop), Check: isKept},
		},
	})
}
