// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package application_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/vonage/terraform-provider-vonage/internal/acctest"
	"github.com/vonage/terraform-provider-vonage/internal/emulator"
)

// oldApplication is the response for an application created with version 1 of the API: it omits what was introduced
// later (fixtures of https://github.com/Vonage/vonage-python-sdk).
var oldApplication = `{
	"id": "1b1b1b1b-0000-4000-8000-000000000001", "name": "old",
	"keys": {"public_key": ` + quote(ownKey) + `},
	"capabilities": {"voice": {"webhooks": {
		"answer_url": {"address": "https://example.com/answer", "http_method": "GET"},
		"fallback_answer_url": {"address": "", "http_method": "GET"},
		"event_url": {"address": "https://example.com/event", "http_method": "POST"}}}}
}`

var oldConfig = acctest.Values{"name": "old", "voice": acctest.Values{
	"answer_url": acctest.Values{"address": "https://example.com/answer"},
	"event_url":  acctest.Values{"address": "https://example.com/event"},
}}

func quote(text string) string { return fmt.Sprintf("%q", text) }

func TestOldApplication(t *testing.T) {
	t.Parallel()
	a := newAccount(t)
	object := a.importID(a.seed(oldApplication))
	object = a.mustSettle(object, oldConfig)
	voice, _ := object.State["voice"].(acctest.Values)
	if voice["signed_callbacks"] != nil || voice["conversations_ttl"] != nil || voice["fallback_answer_url"] != nil || object.State["improve_ai"] != nil {
		t.Errorf("values that the API does not return are in the state: %v", object.State)
	}
	config := acctest.With(oldConfig, acctest.Values{"name": "renamed"})
	object = a.mustSettle(a.apply(object, config), config)
	// The same if even an update does not add the defaults.
	a.edit(object, func(doc document) {
		voice := within(doc, "capabilities", "voice")
		delete(voice, "signed_callbacks")
		delete(voice, "conversations_ttl")
		delete(within(voice, "webhooks", "answer_url"), "socket_timeout")
		delete(doc, "privacy")
	})
	a.mustSettle(a.refresh(object), config)
}

func TestUpdateLeavesAloneWhatIsNotModelled(t *testing.T) {
	t.Parallel()
	a := newAccount(t)
	id := a.seed(`{
		"id": "1b1b1b1b-0000-4000-8000-000000000002", "name": "n", "unheard_of": {"a": [1]},
		"keys": {"public_key": ` + quote(ownKey) + `},
		"capabilities": {
			"meetings": {"webhooks": {"room_changed": {"address": "https://example.com/m", "http_method": "POST"}}},
			"bulk": {"webhooks": {"run_status_url": {"address": "https://example.com/b", "http_method": "POST"}}},
			"unheard_of": {"x": 1.50},
			"voice": {"webhooks": {"unheard_of": {"address": "https://example.com/u"}}, "payment_enabled": true},
			"video": {"environment_id": 9007199254740993, "storage": {"credential": "c"}}}
	}`)
	object := a.importID(id)
	before := a.document(object)
	config := acctest.Values{
		"name":  "renamed",
		"voice": acctest.Values{"signed_callbacks": true},
		"video": acctest.Values{"storage": acctest.Values{"cloud_storage": true}},
	}
	object = a.apply(object, config)
	after := a.document(object)
	for _, path := range [][]string{
		{"unheard_of"},
		{"capabilities", "meetings"},
		{"capabilities", "bulk"},
		{"capabilities", "unheard_of"},
		{"capabilities", "voice", "webhooks", "unheard_of"},
	} {
		if diff := cmp.Diff(within(before, path...), within(after, path...)); diff != "" || within(after, path...) == nil {
			t.Errorf("%s (-before +after):\n%s", strings.Join(path, "."), diff)
		}
	}
	voice, video := within(after, "capabilities", "voice"), within(after, "capabilities", "video")
	if voice["payment_enabled"] != true || fmt.Sprint(video["environment_id"]) != "9007199254740993" ||
		within(video, "storage")["credential"] != "c" || within(video, "storage")["cloud_storage"] != true {
		t.Errorf("voice %v, video %v", voice, video)
	}
}

