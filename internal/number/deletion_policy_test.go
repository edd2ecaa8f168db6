// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package number_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/vonage/terraform-provider-vonage/internal/acctest"
	"github.com/vonage/terraform-provider-vonage/internal/emulator"
)

func (a account) rented(policy string) acctest.Object {
	a.t.Helper()
	a.offers(gb, nil)
	object := a.mustCreate(numberType, gbNumber(values{"deletion_policy": policy}))
	a.Calls()
	return object
}

func TestNumberPreventRefusesThePlanOfADestroy(t *testing.T) {
	t.Parallel()
	a := newAccount(t)
	object := a.rented("PREVENT")
	_, diags := a.Protocol(t).Plan(numberType, object, nil)
	diags.MustFail(t, "deletion_policy", "Unable to destroy number "+gb, "PREVENT", "DELETE", "ABANDON", "removed block")
	a.WantCalls(t)
}

func TestNumberPreventRefusesThePlanOfAReplacement(t *testing.T) {
	t.Parallel()
	a := newAccount(t)
	object := a.rented("PREVENT")
	for attribute, config := range map[string]values{
		"country": gbNumber(values{"country": "JE"}),
		"msisdn":  gbNumber(values{"msisdn": "447700900002", "deletion_policy": "DELETE"}), // the policy in the state counts
	} {
		_, diags := a.Protocol(t).Plan(numberType, object, config)
		diags.MustFail(t, attribute, "Unable to replace number "+gb, "PREVENT")
	}
	_, diags := a.Protocol(t).Plan(numberType, object, gbNumber(values{"msisdn": acctest.Unknown}))
	diags.MustFail(t, "msisdn", "Unable to replace number "+gb)
	a.WantCalls(t)
	for _, config := range []values{gbNumber(values{"country": "gb"}), gbNumber(values{"msisdn": "+44 7700 900001"})} {
		a.wantNoChange(numberType, object, config)
	}
}

func TestNumberPreventRefusesADeleteThatNoPlanShowed(t *testing.T) {
	t.Parallel()
	a := newAccount(t)
	object := a.rented("PREVENT")
	kept, diags := a.Protocol(t).Destroy(numberType, object)
	diags.MustFail(t, "", "Unable to destroy number "+gb, "PREVENT", "untaint")
	if diff := cmp.Diff(object.State, kept.State); diff != "" {
		t.Errorf("the state was not kept:\n%s", diff)
	}
	a.WantCalls(t)
}

// With other policies a taint has the effect of the policy, and the number is adopted or rented again.
func TestNumberReplacedByATaint(t *testing.T) {
	t.Parallel()
	for policy, calls := range map[string][]string{"ABANDON": {list}, "DELETE": {list, cancel, search, buy}} {
		a := newAccount(t)
		object := a.rented(policy)
		config := gbNumber(values{"deletion_policy": policy})
		p := a.Protocol(t)
		_, diags := p.Destroy(numberType, object)
		if diags.HasError() {
			t.Fatal(diags)
		}
		_, diags = p.Change(numberType, acctest.Object{}, config)
		if diags.HasError() || !a.has(gb) {
			t.Errorf("%s: the account has it: %t\n%s", policy, a.has(gb), diags)
		}
		a.WantCalls(t, calls...)
	}
}

func TestNumberAbandonForgetsAndTells(t *testing.T) {
	t.Parallel()
	a := newAccount(t)
	object := a.rented("ABANDON")
	p := a.Protocol(t)
	plan, diags := p.Plan(numberType, object, nil)
	diags.MustWarn(t, "", gb, "stays rented", "billed")
	_, diags = p.Apply(plan)
	diags.MustWarn(t, "", gb, "stays rented", "billed")
	a.WantCalls(t)
	if !a.has(gb) {
		t.Error("the number was cancelled")
	}
	plan, diags = p.Plan(numberType, object, gbNumber(values{"msisdn": "447700900002"}))
	diags.MustWarn(t, "", gb, "stays rented")
	if len(plan.RequiresReplace) != 1 {
		t.Errorf("replaces for %v", plan.RequiresReplace)
	}
}

