// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package application_test

import (
	"encoding/json"
	"errors"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/terraform"

	"github.com/vonage/terraform-provider-vonage/internal/acctest"
	"github.com/vonage/terraform-provider-vonage/internal/emulator"
)

// newCutOffAccount returns an account and a function after which the next update is carried out or not, depending on the
// fault, is not answered, and cannot be looked up.
func newCutOffAccount(t *testing.T) (a *account, cutOff func(emulator.FaultKind)) {
	t.Helper()
	var kind emulator.FaultKind
	a = &account{t: t}
	a.Env = acctest.New(t, acctest.WithEmulator(func(o *emulator.Options) {
		o.Received = func(request emulator.Request) {
			if request.Method == http.MethodPut && kind != "" {
				a.Fail(t, emulator.Fault{Method: "PUT", Kind: kind})
				a.Fail(t, emulator.Fault{Method: "GET", Kind: emulator.Status, Status: http.StatusForbidden})
				kind = ""
			}
		}
	}))
	a.Protocol = a.Env.Protocol(t, acctest.Values{"max_retries": 0})
	return a, func(next emulator.FaultKind) { kind = next }
}

// mustHavePending requires that the private state holds a pending pair, or that it holds none.
func (a *account) mustHavePending(object acctest.Object, want bool) {
	a.t.Helper()
	var private map[string][]byte
	if err := json.Unmarshal(object.Private, &private); err != nil {
		a.t.Fatal(err)
	}
	var pending bool
	for _, value := range private {
		pending = pending || strings.Contains(string(value), "PRIVATE KEY")
	}
	if pending != want {
		a.t.Errorf("a private key is in private state: %v", pending)
	}
}

// rotations are the ways to rotate a key: from one configuration to the other.
func rotations() map[string][2]acctest.Values {
	return map[string][2]acctest.Values{
		"key_version":           {{"name": "n", "key_version": "1"}, {"name": "n", "key_version": "2"}},
		"key_version removed":   {{"name": "n", "key_version": "1"}, {"name": "n"}},
		"public_key removed":    {{"name": "n", "public_key": ownKey}, {"name": "n"}},
		"public_key_wo removed": {{"name": "n", "public_key_wo": ownKey, "public_key_wo_version": 1}, {"name": "n", "key_version": "1"}},
	}
}

// unclear rotates a key with an unknown outcome.
func unclear(t *testing.T, configs [2]acctest.Values, kind emulator.FaultKind) (*account, acctest.Object) {
	t.Helper()
	a, cutOff := newCutOffAccount(t)
	object := a.create(configs[0])
	cutOff(kind)
	object, diags := a.Change(typeName, object, configs[1])
	diags.MustFail(t, "", "Unable to update application", "may or may not", "safe to apply again")
	diags.Warnings().MustWarn(t, "private_key", "is kept")
	a.mustHavePending(object, true)
	return a, object
}

func TestPairOfAnUpdateWithoutAnAnswer(t *testing.T) {
	t.Parallel()
	for name, configs := range rotations() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			t.Run("carried out", func(t *testing.T) {
				t.Parallel()
				a, object := unclear(t, configs, emulator.CloseAfter)
				inForce := a.key(object)
				object = a.refresh(object)
				a.mustHavePending(object, false)
				a.mustHoldPair(a.mustSettle(object, configs[1]))
				if a.key(object) != inForce {
					t.Error("the key was changed once more")
				}
				// The pair is known to be the provider's.
				rotated := acctest.With(configs[1], acctest.Values{"key_version": "3"})
				a.mustHoldPair(a.mustSettle(a.apply(object, rotated), rotated))
				if a.key(object) == inForce {
					t.Error("key_version does not make a new pair")
				}
			})
			t.Run("not carried out", func(t *testing.T) {
				t.Parallel()
				a, object := unclear(t, configs, emulator.CloseBefore)
				before := object.State
				object = a.refresh(object)
				a.mustHavePending(object, false)
				if object.State["private_key"] != before["private_key"] || object.State["key_version"] != before["key_version"] {
					t.Error("the old pair is no longer in the state")
				}
				a.mustHoldPair(a.mustSettle(a.apply(object, configs[1]), configs[1]))
			})
			// Terraform was run with -refresh=false.
			for _, kind := range []emulator.FaultKind{emulator.CloseAfter, emulator.CloseBefore} {
				t.Run("sent again after "+string(kind), func(t *testing.T) {
					t.Parallel()
					a, object := unclear(t, configs, kind)
					lost := a.key(object)
					object = a.apply(object, configs[1])
					if kind == emulator.CloseAfter && a.key(object) != lost {
						t.Error("a new pair was generated although one was pending")
					}
					a.mustHavePending(object, false)
					a.mustHoldPair(a.mustSettle(object, configs[1]))
				})
			}
		})
	}
}