// A capability is on if it is present, even if this version models nothing in it. So it is in the state, an import
// generates configuration for it, an empty object keeps all its content, and a plan without it shows its removal.
func TestCapabilityOfWhichNothingIsModelled(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"voice", "messages", "rtc", "verify", "video", "network_apis", "vbc"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := newAccount(t)
			object := a.importID(a.seed(`{
				"id": "1b1b1b1b-0000-4000-8000-000000000003", "name": "n", "keys": {"public_key": ` + quote(ownKey) + `},
				"capabilities": {"` + name + `": {"unheard_of": {"a": [1]}}}
			}`))
			config, diags := a.GenerateConfig(typeName, object.State)
			diags.MustBeEmpty(t)
			a.mustSettle(object, config)

			change := func(config acctest.Values) {
				t.Helper()
				object = a.apply(object, config)
			}
			change(acctest.Values{"name": "renamed", name: acctest.Values{}})
			if within(a.document(object), "capabilities", name, "unheard_of") == nil {
				t.Errorf("lost: %v", a.document(object)["capabilities"])
			}
			without := acctest.Values{"name": "renamed"}
			if plan := a.plan(a.refresh(object), without); object.State[name] == nil || plan.State[name] != nil {
				t.Errorf("the plan does not show that %s is turned off", name)
			}
			change(without)
			if left := within(a.document(object), "capabilities"); len(left) != 0 {
				t.Errorf("left: %v", left)
			}
		})
	}
}

// Values that are outside today's limits are imported unchanged, with the configuration that Terraform generates for
// them.
func TestValuesOfOtherTimes(t *testing.T) {
	t.Parallel()
	a := newAccount(t)
	object := a.importID(a.seed(`{
		"id": "1b1b1b1b-0000-4000-8000-000000000004", "name": "${n} \"%{n}\"\n\u00e9\u0007", "keys": {"public_key": ` + quote(ownKey) + `},
		"capabilities": {
			"voice": {"webhooks": {
				"answer_url": {"address": "http://example.com", "http_method": "PUT", "connect_timeout": 5, "socket_timeout": 60000}
			}, "region": "apac-tokyo", "conversations_ttl": 0, "leg_persistence_time": 365},
			"messages": {"webhooks": {"inbound_url": {"address": "http://example.com", "http_method": "GET"}}, "version": "v2"},
			"verify": {"webhooks": {"status_url": {"address": "http://example.com", "http_method": "GET"}}}
		}
	}`))
	config, diags := a.GenerateConfig(typeName, object.State)
	diags.MustBeEmpty(t)
	if diags := a.ValidateResource(typeName, config); diags.HasError() {
		t.Fatal(diags)
	}
	config["public_key"] = nil // Vonage has it already; later the provider may generate one
	object = a.mustSettle(object, config)
	a.plan(object, acctest.With(config, acctest.Values{"name": "renamed"}))
}

// Values that Vonage fills in, and settings removed from the configuration, keep their last value: a plan shows only
// intended changes.
func TestFilledInValuesKeepTheirLastValue(t *testing.T) {
	t.Parallel()
	type values = acctest.Values
	a := newAccount(t)
	hook := func(more values) values { return acctest.With(values{"address": "https://example.com"}, more) }
	set := values{
		"name": "n", "improve_ai": true,
		"voice": values{
			"answer_url":       hook(values{"connect_timeout": 400, "socket_timeout": 2000}),
			"signed_callbacks": false, "conversations_ttl": 72, "leg_persistence_time": 5,
		},
		"messages": values{"version": "v0.1", "authenticate_inbound_media": true},
		"rtc":      values{"signed_callbacks": false},
		"video": values{
			"webhooks": values{"render_status": hook(values{"active": false})},
			"storage":  values{"server_side_encryption": true, "end_to_end_encryption": true, "cloud_storage": true},
		},
	}
	unset := values{
		"name": "n", "voice": values{"answer_url": hook(nil)}, "messages": values{}, "rtc": values{},
		"video": values{"webhooks": values{"render_status": hook(nil)}},
	}
	object := a.create(set)
	for _, config := range []values{unset, acctest.With(unset, values{"video": values{"webhooks": unset["video"].(values)["webhooks"], "storage": values{}}})} {
		if plan := a.plan(object, config); plan.Changes() {
			t.Errorf("taking settings out is a change (-state +plan):\n%s", cmp.Diff(object.State, plan.State))
		}
		renamed := acctest.With(config, values{"name": "renamed"})
		plan := a.plan(object, renamed)
		if diff := cmp.Diff(acctest.With(object.State, values{"name": "renamed"}), plan.State); diff != "" {
			t.Errorf("a rename plans more (-want +got):\n%s", diff)
		}
		if diff := cmp.Diff(plan.State, a.mustSettle(a.apply(object, renamed), renamed).State); diff != "" {
			t.Errorf("a rename does more (-plan +state):\n%s", diff)
		}
	}
}

