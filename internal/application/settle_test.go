// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package application_test

import (
	"crypto/rsa"
	"sync/atomic"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/vonage/terraform-provider-vonage/internal/acctest"
	"github.com/vonage/terraform-provider-vonage/internal/provider"
	"github.com/vonage/terraform-provider-vonage/internal/vonage"
)

// After a change from any configuration to any other, with other changes made outside Terraform in between, the result
// equals the plan (acctest checks this as Terraform does) and the next plan is empty. It is also empty after an import,
// with the same configuration and with the one that "terraform plan -generate-config-out" writes. Content that this
// version does not model is kept.
func TestEveryChangeSettles(t *testing.T) {
	t.Parallel()
	a := newAccount(t, withFewKeys())
	rapid.Check(t, func(rt *rapid.T) {
		var object acctest.Object
		change := func(config acctest.Values) {
			next, diags := a.Change(typeName, object, config)
			if diags.HasError() {
				rt.Fatalf("%v -> %v: %s", object.State, config, diags)
			}
			object = next
		}
		update := rapid.Bool().Draw(rt, "update")
		if update {
			change(anyConfig(rt))
			a.edit(object, func(doc document) {
				doc["security"] = document{"level": "3"}
				doc["capabilities"] = with(doc["capabilities"].(document), document{"future": document{"on": true}})
			})
		}
		config := anyConfig(rt)
		change(config)
		if doc := a.document(object); update && (doc["security"] == nil || doc["capabilities"].(document)["future"] == nil) {
			rt.Fatalf("what is not modelled is lost: %v", doc)
		}
		a.mustBeEmptyPlan(rt, "at once", object, config)
		refreshed, _ := a.Read(typeName, object)
		a.mustBeEmptyPlan(rt, "after a refresh", refreshed, config)
		id, _ := object.State["id"].(string)
		imported, _ := a.Import(typeName, id)
		a.mustBeEmptyPlan(rt, "after an import", imported, config)
		a.mustBeEmptyPlan(rt, "with a generated configuration", imported, a.generated(rt, imported))
		change(nil)
	})
}

// generated returns the configuration that Terraform generates for an imported application. It must be valid unchanged.
func (a *account) generated(t *rapid.T, imported acctest.Object) acctest.Values {
	t.Helper()
	config, diags := a.GenerateConfig(typeName, imported.State)
	diags = append(diags, a.ValidateResource(typeName, config)...)
	if diags.HasError() {
		t.Fatalf("%v: %s", config, diags)
	}
	return config
}

// withFewKeys makes the provider reuse a few keys, for tests with one application at a time: generating a key is slow
// under the race detector.
func withFewKeys() acctest.Option {
	var made atomic.Int64
	return acctest.WithProvider(provider.WithKeySource(func() (*rsa.PrivateKey, error) {
		return acctest.Key(int(made.Add(1)) % 4), nil
	}))
}

func (a *account) mustBeEmptyPlan(t *rapid.T, when string, object acctest.Object, config acctest.Values) {
	t.Helper()
	plan, diags := a.Plan(typeName, object, config)
	if diags.HasError() {
		t.Fatal(diags)
	}
	if plan.Changes() {
		t.Fatalf("%s the plan is not empty (-state +plan):\n%s", when, cmp.Diff(object.State, plan.State))
	}
}

// anyConfig generates configurations in which each attribute may be missing.
func anyConfig(t *rapid.T) acctest.Values {
	type values = acctest.Values
	maybe := func(draw func() any) any {
		if rapid.Bool().Draw(t, "there") {
			return draw()
		}
		return nil
	}
	flag := func() any { return maybe(func() any { return rapid.Bool().Draw(t, "flag") }) }
	number := func(least, most int) any {
		return maybe(func() any { return rapid.IntRange(least, most).Draw(t, "number") })
	}
	oneOf := func(choices ...string) any {
		return maybe(func() any { return rapid.SampledFrom(choices).Draw(t, "choice") })
	}
	url := func() string { return "https://example.com/" + rapid.StringMatching("[a-c]").Draw(t, "path") }
	hook := func(methods ...string) any {
		return maybe(func() any { return values{"address": url(), "http_method": oneOf(methods...)} })
	}
	voiceHook := func(longest int) any {
		return maybe(func() any {
			return values{
				"address": url(), "http_method": oneOf("GET", "POST"),
				"connect_timeout": number(300, 1000), "socket_timeout": number(1000, longest),
			}
		})
	}
	videoHook := rapid.Custom(func(*rapid.T) any {
		return values{"address": url(), "active": flag(), "secret": oneOf("one", "two")}
	})
	return values{
		"name":       rapid.SampledFrom([]string{"a", "b"}).Draw(t, "name"),
		"improve_ai": flag(),
		"voice": maybe(func() any {
			return values{
				"answer_url": voiceHook(5000), "fallback_answer_url": voiceHook(5000), "event_url": voiceHook(10000),
				"signed_callbacks": flag(), "conversations_ttl": number(1, 9000), "leg_persistence_time": number(1, 31),
				"region": oneOf("eu-west", "na-east"),
			}
		}),
		"messages": maybe(func() any {
			return values{
				"inbound_url": hook("POST"), "status_url": hook("POST"), "version": oneOf("v1", "v0.1"), "authenticate_inbound_media": flag(),
			}
		}),
		"rtc":    maybe(func() any { return values{"event_url": hook("GET", "POST"), "signed_callbacks": flag()} }),
		"verify": maybe(func() any { return values{"status_url": hook("POST")} }),
		"video": maybe(func() any {
			return values{
				"webhooks": maybe(func() any {
					return rapid.MapOfN(rapid.SampledFrom(vonage.VideoEvents()[:3]), videoHook, 0, 2).Draw(t, "webhooks")
				}),
				"storage": maybe(func() any {
					return values{"server_side_encryption": flag(), "end_to_end_encryption": flag(), "cloud_storage": flag()}
				}),
			}
		}),
		"network_apis": maybe(func() any { return values{"network_application_id": oneOf("x", "y"), "redirect_uri": url()} }),
		"vbc":          maybe(func() any { return values{} }),
		"public_key":   oneOf(ownKey, otherKey),
	}
}
