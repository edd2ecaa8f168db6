// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package application_test

import (
	"maps"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/terraform"

	"github.com/vonage/terraform-provider-vonage/internal/acctest"
	"github.com/vonage/terraform-provider-vonage/internal/emulator"
)

const address = "vonage_application.this"

// shape is a capability in two configurations, and a change made to it in the dashboard.
type shape struct {
	created, updated string
	drift            func(capabilities document)
}

type document = map[string]any

func within(doc document, names ...string) document {
	for _, name := range names {
		doc, _ = doc[name].(document)
	}
	return doc
}

func shapes() map[string]shape {
	const hook = `{ address = "https://example.com/hook" }`
	return map[string]shape{
		"voice": {
			created: `voice = { answer_url = ` + hook + `, event_url = ` + hook + ` }`,
			updated: `voice = {
				answer_url          = { address = "https://example.com/other", http_method = "POST", connect_timeout = 300, socket_timeout = 1000 }
				fallback_answer_url = ` + hook + `
				signed_callbacks = false, conversations_ttl = 72, leg_persistence_time = 31, region = "eu-west"
			}`,
			drift: func(capabilities document) {
				within(capabilities, "voice")["region"] = "na-east"
				within(capabilities, "voice", "webhooks")["event_url"] = document{"address": "https://example.com/drifted", "http_method": "POST"}
			},
		},
		"messages": {
			created: `messages = { inbound_url = ` + hook + ` }`,
			updated: `messages = { inbound_url = ` + hook + `, status_url = ` + hook + `, version = "v0.1", authenticate_inbound_media = true }`,
			drift: func(capabilities document) {
				within(capabilities, "messages")["version"] = "v1"
				delete(within(capabilities, "messages", "webhooks"), "status_url")
			},
		},
		"rtc": {
			created: `rtc = { event_url = ` + hook + ` }`,
			updated: `rtc = { event_url = { address = "https://example.com/hook", http_method = "GET" }, signed_callbacks = false }`,
			drift:   func(capabilities document) { within(capabilities, "rtc")["signed_callbacks"] = true },
		},
		"verify": {
			created: `verify = {}`,
			updated: `verify = { status_url = ` + hook + ` }`,
			drift: func(capabilities document) {
				within(capabilities, "verify", "webhooks", "status_url")["address"] = "https://example.com/drifted"
			},
		},
		"video": {
			created: `video = { webhooks = { render_status = ` + hook + `, stream_created = { address = "https://example.com/s", secret = "shh" } } }`,
			updated: `video = {
				webhooks = { stream_created = { address = "https://example.com/s", secret = "hush", active = false } }
				storage  = { server_side_encryption = true }
			}`,
			drift: func(capabilities document) {
				within(capabilities, "video", "webhooks", "stream_created")["secret"] = "stolen"
				within(capabilities, "video", "storage")["server_side_encryption"] = false
			},
		},
		"network_apis": {
			created: `network_apis = { network_application_id = "2bzfIFqRG128IcjSj1YhZNtw6LADG" }`,
			updated: `network_apis = { network_application_id = "2bzfIFqRG128IcjSj1YhZNtw6LADG", redirect_uri = "https://example.com/back" }`,
			drift: func(capabilities document) {
				within(capabilities, "network_apis")["redirect_uri"] = "https://example.com/drifted"
			},
		},
		"everything empty": {
			created: "voice = {}\n messages = {}\n rtc = {}\n verify = {}\n video = {}\n network_apis = {}\n vbc = {}",
			updated: "voice = {}\n messages = {}\n rtc = {}\n verify = {}\n video = { webhooks = {}, storage = {} }\n network_apis = {}\n vbc = {}\n" +
				"improve_ai = true",
			drift: func(capabilities document) { clear(capabilities) },
		},
	}
}

// Every capability is created, imported, changed in place, restored after a change outside Terraform, and removed. After
// each step plugin-testing plans twice, with and without a refresh, and fails if a plan is not empty.
func TestLifeCycleOfCapabilities(t *testing.T) {
	t.Parallel()
	for name, shape := range shapes() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			env := acctest.New(t)
			env.Test(t, resource.TestCase{Steps: lifeCycle(t, env, shape)})
			if left := env.Emulator.Applications(); len(left) != 0 {
				t.Errorf("left behind: %v", left)
			}
		})
	}
}