// Whatever the API does where no published source says so, its responses never cause an unintended plan.
func TestEveryVariantSettles(t *testing.T) {
	t.Parallel()
	hook := acctest.Values{"address": "https://example.com/hook"}
	full := acctest.Values{
		"name":     "n",
		"voice":    acctest.Values{"answer_url": hook, "event_url": hook},
		"messages": acctest.Values{"inbound_url": hook},
		"rtc":      acctest.Values{"event_url": hook},
		"verify":   acctest.Values{"status_url": hook},
		"video": acctest.Values{
			"webhooks": acctest.Values{"render_status": acctest.Values{"address": "https://example.com/r", "secret": "s"}},
			"storage":  acctest.Values{"cloud_storage": false},
		},
		"vbc": acctest.Values{},
	}
	for name, variant := range map[string]emulator.Variant{
		"as documented":               {},
		"omitted keys cleared":        {OmittedKeys: "cleared"},
		"omitted keys made anew":      {OmittedKeys: "regenerated"},
		"omitted privacy reset":       {OmittedPrivacyReset: true, ImproveAI: true},
		"update answers less":         {UpdateOmitsPrivacy: true},
		"leg persistence of 7 days":   {LegPersistenceDays: 7},
		"empty fallback":              {EmptyFallback: true},
		"inbound media not filled in": {InboundMediaUnfilled: true},
		"default storage omitted":     {DefaultStorageOmitted: true},
		"video secret hidden":         {VideoSecretHidden: true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := newAccount(t, withVariant(variant))
			object := a.mustSettle(a.create(full), full)
			key := a.key(object)
			changed := acctest.With(full, acctest.Values{
				"name": "renamed", "improve_ai": !variant.ImproveAI,
				"messages": acctest.Values{"inbound_url": hook, "authenticate_inbound_media": true},
			})
			object = a.mustSettle(a.apply(object, changed), changed)
			if a.key(object) != key {
				t.Error("the update changed the key")
			}
			secret := within(a.document(object), "capabilities", "video", "webhooks", "render_status")["secret"]
			if secret != "s" {
				t.Errorf("the update changed the video secret to %v", secret)
			}
			id, _ := object.State["id"].(string)
			if !variant.VideoSecretHidden { // a hidden secret cannot be imported
				a.mustSettle(a.importID(id), changed)
			}
		})
	}
}

// An empty capability that even the response to its creation omits stays as configured, until the API returns it once.
func TestEmptyCapabilityThatTheAPILeavesOut(t *testing.T) {
	t.Parallel()
	a := newAccount(t)
	config := acctest.Values{"name": "n", "verify": acctest.Values{}, "vbc": acctest.Values{}}
	a.Fail(t, emulator.Fault{
		Method: "POST", Path: "/v2/applications", Kind: emulator.StatusAfter, Status: 201,
		Body: `{"id": "1b1b1b1b-0000-4000-8000-000000000003", "name": "n", "capabilities": {"vbc": {}}}`,
	})
	object := a.create(config)
	a.seed(`{"id": "1b1b1b1b-0000-4000-8000-000000000003", "name": "n", "keys": {"public_key": ` + quote(object.State["public_key"].(string)) + `},
		"capabilities": {"vbc": {}}}`)
	object = a.mustSettle(object, config)
	// A capability that was returned before and no longer is, is off.
	a.edit(object, func(doc document) { doc["capabilities"] = document{"verify": document{}} })
	object = a.refresh(object)
	if object.State["vbc"] != nil || object.State["verify"] == nil {
		t.Errorf("vbc %v, verify %v", object.State["vbc"], object.State["verify"])
	}
	a.edit(object, func(doc document) { doc["capabilities"] = document{} })
	if object = a.refresh(object); object.State["verify"] != nil {
		t.Error("verify was returned before and no longer is, but it is not off")
	}
}
