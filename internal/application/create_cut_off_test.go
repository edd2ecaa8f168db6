// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package application_test

import (
	"regexp"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"

	"github.com/vonage/terraform-provider-vonage/internal/acctest"
	"github.com/vonage/terraform-provider-vonage/internal/emulator"
)

// cutOff breaks the response to the create request, which is carried out or not depending on kind, and then makes
// lookups of the outcome fail.
func (a *account) cutOff(kind emulator.FaultKind) {
	a.t.Helper()
	a.Fail(a.t, emulator.Fault{Method: "POST", Path: "/v2/applications", Kind: kind})
	a.Fail(a.t, emulator.Fault{Method: "GET", Path: "/v2/applications", Kind: emulator.Status, Status: 403})
}

func TestCreateWithoutAnAnswerAdopts(t *testing.T) {
	t.Parallel()
	for name, config := range map[string]acctest.Values{
		"our pair":          {"name": "n"},
		"configured key":    {"name": "n", "public_key": ownKey},
		"write-only key":    {"name": "n", "public_key_wo": ownKey, "public_key_wo_version": 1},
		"with capabilities": {"name": "n", "rtc": acctest.Values{}, "video": acctest.Values{}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := newAccount(t)
			a.Fail(t, emulator.Fault{Method: "POST", Path: "/v2/applications", Kind: emulator.CloseAfter})
			object := a.create(config)
			a.WantCalls(t, "POST /v2/applications", "GET /v2/applications")
			a.mustSettle(object, config)
			if all := a.Emulator.Applications(); len(all) != 1 {
				t.Errorf("there are %d applications", len(all))
			}
		})
	}
}

func TestCreateOfUnknownOutcomeKeepsThePair(t *testing.T) {
	t.Parallel()
	config := acctest.Values{"name": "n", "rtc": acctest.Values{}}
	unfinished := func(t *testing.T, kind emulator.FaultKind) (*account, acctest.Object) {
		t.Helper()
		a := newAccount(t)
		a.cutOff(kind)
		object, diags := a.Change(typeName, acctest.Object{}, config)
		diags.MustFail(t, "", "Unable to create application", "may or may not", "Its public key is in the state")
		if object.State["id"] != nil || !isPair(object.State["private_key"], object.State["public_key"]) {
			t.Errorf("kept: %v", object.State)
		}
		return a, object
	}
	t.Run("found by the next refresh", func(t *testing.T) {
		t.Parallel()
		a, object := unfinished(t, emulator.CloseAfter)
		a.seed(`{"id": "abcdef00-0000-4000-8000-000000000001", "name": "n", "keys": {"public_key": ` + quote(ownKey) + `}}`)
		object = a.refresh(object)
		a.mustHoldPair(object)
		if object.Identity["id"] != object.State["id"] {
			t.Errorf("identity %v", object.Identity)
		}
		// The key pair is known to be the provider's.
		rotated := acctest.With(config, acctest.Values{"key_version": "1"})
		if plan := a.plan(object, rotated); plan.State["private_key"] != acctest.Unknown {
			t.Error("key_version does not make a new pair")
		}
		a.mustSettle(object, config)
	})
	t.Run("dropped by the next refresh", func(t *testing.T) {
		t.Parallel()
		a, object := unfinished(t, emulator.CloseBefore)
		if object = a.refresh(object); object.State != nil {
			t.Errorf("there is no such application: %v", object.State)
		}
	})
	t.Run("destroyed without a refresh", func(t *testing.T) {
		t.Parallel()
		a, object := unfinished(t, emulator.CloseAfter)
		a.apply(object, nil)
		if left := a.Emulator.Applications(); len(left) != 0 {
			t.Errorf("left behind: %v", left)
		}
	})
	t.Run("nothing to destroy", func(t *testing.T) {
		t.Parallel()
		a, object := unfinished(t, emulator.CloseBefore)
		a.apply(object, nil)
	})
}

// Several applications can have the key that the user supplied. Which one was just created is unknown, so none is
// changed.
func TestCreateOfUnknownOutcomeTouchesNoTwin(t *testing.T) {
	t.Parallel()
	a := newAccount(t)
	config := acctest.Values{"name": "twin", "public_key": ownKey}
	a.create(config)
	a.cutOff(emulator.CloseAfter)
	object, diags := a.Change(typeName, acctest.Object{}, config)
	diags.MustFail(t, "", "Its public key is in the state")
	gone, diags := a.Read(typeName, object)
	diags.MustWarn(t, "", "may be left over")
	if gone.State != nil {
		t.Errorf("still in the state: %v", gone.State)
	}
	_, diags = a.Change(typeName, object, nil)
	diags.MustWarn(t, "", "may be left over")
	if all := a.Emulator.Applications(); len(all) != 2 {
		t.Errorf("there are %d applications", len(all))
	}
}

// An application with the user's key may have existed before, so a warning asks the user to check the plan.
func TestCreateOfUnknownOutcomeWithAConfiguredKey(t *testing.T) {
	t.Parallel()
	a := newAccount(t)
	a.create(acctest.Values{"name": "another", "public_key": ownKey})
	a.cutOff(emulator.CloseAfter)
	object, diags := a.Change(typeName, acctest.Object{}, acctest.Values{"name": "n", "public_key": ownKey})
	diags.MustFail(t, "", "Its public key is in the state")
	object, diags = a.Read(typeName, object)
	id, _ := object.State["id"].(string)
	diags.MustWarn(t, "", "found by its name and key", id)
	a.document(object)
	a.refresh(object) // warns only once
}

func TestCreateOfUnknownOutcomeWithAWriteOnlyKey(t *testing.T) {
	t.Parallel()
	a := newAccount(t)
	a.cutOff(emulator.CloseAfter)
	object, diags := a.Change(typeName, acctest.Object{}, acctest.Values{"name": "n", "public_key_wo": ownKey, "public_key_wo_version": 1})
	diags.MustFail(t, "", "public_key_wo is not stored", "dashboard")
	if object.State != nil {
		t.Errorf("kept what cannot be found again: %v", object.State)
	}
}

func TestCreateIsSentAgainOnlyWhenRefused(t *testing.T) {
	t.Parallel()
	a := newAccount(t)
	a.Fail(t, emulator.Fault{Method: "POST", Path: "/v2/applications", Kind: emulator.Status, Status: 429, RetryAfter: "0"})
	a.create(acctest.Values{"name": "n"})
	a.WantCalls(t, "POST /v2/applications", "POST /v2/applications")
}

// The whole sequence: the create fails, the object is tainted, and the next apply replaces the application that was
// created.
func TestCreateOfUnknownOutcomeThroughTheCLI(t *testing.T) {
	t.Parallel()
	env := acctest.New(t)
	a := &account{Env: env, t: t}
	config := env.ProviderConfig() + `resource "vonage_application" "this" { name = "n" }`
	env.Test(t, resource.TestCase{Steps: []resource.TestStep{
		{PreConfig: func() { a.cutOff(emulator.CloseAfter) }, Config: config, ExpectError: regexp.MustCompile(`Its public key is\s+in the state`)},
		{
			Config: config,
			ConfigPlanChecks: resource.ConfigPlanChecks{
				PreApply: []plancheck.PlanCheck{plancheck.ExpectResourceAction(address, plancheck.ResourceActionDestroyBeforeCreate)},
			},
		},
	}})
	if left := env.Emulator.Applications(); len(left) != 0 {
		t.Errorf("left behind: %v", left)
	}
}
