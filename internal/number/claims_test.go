// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package number_test

import (
	"net/http"
	"testing"

	"github.com/vonage/terraform-provider-vonage/internal/acctest"
	"github.com/vonage/terraform-provider-vonage/internal/emulator"
)

func TestTwoNumbersOfOneRunCannotBeTheSame(t *testing.T) {
	t.Parallel()
	a := newAccount(t)
	a.offers(gb, nil)
	p := a.Protocol(t)
	object, diags := p.Change(numberType, acctest.Object{}, gbNumber(nil))
	diags.MustBeEmpty(t)
	a.calls()
	_, diags = p.Change(numberType, acctest.Object{}, gbNumber(values{"msisdn": "+44 7700 900001"}))
	diags.MustFail(t, "msisdn", gb, "rented by another resource during this run")
	a.wantCalls()
	_, diags = p.Change(linkType, acctest.Object{}, link(ours))
	diags.MustBeEmpty(t) // a link does not conflict with the number
	_, diags = p.Change(numberType, object, gbNumber(settings))
	diags.MustBeEmpty(t)
}

func TestAClaimThatCameToNothingIsGivenBack(t *testing.T) {
	t.Parallel()
	a := newAccount(t)
	p := a.Protocol(t)
	_, diags := p.Change(numberType, acctest.Object{}, gbNumber(nil))
	diags.MustFail(t, "msisdn", "nor on offer")
	a.owns(gb, linkedTo(theirs))
	// The country is given to avoid a lookup: a run repeats a lookup that found nothing only when it is about to write.
	_, diags = p.Change(linkType, acctest.Object{}, with(link(ours), values{"country": "GB"}))
	diags.MustFail(t, "application_id", theirs)
	_, diags = p.Change(linkType, acctest.Object{}, with(link(theirs), values{"country": "GB"}))
	diags.MustBeEmpty(t)
	_, diags = p.Change(numberType, acctest.Object{}, gbNumber(nil))
	diags.MustWarn(t, "", "adopted")
}

// This is what create_before_destroy, or a rename without a moved block, does with a number.
func TestANumberIsNotTakenFromItsNewOwner(t *testing.T) {
	t.Parallel()
	for _, policy := range []string{"PREVENT", "DELETE"} {
		a := newAccount(t)
		old := a.rented(policy)
		p := a.Protocol(t)
		_, diags := p.Change(numberType, acctest.Object{}, gbNumber(values{"deletion_policy": policy}))
		diags.MustWarn(t, "", "adopted")
		plan, diags := p.Plan(numberType, old, nil)
		diags.MustBeEmpty(t) // Terraform plans the destroy of a replaced object during apply, so the error must come from Apply
		kept, diags := p.Apply(plan)
		diags.MustFail(t, "msisdn", "rented by another resource during this run", "moved block")
		if a.count(cancel) != 0 || !a.has(gb) {
			t.Fatalf("%s: the number was cancelled", policy)
		}
		// The next run knows nothing of this one, and must not do what was rejected here.
		_, diags = a.Protocol(t).Change(numberType, kept, nil)
		if diags.HasError() || len(diags.Warnings()) != 2 || a.count(cancel) != 0 || !a.has(gb) {
			t.Errorf("%s: the next run cancels it\n%s", policy, diags)
		}
	}
}

func TestANumberIsNotCancelledUnderALinkOfTheSameRun(t *testing.T) {
	t.Parallel()
	a := newAccount(t)
	old := a.rented("DELETE")
	p := a.Protocol(t)
	plan, diags := p.Plan(numberType, old, nil)
	diags.MustWarn(t, "deletion_policy", "cancelled")
	_, diags = p.Change(linkType, acctest.Object{}, link(ours))
	diags.MustBeEmpty(t)
	kept, diags := p.Apply(plan)
	diags.MustFail(t, "msisdn", "linked by another resource during this run")
	if !a.has(gb) || kept.State["deletion_policy"] != "DELETE" {
		t.Errorf("the account has it: %t; the state: %v", a.has(gb), kept.State)
	}
}

