// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package number_test

import (
	"testing"

	"github.com/vonage/terraform-provider-vonage/internal/acctest"
)

// planOf is what one resource of a configuration is planned to become.
type planOf struct {
	typeName string
	prior    acctest.Object
	config   values
}

func (a account) imported(typeName string) acctest.Object {
	a.t.Helper()
	object, diags := a.Protocol(a.t).Import(typeName, gb)
	diags.MustBeEmpty(a.t)
	return object
}

// Two resources for one number or one link are an error of every plan, whatever exists already: otherwise each run
// undoes what the other resource did.
func TestTwoResourcesOfOnePlanCannotHaveTheSameNumber(t *testing.T) {
	t.Parallel()
	a := newAccount(t)
	a.owns(gb, linkedTo(ours))
	number, link1 := a.imported(numberType), a.imported(linkType)
	takesOver := func(application string) values { return with(link(application), values{"replace_existing_link": true}) }
	for name, pair := range map[string][2]planOf{
		"two new numbers":       {{numberType, acctest.Object{}, gbNumber(nil)}, {numberType, acctest.Object{}, gbNumber(values{"msisdn": "+44 7700 900001"})}},
		"a number and a new":    {{numberType, number, gbNumber(nil)}, {numberType, acctest.Object{}, gbNumber(nil)}},
		"a number twice":        {{numberType, number, gbNumber(nil)}, {numberType, number, gbNumber(settings)}},
		"two new links":         {{linkType, acctest.Object{}, link(ours)}, {linkType, acctest.Object{}, with(link(ours), values{"country": "gb"})}},
		"two that take over":    {{linkType, acctest.Object{}, takesOver(ours)}, {linkType, acctest.Object{}, takesOver(theirs)}},
		"a link and a new":      {{linkType, link1, link(ours)}, {linkType, acctest.Object{}, link(ours)}},
		"a link and a taker":    {{linkType, link1, takesOver(ours)}, {linkType, acctest.Object{}, takesOver(theirs)}},
		"a link twice":          {{linkType, link1, link(ours)}, {linkType, link1, link(ours)}},
		"a changed link, a new": {{linkType, link1, link(theirs)}, {linkType, acctest.Object{}, takesOver(theirs)}},
		"a number to come": {
			{linkType, acctest.Object{}, with(link(ours), values{"msisdn": "33700900001"})},
			{linkType, acctest.Object{}, with(link(theirs), values{"msisdn": "+33700900001"})},
		},
	} {
		for first := range pair {
			p := a.Protocol(t)
			one, other := pair[first], pair[1-first]
			if _, diags := p.Plan(one.typeName, one.prior, one.config); diags.HasError() {
				t.Errorf("%s: %s", name, diags)
			}
			_, diags := p.Plan(other.typeName, other.prior, other.config)
			if !diags.HasError() {
				t.Errorf("%s: both are planned", name)
				continue
			}
			diags.MustFail(t, "msisdn", "by another resource during this run", "remove one of them", "removed block", "moved block")
		}
	}
}

// Terraform plans a replacement twice: as a change and, with the private state of the first plan, as a creation.
func TestAReplacedObjectIsNotTakenForAnother(t *testing.T) {
	t.Parallel()
	a := newAccount(t)
	a.owns(gb, linkedTo(ours))
	for typeName, config := range map[string]values{numberType: gbNumber(nil), linkType: link(ours)} {
		for _, prior := range []acctest.Object{a.imported(typeName), a.mustHave(typeName, config)} {
			p := a.Protocol(t)
			plan, diags := p.Plan(typeName, prior, config)
			diags.MustBeEmpty(t)
			_, diags = p.Plan(typeName, plan.Replaced(), config)
			diags.MustBeEmpty(t)
		}
	}
}

// mustHave creates an object for a number that the account has already.
func (a account) mustHave(typeName string, config values) acctest.Object {
	a.t.Helper()
	object, diags := a.create(typeName, config)
	if diags.HasError() {
		a.t.Fatal(diags)
	}
	return object
}

// Each number has one link before and one afterwards.
func TestLinksCanSwapNumbers(t *testing.T) {
	t.Parallel()
	a := newAccount(t)
	a.owns(gb, nil)
	a.owns("GB/447700900002", nil)
	other := values{"msisdn": "447700900002", "application_id": ours}
	one, two := a.mustCreate(linkType, link(ours)), a.mustCreate(linkType, other)
	p := a.Protocol(t)
	for _, swap := range []planOf{{linkType, one, other}, {linkType, two, link(ours)}} {
		plan, diags := p.Plan(swap.typeName, swap.prior, swap.config)
		diags.MustBeEmpty(t)
		_, diags = p.Plan(swap.typeName, plan.Replaced(), swap.config)
		diags.MustBeEmpty(t)
	}
}

func TestARenamedLinkHasOneResource(t *testing.T) {
	t.Parallel()
	a := newAccount(t)
	a.owns(gb, nil)
	old := a.mustCreate(linkType, link(ours))
	for _, order := range [][]planOf{
		{{linkType, old, nil}, {linkType, acctest.Object{}, link(ours)}},
		{{linkType, acctest.Object{}, link(ours)}, {linkType, old, nil}},
	} {
		p := a.Protocol(t)
		for _, one := range order {
			_, diags := p.Plan(one.typeName, one.prior, one.config)
			diags.MustBeEmpty(t)
		}
	}
}
