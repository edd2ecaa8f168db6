// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package number_test

import (
	"net/http"
	"testing"

	"github.com/vonage/terraform-provider-vonage/internal/acctest"
	"github.com/vonage/terraform-provider-vonage/internal/emulator"
)

// A number or link was imported to a second address, instead of using a moved block. Removing the first address from the
// configuration is then meant as a rename, and only the plan sees both addresses. Terraform may plan them in either
// order.
func TestWhatStaysIsNotDestroyedForAnother(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		typeName string
		config   values
		error    string
	}{
		"number": {numberType, gbNumber(values{"deletion_policy": "DELETE"}), "umber " + gb + " is to be "},
		"link":   {linkType, link(ours), "ink of number " + gb + " to application " + ours + " is to be "},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := newAccount(t)
			a.owns(gb, nil)
			old, diags := a.create(test.typeName, test.config)
			if diags.HasError() {
				t.Fatal(diags)
			}
			imported, diags := a.Protocol(t).Import(test.typeName, gb)
			diags.MustBeEmpty(t)
			plans := []func(*acctest.Protocol) acctest.Diagnostics{
				func(p *acctest.Protocol) acctest.Diagnostics {
					_, diags := p.Plan(test.typeName, imported, test.config)
					return diags
				},
				func(p *acctest.Protocol) acctest.Diagnostics {
					_, diags := p.Plan(test.typeName, old, nil)
					return diags
				},
			}
			for first := range plans {
				p := a.Protocol(t)
				if diags := plans[first](p); diags.HasError() {
					t.Error(diags)
				}
				plans[1-first](p).MustFail(t, "msisdn", test.error, "moved block", "removed block", "terraform state rm")
			}
		})
	}
}

// A link that moves to another application does not conflict with ending the old one in the same plan.
func TestALinkThatMovesIsNotKept(t *testing.T) {
	t.Parallel()
	a := newAccount(t)
	a.owns(gb, nil)
	old := a.mustCreate(linkType, link(ours))
	imported, diags := a.Protocol(t).Import(linkType, gb)
	diags.MustBeEmpty(t)
	p := a.Protocol(t)
	move, diags := p.Plan(linkType, imported, link(theirs))
	diags.MustBeEmpty(t)
	end, diags := p.Plan(linkType, old, nil)
	diags.MustBeEmpty(t)
	for _, plan := range []acctest.Plan{move, end} {
		_, diags := p.Apply(plan)
		diags.MustBeEmpty(t)
	}
	if a.setting("app_id") != theirs {
		t.Errorf("the number is linked to %q", a.setting("app_id"))
	}
}

// A number whose setup failed is replaced, unless the user untaints it, for example because the number itself is fine.
// The next apply then finishes it.
func TestAnUntaintedNumberIsFinished(t *testing.T) {
	t.Parallel()
	for name, config := range map[string]values{
		"settings that can be read":    gbNumber(values{"sms_webhook_url": "https://example.com/sms"}),
		"settings that cannot be read": gbNumber(values{"voice_status_callback": "https://example.com/ended"}),
		"no settings":                  gbNumber(nil),
	} {
		a := newAccount(t)
		a.offers(gb, nil)
		a.fail(emulator.Fault{Method: http.MethodPost, Path: "/number/update", Kind: emulator.Status, Status: http.StatusBadRequest})
		object, diags := a.create(numberType, gbNumber(settings))
		diags.MustFail(t, "", "set up")
		object, diags = a.Protocol(t).Read(numberType, object)
		diags.MustBeEmpty(t)
		object, diags = a.Protocol(t).Change(numberType, object, config)
		diags.MustBeEmpty(t)
		if object.State["id"] != gb {
			t.Errorf("%s: the state is %v", name, object.State)
		}
		object, diags = a.Protocol(t).Read(numberType, object)
		diags.MustBeEmpty(t)
		a.wantNoChange(numberType, object, config)
	}
}