func TestALinkIsNotTakenFromItsNewOwner(t *testing.T) {
	t.Parallel()
	a := newAccount(t)
	a.owns(gb, nil)
	old := a.mustCreate(linkType, link(ours))
	p := a.Protocol(t)
	object, diags := p.Change(linkType, acctest.Object{}, link(ours))
	diags.MustBeEmpty(t)
	_, diags = p.Change(linkType, acctest.Object{}, link(ours))
	diags.MustFail(t, "msisdn", "linked by another resource during this run")
	left, diags := p.Change(linkType, old, nil)
	diags.MustWarn(t, "", "A link stays", "moved block")
	if a.setting("app_id") != ours || left.State != nil {
		t.Fatalf("the number is linked to %q, and the state keeps %v", a.setting("app_id"), left.State)
	}
	_, diags = p.Change(linkType, object, nil)
	diags.MustBeEmpty(t)
	if a.setting("app_id") != "" {
		t.Error("its owner cannot unlink the number")
	}
}

// A link that another application took over no longer belongs to the old resource, so ending it is no error.
func TestALinkTakenOverInTheSameRunIsLeftAlone(t *testing.T) {
	t.Parallel()
	a := newAccount(t)
	a.owns(gb, nil)
	old := a.mustCreate(linkType, link(ours))
	p := a.Protocol(t)
	_, diags := p.Change(linkType, acctest.Object{}, with(link(theirs), values{"replace_existing_link": true}))
	diags.MustBeEmpty(t)
	_, diags = p.Change(linkType, old, nil)
	diags.MustBeEmpty(t)
	if a.setting("app_id") != theirs {
		t.Error("the number is no longer linked")
	}
}

// A claim stays if it is unknown whether the write took effect: another resource must not take the number or the link
// away, and the resource itself may try again.
func TestAClaimInDoubtIsKept(t *testing.T) {
	t.Parallel()
	blind := emulator.Fault{ // once the write was sent
		Method: http.MethodGet, Path: "/account/numbers", After: 1, Kind: emulator.Status, Status: http.StatusForbidden, Body: "{}",
	}
	lost := func(a account, path string, lookUps int) {
		a.fail(emulator.Fault{Method: http.MethodPost, Path: path, Kind: emulator.CloseAfter, Times: 5})
		blind := blind
		blind.After = lookUps
		a.fail(blind)
	}
	t.Run("link", func(t *testing.T) {
		t.Parallel()
		a := newAccount(t)
		old := a.rented("DELETE")
		p := a.Protocol(t, values{"max_retries": 0})
		end, diags := p.Plan(numberType, old, nil)
		diags.MustWarn(t, "deletion_policy", "cancelled")
		lost(a, "/number/update", 2)
		object, diags := p.Change(linkType, acctest.Object{}, link(ours))
		diags.MustFail(t, "", "may or may not")
		a.Emulator.ClearFaults()
		_, diags = p.Apply(end)
		diags.MustFail(t, "msisdn", "linked by another resource during this run")
		_, diags = p.Change(linkType, acctest.Object{}, with(link(ours), values{"country": "GB"}))
		diags.MustFail(t, "msisdn", "linked by another resource during this run")
		object, diags = p.Change(linkType, object, with(link(theirs), values{"replace_existing_link": true}))
		diags.MustBeEmpty(t)
		_, diags = p.Change(linkType, object, nil)
		diags.MustBeEmpty(t)
		if !a.has(gb) || a.setting("app_id") != "" {
			t.Error("the number is gone, or its owner cannot unlink it")
		}
	})
	t.Run("number", func(t *testing.T) {
		t.Parallel()
		a := newAccount(t)
		a.offers(gb, nil)
		p := a.Protocol(t, values{"max_retries": 0})
		lost(a, "/number/buy", 1)
		object, diags := p.Change(numberType, acctest.Object{}, gbNumber(values{"deletion_policy": "DELETE"}))
		diags.MustFail(t, "", "outcome of renting number "+gb+" is unknown")
		a.Emulator.ClearFaults()
		_, diags = p.Change(numberType, acctest.Object{}, gbNumber(nil))
		diags.MustFail(t, "msisdn", "rented by another resource during this run")
		_, diags = p.Change(numberType, object, gbNumber(values{"deletion_policy": "DELETE", "sms_webhook_url": "https://example.com/sms"}))
		diags.MustBeEmpty(t)
	})
}