// Without a refresh, other changes must not lose the key that may be in use.
func TestPendingPairOutlivesOtherChanges(t *testing.T) {
	t.Parallel()
	configs := rotations()["key_version"]
	t.Run("refused", func(t *testing.T) {
		t.Parallel()
		a, object := unclear(t, configs, emulator.CloseAfter)
		a.Fail(t, emulator.Fault{Method: "PUT", Kind: emulator.Status, Status: http.StatusBadRequest})
		object, diags := a.Change(typeName, object, configs[1])
		diags.MustFail(t, "", "Unable to update application")
		a.mustHavePending(object, true)
		a.mustHoldPair(a.mustSettle(a.refresh(object), configs[1]))
	})
	t.Run("nothing to send", func(t *testing.T) {
		t.Parallel()
		a, object := unclear(t, configs, emulator.CloseAfter)
		object = a.apply(object, acctest.With(configs[0], acctest.Values{"timeouts": acctest.Values{"read": "1m"}}))
		a.mustHavePending(object, true)
		a.mustHoldPair(a.refresh(object))
	})
	t.Run("another key", func(t *testing.T) {
		t.Parallel()
		a, object := unclear(t, configs, emulator.CloseAfter)
		config := acctest.Values{"name": "n", "public_key": ownKey}
		object = a.apply(object, config)
		a.mustHavePending(object, false)
		a.mustSettle(object, config)
	})
	t.Run("a write-only key that stays", func(t *testing.T) {
		t.Parallel()
		configs := rotations()["public_key_wo removed"]
		a, object := unclear(t, configs, emulator.CloseAfter)
		object = a.apply(object, acctest.With(configs[0], acctest.Values{"name": "other"}))
		a.mustHavePending(object, true)
		a.mustHoldPair(a.refresh(object))
	})
	t.Run("set elsewhere", func(t *testing.T) {
		t.Parallel()
		a, object := unclear(t, configs, emulator.CloseBefore)
		a.setKey(object, otherKey)
		object, diags := a.Read(typeName, object)
		diags.MustWarn(t, "private_key", "changed elsewhere")
		a.mustHavePending(object, false)
	})
}

// A rejected update has a known outcome, so no pair is kept.
func TestPairOfARefusedUpdate(t *testing.T) {
	t.Parallel()
	configs := rotations()["key_version"]
	a := newAccount(t)
	object := a.create(configs[0])
	a.Fail(t, emulator.Fault{Method: "PUT", Kind: emulator.Status, Status: http.StatusBadRequest})
	object, diags := a.Change(typeName, object, configs[1])
	diags.MustFail(t, "", "Unable to update application")
	a.mustHavePending(object, false)
	a.mustHoldPair(object)
}

// The whole sequence: Terraform stores private state with the error, and the next plan is empty.
func TestPairOfAnUpdateWithoutAnAnswerThroughTheCLI(t *testing.T) {
	t.Parallel()
	a, cutOff := newCutOffAccount(t)
	config := func(version string) string {
		return a.ProviderConfig("max_retries = 0") + `resource "vonage_application" "this" {
			name        = "n"
			key_version = "` + version + `"
		}`
	}
	var inForce any
	key := func() any { return within(onlyApplication(t, a.Emulator), "keys")["public_key"] }
	a.Test(t, resource.TestCase{Steps: []resource.TestStep{
		{Config: config("1")},
		{PreConfig: func() { cutOff(emulator.CloseAfter) }, Config: config("2"), ExpectError: regexp.MustCompile("may or may not")},
		{
			PreConfig: func() { inForce = key() },
			Config:    config("2"),
			ConfigPlanChecks: resource.ConfigPlanChecks{
				PreApply: []plancheck.PlanCheck{plancheck.ExpectResourceAction(address, plancheck.ResourceActionNoop)},
			},
			Check: resource.TestCheckResourceAttrWith(address, "private_key", func(private string) error {
				if key() != inForce || !isPair(private, inForce) {
					return errors.New("the private key in the state is not the half of the one in force")
				}
				return nil
			}),
		},
		{Config: config("3"), Check: func(*terraform.State) error {
			if key() == inForce {
				return errors.New("key_version does not make a new pair")
			}
			return nil
		}},
	}})
}

// TestUnreadablePrivateState checks that every damaged entry of private state is reported with a way to fix it, without
// quoting its content.
func TestUnreadablePrivateState(t *testing.T) {
	t.Parallel()
	a := newAccount(t)
	config := acctest.Values{"name": "n", "key_version": "1", "video": acctest.Values{"webhooks": acctest.Values{
		"archive_status": acctest.Values{"address": "https://example.com/a", "secret": "s"},
	}}}
	object := a.create(config)
	config["video"] = acctest.Values{"webhooks": acctest.Values{"archive_status": acctest.Values{"address": "https://example.com/a"}}}
	for name, read := range map[string]func(acctest.Object) acctest.Diagnostics{
		"key_origin": func(object acctest.Object) acctest.Diagnostics {
			_, diags := a.Plan(typeName, object, config)
			return diags
		},
		"own_secrets": func(object acctest.Object) acctest.Diagnostics {
			_, diags := a.Plan(typeName, object, config)
			return diags
		},
		"left_out": func(object acctest.Object) acctest.Diagnostics {
			_, diags := a.Protocol.Read(typeName, object)
			return diags
		},
		"pending_pair": func(object acctest.Object) acctest.Diagnostics {
			_, diags := a.Protocol.Read(typeName, object)
			return diags
		},
	} {
		damaged := object
		private, err := json.Marshal(map[string][]byte{name: []byte(`4711`)})
		if err != nil {
			t.Fatal(err)
		}
		damaged.Private = private
		diags := read(damaged)
		diags.MustFail(t, "", "Unreadable private state", "terraform state rm")
		if strings.Contains(diags.String(), "4711") {
			t.Errorf("the error quotes the private state: %s", diags)
		}
	}
}