func lifeCycle(t *testing.T, env *acctest.Env, shape shape) []resource.TestStep {
	t.Helper()
	config := func(body string) string {
		return env.ProviderConfig() + `resource "vonage_application" "this" {
			name = "life cycle"
			` + body + "\n}\n"
	}
	inPlace := resource.ConfigPlanChecks{
		PreApply: []plancheck.PlanCheck{plancheck.ExpectResourceAction(address, plancheck.ResourceActionUpdate)},
	}
	var settled document
	return []resource.TestStep{
		{Config: config(shape.created)},
		{Config: config(shape.created), ResourceName: address, ImportState: true, ImportStateKind: resource.ImportBlockWithID},
		{Config: config(shape.updated), ConfigPlanChecks: inPlace, Check: func(*terraform.State) error {
			settled = onlyApplication(t, env.Emulator)
			return nil
		}},
		{
			Config: config(shape.updated), ResourceName: address,
			ImportState: true, ImportStateVerify: true, ImportStateVerifyIgnore: []string{"private_key"},
		},
		{Config: config(shape.updated), ResourceName: address, ImportState: true, ImportStateKind: resource.ImportBlockWithID},
		{
			PreConfig: func() { change(t, env.Emulator, shape.drift) },
			Config:    config(shape.updated), ConfigPlanChecks: inPlace,
			Check: func(*terraform.State) error {
				if diff := cmp.Diff(settled, onlyApplication(t, env.Emulator)); diff != "" {
					t.Errorf("after the drift was put right (-before +after):\n%s", diff)
				}
				return nil
			},
		},
		{Config: config(""), ConfigPlanChecks: inPlace, Check: func(*terraform.State) error {
			if left := within(onlyApplication(t, env.Emulator), "capabilities"); len(left) != 0 {
				t.Errorf("capabilities left: %v", left)
			}
			return nil
		}},
	}
}

// Values known only after apply are applied consistently with the plan, whatever they are.
func TestUnknownValuesThroughTheCLI(t *testing.T) {
	t.Parallel()
	env := acctest.New(t)
	config := func(name, keyVersion, publicKey string) string {
		return env.ProviderConfig() + `
			resource "terraform_data" "late" {
				input = { name = "` + name + `", key_version = "` + keyVersion + `", public_key = ` + publicKey + `, voice = { region = "eu-west" } }
			}
			locals { late = terraform_data.late.output }
			resource "vonage_application" "this" {
				name        = local.late.name
				key_version = local.late.key_version
				voice       = { answer_url = { address = "https://example.com/${local.late.name}" } }
				video       = { webhooks = { for event in ["render_status"] : event => { address = "https://example.com/${local.late.name}" } } }
			}
			resource "vonage_application" "own_key" {
				name       = "own key"
				public_key = local.late.public_key
				voice      = local.late.voice
			}`
	}
	isNull := func(attribute string) resource.TestCheckFunc {
		return resource.TestCheckNoResourceAttr("vonage_application.own_key", attribute)
	}
	isSet := func(attribute string) resource.TestCheckFunc {
		return resource.TestCheckResourceAttrSet("vonage_application.own_key", attribute)
	}
	env.Test(t, resource.TestCase{Steps: []resource.TestStep{
		{Config: config("a", "1", quote(ownKey)), Check: isNull("private_key")},
		{Config: config("b", "1", "null"), Check: isSet("private_key")},
		{Config: config("b", "2", "null"), Check: isSet("private_key")},
		{Config: config("c", "3", quote(ownKey)), Check: isNull("private_key")},
	}})
}

// onlyApplication returns the only application of an account.
func onlyApplication(t *testing.T, account *emulator.Emulator) document {
	t.Helper()
	for _, doc := range account.Applications() {
		if len(account.Applications()) == 1 {
			return doc
		}
	}
	t.Fatalf("want one application, got %v", account.Applications())
	return nil
}

// change changes the only application as a user does in the dashboard.
func change(t *testing.T, account *emulator.Emulator, how func(capabilities document)) {
	t.Helper()
	doc := maps.Clone(onlyApplication(t, account))
	id, _ := doc["id"].(string)
	how(within(doc, "capabilities"))
	if err := account.SeedApplication(id, doc); err != nil {
		t.Fatal(err)
	}
}