func TestNumberDeleteCancelsAndTells(t *testing.T) {
	t.Parallel()
	a := newAccount(t)
	object := a.rented("DELETE")
	p := a.Protocol(t)
	_, diags := p.Plan(numberType, object, gbNumber(values{"msisdn": "447700900002"}))
	diags.MustWarn(t, "msisdn", gb, "cancelled", "never get it back")
	plan, diags := p.Plan(numberType, object, nil)
	diags.MustWarn(t, "deletion_policy", gb, "cancelled", "never get it back")
	_, diags = p.Apply(plan)
	diags.MustBeEmpty(t)
	a.WantCalls(t, list, cancel)
	if a.has(gb) {
		t.Error("the number was not cancelled")
	}
}

func TestNumberCancelIsReconciled(t *testing.T) {
	t.Parallel()
	apiError := emulator.Fault{Kind: emulator.Status, Status: 420, Body: `{"error-code":"420","error-code-label":"method failed"}`}
	for name, test := range map[string]struct {
		fault emulator.Fault
		gone  bool
		words string // words of the error; "" if none is expected
	}{
		"answer lost":            {emulator.Fault{Kind: emulator.CloseAfter}, true, ""},
		"gone already":           {emulator.Fault{}, true, ""},
		"not processed":          {emulator.Fault{Kind: emulator.CloseBefore}, false, "which the account still has"},
		"refused":                {apiError, false, "which the account still has: method failed"},
		"refused for good cause": {emulator.Fault{Kind: emulator.Status, Status: http.StatusForbidden, Body: "{}"}, false, "403"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := newAccount(t)
			object := a.rented("DELETE")
			if test.fault.Kind == "" {
				a.Emulator.RemoveNumber(gb)
			} else {
				test.fault.Method, test.fault.Path = http.MethodPost, "/number/cancel"
				a.Fail(t, test.fault)
			}
			p := a.Protocol(t)
			plan, _ := p.Plan(numberType, object, nil)
			kept, diags := p.Apply(plan)
			if test.words == "" {
				diags.MustBeEmpty(t)
			} else {
				diags.MustFail(t, "", "Unable to cancel number "+gb, test.words)
			}
			if a.has(gb) == test.gone || (kept.State == nil) != test.gone {
				t.Errorf("the account has it: %t; the state: %v", a.has(gb), kept.State)
			}
		})
	}
}

// A number that was rented but could not be set up is in the state, so that it is not lost. Terraform replaces it,
// because its creation failed. The replacement neither cancels nor buys the number, whatever the policy.
func TestNumberThatCouldNotBeSetUp(t *testing.T) {
	t.Parallel()
	for _, policy := range []string{"PREVENT", "ABANDON", "DELETE"} {
		a := newAccount(t)
		a.offers(gb, nil)
		apiError := emulator.Fault{Kind: emulator.Status, Status: 420, Body: `{"error-code":"420","error-code-label":"method failed"}`}
		apiError.Method, apiError.Path = http.MethodPost, "/number/update"
		a.Fail(t, apiError)
		config := gbNumber(acctest.With(settings, values{"deletion_policy": policy}))
		object, diags := a.create(numberType, config)
		diags.MustFail(t, "", "Unable to set up number "+gb, "method failed", "is rented", "next apply")
		want := rentedState(values{"id": nil, "deletion_policy": policy})
		if diff := cmp.Diff(want, object.State); diff != "" {
			t.Fatalf("state (-want +got):\n%s", diff)
		}

		p := a.Protocol(t)
		refreshed, diags := p.Read(numberType, object)
		diags.MustBeEmpty(t)
		if diff := cmp.Diff(object.State, refreshed.State); diff != "" {
			t.Errorf("a refresh changes it:\n%s", diff)
		}
		refreshed.Private = nil // Terraform stores none for tainted objects
		_, diags = p.Destroy(numberType, refreshed)
		diags.MustBeEmpty(t)
		_, diags = p.Change(numberType, acctest.Object{}, config)
		diags.MustWarn(t, "", "adopted")
		a.wantSettings(theSettings)
		if a.count(cancel) != 0 || a.count(buy) != 1 {
			t.Errorf("%s: %d cancelled, %d bought", policy, a.count(cancel), a.count(buy))
		}

		// If it is destroyed instead of replaced, its policy applies.
		_, diags = a.Protocol(t).Change(numberType, object, nil)
		if diags.HasError() != (policy == "PREVENT") || a.has(gb) != (policy != "DELETE") {
			t.Errorf("%s: destroyed, the account has it: %t\n%s", policy, a.has(gb), diags)
		}
	}
}

