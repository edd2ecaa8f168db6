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
		"held, country given":     {with(link(ours), values{"country": "GB"}), true, false},
		"to be taken over":        {with(link(ours), values{"replace_existing_link": true}), false, false},
		"perhaps to be taken":     {with(link(ours), values{"replace_existing_link": acctest.Unknown}), false, true},
		"perhaps the same":        {link(""), false, true},
		"the same":                {link(theirs), false, false},
		"unknown, but taken over": {with(link(""), values{"replace_existing_link": true}), false, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := newAccount(t)
			a.owns(gb, linkedTo(theirs))
			if test.config["application_id"] == "" {
				test.config["application_id"] = acctest.Unknown
			}
			_, diags := a.Protocol(t).Plan(linkType, acctest.Object{}, test.config)
			a.wantCalls(list) // which the plan makes for the country anyway
			switch {
			case test.refused:
				diags.MustFail(t, "application_id", "linked to application "+theirs, "replace_existing_link")
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

func TestPlanRefusesANumberThatIsTooExpensive(t *testing.T) {
	t.Parallel()
	dear := values{"cost": "9.99", "initialPrice": "0"}
	for name, test := range map[string]struct {
		offer, config, provider values
		calls                   []string
		attribute               string // of the error; "" if none is expected
	}{
		"too high a rent":     {dear, values{"max_monthly_cost": "2"}, nil, []string{search}, "max_monthly_cost"},
		"too high a price":    {values{"initialPrice": "3"}, values{"max_initial_cost": "2.99"}, nil, []string{search}, "max_initial_cost"},
		"no price":            {values{"cost": ""}, values{"max_monthly_cost": "2"}, nil, []string{search}, "max_monthly_cost"},
		"cheap enough":        {dear, values{"max_monthly_cost": "9.990", "max_initial_cost": "0"}, nil, []string{search}, ""},
		"no limit":            {dear, nil, nil, nil, ""},
		"unknown limit":       {dear, values{"max_monthly_cost": acctest.Unknown}, nil, nil, ""},
		"one limit unknown":   {dear, values{"max_monthly_cost": acctest.Unknown, "max_initial_cost": "1"}, nil, []string{search}, ""},
		"unknown number":      {dear, values{"msisdn": acctest.Unknown, "max_monthly_cost": "2"}, nil, nil, ""},
		"not on offer":        {nil, values{"max_monthly_cost": "2"}, nil, []string{search}, ""},
		"unknown credentials": {dear, values{"max_monthly_cost": "2"}, values{"api_secret": acctest.Unknown}, nil, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := newAccount(t)
			if test.offer != nil {
				a.offers(gb, test.offer)
			}
			_, diags := a.Protocol(t, test.provider).Plan(numberType, acctest.Object{}, gbNumber(test.config))
			a.wantCalls(test.calls...)
			if test.attribute == "" {
				diags.MustBeEmpty(t)
			} else {
				diags.MustFail(t, test.attribute, gb, "nothing was bought")
			}
		})
	}
}

// A number that is in the state is not bought, so a limit costs no search.
func TestPlanOfAnExistingNumberCostsNoSearch(t *testing.T) {
	t.Parallel()
	a := newAccount(t)
	object := a.rented("PREVENT")
	p := a.Protocol(t)
	plan, diags := p.Plan(numberType, object, gbNumber(values{"max_monthly_cost": "0"}))
	diags.MustBeEmpty(t)
	_, diags = p.Plan(numberType, plan.Replaced(), gbNumber(values{"max_monthly_cost": "0"}))
	diags.MustBeEmpty(t)
	a.wantCalls()
}

// What an adoption would replace is known if the number was read for something else: a resource, a data source or its
// link, in any order.
func TestPlanWarnsOfSettingsThatAnAdoptionReplaces(t *testing.T) {
	t.Parallel()
	const webhook = "https://example.com/theirs"
	forwarded := values{"moHttpUrl": webhook, "voiceCallbackType": "tel", "voiceCallbackValue": "447700900099"}
	neighbour := values{"country": "GB", "msisdn": "447700900002"}
	planLink := func(p *acctest.Protocol) acctest.Diagnostics {
		_, diags := p.Plan(linkType, acctest.Object{}, link(ours))
		return diags
	}
	for name, test := range map[string]struct {
		before, after func(*acctest.Protocol) acctest.Diagnostics
		config        values
		calls         []string
		words         []string // nil if no warning is expected
	}{
		"link planned first": {planLink, nil, gbNumber(nil), []string{list}, []string{webhook, "447700900099", "buys nothing"}},
		"link planned then":  {nil, planLink, gbNumber(nil), []string{list}, []string{webhook, "447700900099", "buys nothing"}},
		"all were read": {
			func(p *acctest.Protocol) acctest.Diagnostics {
				for _, id := range []string{"GB/447700900002", "GB/447700900003"} {
					_, diags := p.Import(numberType, id)
					diags.MustBeEmpty(t)
				}
				return nil
			},
			nil, gbNumber(nil), []string{list, list}, []string{webhook},
		},
		"nothing was read": {nil, nil, gbNumber(nil), nil, nil},
		"as it is": {
			planLink, nil, gbNumber(values{"sms_webhook_url": webhook, "voice_callback": values{"type": "tel", "value": "447700900099"}}), []string{list}, nil,
		},
		"unknown": {
			planLink, nil, gbNumber(values{"sms_webhook_url": acctest.Unknown, "voice_callback": values{"type": "tel", "value": acctest.Unknown}}), []string{list}, nil,
		},
		"with a limit": {planLink, nil, gbNumber(values{"max_monthly_cost": "0"}), []string{list}, []string{webhook}},
		"another":      {planLink, nil, neighbour, []string{list}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := newAccount(t)
			a.owns(gb, forwarded)
			a.owns("GB/447700900002", nil)
			a.owns("GB/447700900003", nil)
			p := a.Protocol(t)
			var all acctest.Diagnostics
			if test.before != nil {
				all = append(all, test.before(p)...)
			}
			_, diags := p.Plan(numberType, acctest.Object{}, test.config)
			all = append(all, diags...)
			if test.after != nil {
				all = append(all, test.after(p)...)
			}
			a.wantCalls(test.calls...)
			if test.words == nil {
				all.MustBeEmpty(t)
			} else {
				all.MustWarn(t, "", append(test.words, gb)...)
			}
		})
	}
}
