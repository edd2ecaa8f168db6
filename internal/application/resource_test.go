// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package application_test

import (
	"fmt"
	"slices"
	"strings"
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
		"everything_empty": {
			created: "voice = {}\n messages = {}\n rtc = {}\n verify = {}\n video = {}\n network_apis = {}\n vbc = {}",
			updated: "voice = {}\n messages = {}\n rtc = {}\n verify = {}\n video = { webhooks = {}, storage = {} }\n network_apis = {}\n vbc = {}\n" +
				"improve_ai = true",
			drift: func(capabilities document) { clear(capabilities) },
		},
	}
}

// Every capability is created, imported, changed in place, restored after a change outside Terraform, and removed: each in
// an application of its own, all in one configuration. After each step plugin-testing plans twice, with and without a
// refresh, and fails if a plan is not empty.
func TestLifeCycleOfCapabilities(t *testing.T) {
	t.Parallel()
	env := acctest.New(t)
	env.Test(t, resource.TestCase{Steps: lifeCycle(t, env, shapes())})
	if left := env.Emulator.Applications(); len(left) != 0 {
		t.Errorf("left behind: %v", left)
	}
}

func lifeCycle(t *testing.T, env *acctest.Env, shapes map[string]shape) []resource.TestStep {
	t.Helper()
	one := func(name, body string) string {
		return fmt.Sprintf("resource \"vonage_application\" %q {\n name = %[1]q\n %s\n}\n", name, body)
	}
	config := func(body func(shape) string) string {
		all := []string{env.ProviderConfig()}
		for name, shape := range shapes {
			all = append(all, one(name, body(shape)))
		}
		return strings.Join(all, "")
	}
	created := func(s shape) string { return s.created }
	updated := func(s shape) string { return s.updated }
	removed := func(shape) string { return "" }
	var inPlace resource.ConfigPlanChecks
	for name := range shapes {
		inPlace.PreApply = append(inPlace.PreApply, plancheck.ExpectResourceAction("vonage_application."+name, plancheck.ResourceActionUpdate))
	}
	imported := func(body func(shape) string) (steps []resource.TestStep) {
		for name, shape := range shapes {
			steps = append(steps, resource.TestStep{
				Config: env.ProviderConfig() + one(name, body(shape)), ResourceName: "vonage_application." + name,
				ImportState: true, ImportStateVerify: true, ImportStateVerifyIgnore: []string{"private_key"},
			})
		}
		return steps
	}
	// adopted forgets every application and takes it back by an import block.
	adopted := func(body func(shape) string) []resource.TestStep {
		var forget, adopt strings.Builder
		forget.WriteString(env.ProviderConfig())
		adopt.WriteString(config(body))
		for name := range shapes {
			fmt.Fprintf(&forget, "removed {\n from = vonage_application.%s\n lifecycle {\n destroy = false\n }\n}\n", name)
			fmt.Fprintf(&adopt, "import {\n to = vonage_application.%s\n id = \"name=%[1]s\"\n}\n", name)
		}
		return []resource.TestStep{
			{Config: forget.String()},
			{Config: adopt.String(), ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()}}},
		}
	}
	var settled map[string]document
	return slices.Concat(
		[]resource.TestStep{{Config: config(created)}},
		[]resource.TestStep{{Config: config(updated), ConfigPlanChecks: inPlace, Check: func(*terraform.State) error {
			settled = env.Emulator.Applications()
			return nil
		}}},
		imported(updated),
		[]resource.TestStep{
			{
				PreConfig: func() { changeAll(t, env.Emulator, shapes) },
				Config:    config(updated), ConfigPlanChecks: inPlace,
				Check: func(*terraform.State) error {
					if diff := cmp.Diff(settled, env.Emulator.Applications()); diff != "" {
						t.Errorf("after the drift was put right (-before +after):\n%s", diff)
					}
					return nil
				},
			},
		},
		adopted(updated),
		[]resource.TestStep{{Config: config(created)}},
		adopted(created),
		[]resource.TestStep{
			{Config: config(removed), ConfigPlanChecks: inPlace, Check: func(*terraform.State) error {
				for _, application := range env.Emulator.Applications() {
					if left := within(application, "capabilities"); len(left) != 0 {
						t.Errorf("capabilities of %s left: %v", application["name"], left)
					}
				}
				return nil
			}},
		},
	)
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

// changeAll changes every application as a user does in the dashboard.
func changeAll(t *testing.T, account *emulator.Emulator, shapes map[string]shape) {
	t.Helper()
	for id, doc := range account.Applications() {
		name, _ := doc["name"].(string)
		shapes[name].drift(within(doc, "capabilities"))
		if err := account.SeedApplication(id, doc); err != nil {
			t.Fatal(err)
		}
	}
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
