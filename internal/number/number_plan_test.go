// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package number_test

import (
	"testing"

	"github.com/vonage/terraform-provider-vonage/internal/acctest"
)

func TestPlanRefusesANumberThatIsTooExpensive(t *testing.T) {
	t.Parallel()
	expensive := values{"cost": "9.99", "initialPrice": "0"}
	for name, test := range map[string]struct {
		offer, config, provider values
		calls                   []string
		attribute               string // of the error; "" if none is expected
	}{
		"too high a rent":     {expensive, values{"max_monthly_cost": "2"}, nil, []string{search}, "max_monthly_cost"},
		"too high a price":    {values{"initialPrice": "3"}, values{"max_initial_cost": "2.99"}, nil, []string{search}, "max_initial_cost"},
		"no price":            {values{"cost": ""}, values{"max_monthly_cost": "2"}, nil, []string{search}, "max_monthly_cost"},
		"cheap enough":        {expensive, values{"max_monthly_cost": "9.990", "max_initial_cost": "0"}, nil, []string{search}, ""},
		"no limit":            {expensive, nil, nil, nil, ""},
		"unknown limit":       {expensive, values{"max_monthly_cost": acctest.Unknown}, nil, nil, ""},
		"one limit unknown":   {expensive, values{"max_monthly_cost": acctest.Unknown, "max_initial_cost": "1"}, nil, []string{search}, ""},
		"unknown number":      {expensive, values{"msisdn": acctest.Unknown, "max_monthly_cost": "2"}, nil, nil, ""},
		"not on offer":        {nil, values{"max_monthly_cost": "2"}, nil, []string{search}, ""},
		"unknown credentials": {expensive, values{"max_monthly_cost": "2"}, values{"api_secret": acctest.Unknown}, nil, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := newAccount(t)
			if test.offer != nil {
				a.offers(gb, test.offer)
			}
			_, diags := a.Protocol(t, test.provider).Plan(numberType, acctest.Object{}, gbNumber(test.config))
			a.WantCalls(t, test.calls...)
			if test.attribute == "" {
				diags.MustBeEmpty(t)
			} else {
				diags.MustFail(t, test.attribute, gb, "nothing was bought", "terraform destroy -refresh=false")
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
	a.WantCalls(t)
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
			nil, gbNumber(nil),
			[]string{list, list},
			[]string{webhook},
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
			a.WantCalls(t, test.calls...)
			if test.words == nil {
				all.MustBeEmpty(t)
			} else {
				all.MustWarn(t, "", append(test.words, gb)...)
			}
		})
	}
}