func TestUpdateOfANumberThatIsGone(t *testing.T) {
	t.Parallel()
	a := newAccount(t)
	object := a.rented("ABANDON")
	a.Emulator.RemoveNumber(gb)
	_, diags := a.Protocol(t).Change(numberType, object, gbNumber(values{"deletion_policy": "ABANDON", "sms_webhook_url": "https://example.com/new"}))
	diags.MustFail(t, "msisdn", "no longer has number "+gb, "next plan detects that the number is gone", "api_key")
}

// Other provider blocks and other runs make no claims in this run. So the number is read once more, right before it is
// cancelled, and not taken from what the plan has read.
func TestANumberThatChangedSinceThePlanIsNotCancelled(t *testing.T) {
	t.Parallel()
	for words, now := range map[string]values{
		"linked to application " + theirs: linkedTo(theirs),
		"another sms_webhook_url":         {"moHttpUrl": "https://user:secret@example.com/sms"},
		"another voice_callback":          {"voiceCallbackType": "sip", "voiceCallbackValue": "sip:a@example.com"},
	} {
		t.Run(words, func(t *testing.T) {
			t.Parallel()
			a := newAccount(t)
			p := a.Protocol(t)
			object, diags := p.Read(numberType, a.rented("DELETE"))
			diags.MustBeEmpty(t)
			plan, diags := p.Plan(numberType, object, nil)
			diags.MustWarn(t, "deletion_policy", "cancelled")
			a.owns(gb, now)
			a.Calls()
			kept, diags := p.Apply(plan)
			problem := diags.MustFail(t, "", "Unable to cancel number "+gb, words, "another provider block or another run", "plan and apply again")
			if !a.has(gb) || kept.State == nil || strings.Contains(problem.Detail, "secret") {
				t.Errorf("the account has it: %t; the state: %v; the error: %s", a.has(gb), kept.State, problem.Detail)
			}
			a.WantCalls(t, list)

			// The next plan has seen the change.
			p = a.Protocol(t)
			object, diags = p.Read(numberType, kept)
			diags.MustBeEmpty(t)
			_, diags = p.Change(numberType, object, nil)
			if diags.HasError() || a.has(gb) {
				t.Errorf("the account has it: %t\n%s", a.has(gb), diags)
			}
		})
	}
}

// Terraform 1.11 plans the destruction of a resource that is no longer configured before it refreshes it. The link that was
// made after the number is then not in its state, although this run has read the number for another resource.
func TestANumberIsCancelledWhoseStateIsOlderThanItsLink(t *testing.T) {
	t.Parallel()
	a := newAccount(t)
	number := a.rented("DELETE")
	linked := a.mustCreate(linkType, link(ours))
	p := a.Protocol(t)
	_, diags := p.Read(linkType, linked)
	diags.MustBeEmpty(t)
	plan, diags := p.Plan(numberType, number, nil)
	diags.MustWarn(t, "deletion_policy", "cancelled")
	_, diags = p.Read(numberType, number)
	diags.MustBeEmpty(t)
	if _, diags = p.Apply(plan); diags.HasError() || a.has(gb) {
		t.Errorf("the account has it: %t\n%s", a.has(gb), diags)
	}
}

// A destroy ends the link of a number before it cancels the number.
func TestANumberIsCancelledAfterTheEndOfItsLink(t *testing.T) {
	t.Parallel()
	a := newAccount(t)
	p := a.Protocol(t)
	number := a.rented("DELETE")
	link := a.mustCreate(linkType, link(ours))
	number, diags := p.Read(numberType, number)
	diags.MustBeEmpty(t)
	plan, diags := p.Plan(numberType, number, nil)
	diags.MustWarn(t, "deletion_policy", "cancelled")
	_, diags = p.Change(linkType, link, nil)
	diags.MustBeEmpty(t)
	_, diags = p.Apply(plan)
	diags.MustBeEmpty(t)
	if a.has(gb) {
		t.Error("the number was not cancelled")
	}
}
