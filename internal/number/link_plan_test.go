// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package number_test

import (
	"testing"

	"github.com/vonage/terraform-provider-vonage/internal/acctest"
)

func TestPlanRefusesALinkThatAnotherApplicationHolds(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		config  values
		refused bool
		warned  bool
	}{
		"held":                    {link(ours), true, false},
		"held, country given":     {acctest.With(link(ours), values{"country": "GB"}), true, false},
		"to be taken over":        {acctest.With(link(ours), values{"replace_existing_link": true}), false, false},
		"perhaps to be taken":     {acctest.With(link(ours), values{"replace_existing_link": acctest.Unknown}), false, true},
		"perhaps the same":        {link(""), false, true},
		"the same":                {link(theirs), false, false},
		"unknown, but taken over": {acctest.With(link(""), values{"replace_existing_link": true}), false, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := newAccount(t)
			a.owns(gb, linkedTo(theirs))
			if test.config["application_id"] == "" {
				test.config["application_id"] = acctest.Unknown
			}
			_, diags := a.Protocol(t).Plan(linkType, acctest.Object{}, test.config)
			a.WantCalls(t, list) // which the plan makes for the country anyway
			switch {
			case test.refused:
				diags.MustFail(t, "application_id", "linked to application "+theirs, "replace_existing_link", "terraform destroy -refresh=false")
			case test.warned:
				diags.MustWarn(t, "application_id", gb, "linked to application "+theirs, "replace_existing_link")
			default:
				diags.MustBeEmpty(t)
			}
		})
	}
}

// The link that holds a number may be in the state, too. Whether it ends before the new one is created depends on the
// order of the apply, so the plan only warns.
func TestPlanDoesNotRefuseALinkThatFollowsAnother(t *testing.T) {
	t.Parallel()
	a := newAccount(t)
	a.owns(gb, nil)
	a.owns("GB/447700900002", nil)
	old := a.mustCreate(linkType, link(ours))
	elsewhere := values{"msisdn": "447700900002", "application_id": ours}
	for name, before := range map[string]func(*acctest.Protocol){
		"refreshed":  func(p *acctest.Protocol) { p.Read(linkType, old) },
		"to be gone": func(p *acctest.Protocol) { p.Plan(linkType, old, nil) },
		"to move":    func(p *acctest.Protocol) { p.Plan(linkType, old, elsewhere) },
	} {
		p := a.Protocol(t)
		before(p)
		_, diags := p.Plan(linkType, acctest.Object{}, link(theirs))
		if diags.HasError() {
			t.Errorf("%s: %s", name, diags)
		}
		diags.MustWarn(t, "application_id", "linked to application "+ours)
	}

	// This order is certain if the new link depends on the moved one.
	p := a.Protocol(t)
	end, diags := p.Plan(linkType, old, nil)
	diags.MustBeEmpty(t)
	_, diags = p.Apply(end)
	diags.MustBeEmpty(t)
	_, diags = p.Change(linkType, acctest.Object{}, link(theirs))
	diags.MustBeEmpty(t)
	if a.setting("app_id") != theirs {
		t.Errorf("the number is linked to %q", a.setting("app_id"))
	}
}

// Two links swap their numbers. Terraform plans the replacement of the first before it comes to the second, so the plan
// only warns.
func TestPlanDoesNotRefuseLinksThatSwapNumbers(t *testing.T) {
	t.Parallel()
	a := newAccount(t)
	a.owns(gb, nil)
	other := "GB/447700900002"
	a.owns(other, nil)
	first := a.mustCreate(linkType, link(ours))
	a.owns(other, linkedTo(theirs))
	p := a.Protocol(t)
	config := acctest.With(link(ours), values{"msisdn": "447700900002"})
	replacing, diags := p.Plan(linkType, first, config)
	diags.MustBeEmpty(t)
	_, diags = p.Plan(linkType, replacing.Replaced(), config)
	if diags.HasError() {
		t.Error(diags)
	}
	diags.MustWarn(t, "application_id", "linked to application "+theirs)
}

// Between plan and apply the number is linked to another application.
func TestANewLinkIsCheckedAgainWhenItIsCreated(t *testing.T) {
	t.Parallel()
	a := newAccount(t)
	a.owns(gb, nil)
	plan, diags := a.Protocol(t).Plan(linkType, acctest.Object{}, link(ours))
	diags.MustBeEmpty(t)
	a.owns(gb, linkedTo(theirs))
	_, diags = a.Protocol(t).Apply(plan)
	diags.MustFail(t, "application_id", "linked to application "+theirs, "replace_existing_link")
	if a.setting("app_id") != theirs {
		t.Error("the link was taken")
	}
}

// The plan shows no more than that the link is to be created.
func TestRefreshSaysWhoTookTheNumber(t *testing.T) {
	t.Parallel()
	a := newAccount(t)
	a.owns(gb, nil)
	object := a.mustCreate(linkType, link(ours))
	a.owns(gb, linkedTo(theirs))
	read, diags := a.Protocol(t).Read(linkType, object)
	diags.MustWarn(t, "", gb, "linked to application "+theirs+" instead of "+ours, "replace_existing_link")
	if read.State != nil {
		t.Errorf("the state keeps %v", read.State)
	}
	a.owns(gb, nil)
	_, diags = a.Protocol(t).Read(linkType, object)
	diags.MustBeEmpty(t) // nobody has it
}
