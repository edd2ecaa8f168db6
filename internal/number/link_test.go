// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package number_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/vonage/terraform-provider-vonage/internal/acctest"
)

func link(application string) values {
	return values{"msisdn": digits, "application_id": application}
}

func TestLinkCostsALookUpAndAnUpdate(t *testing.T) {
	t.Parallel()
	a := newAccount(t)
	a.owns(gb, nil)
	p := a.Protocol(t)
	plan, diags := p.Plan(linkType, acctest.Object{}, link(ours))
	diags.MustBeEmpty(t)
	a.wantCalls(list)
	object, diags := p.Apply(plan)
	diags.MustBeEmpty(t)
	a.wantCalls(list, update)

	want := values{
		"id": gb, "msisdn": digits, "country": "GB", "application_id": ours, "replace_existing_link": false, "timeouts": nil,
	}
	if diff := cmp.Diff(want, object.State); diff != "" {
		t.Errorf("state (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(values{"country": "GB", "msisdn": digits}, object.Identity); diff != "" {
		t.Errorf("identity (-want +got):\n%s", diff)
	}
	p = a.Protocol(t)
	object, diags = p.Read(linkType, object)
	diags.MustBeEmpty(t)
	a.wantCalls(list)
	_, diags = p.Change(linkType, object, with(link(ours), values{"replace_existing_link": true, "timeouts": values{"create": "1m"}}))
	diags.MustBeEmpty(t)
	a.wantCalls() // attributes that only the provider uses cause no request
	_, diags = p.Change(linkType, object, link(theirs))
	diags.MustBeEmpty(t)
	a.wantCalls(list, update)
}

func TestLinkPlanShowsCountryAndID(t *testing.T) {
	t.Parallel()
	a := newAccount(t)
	a.owns(gb, nil)
	for name, test := range map[string]struct {
		provider, config values
		country, id      any
	}{
		"found":               {nil, link(ours), acctest.Unknown, acctest.Unknown},
		"given":               {nil, with(link(ours), values{"country": "gb"}), "gb", gb},
		"not owned yet":       {nil, with(link(ours), values{"msisdn": "33700900001"}), acctest.Unknown, acctest.Unknown},
		"not owned, given":    {nil, with(link(ours), values{"msisdn": "33700900001", "country": "FR"}), "FR", "FR/33700900001"},
		"unknown credentials": {values{"api_secret": acctest.Unknown}, link(ours), acctest.Unknown, acctest.Unknown},
		"unknown credentials, given": {
			values{"api_secret": acctest.Unknown}, with(link(ours), values{"country": "US"}), "US", "US/" + digits,
		},
		"unknown number":      {nil, with(link(ours), values{"msisdn": acctest.Unknown}), acctest.Unknown, acctest.Unknown},
		"unknown country":     {nil, with(link(ours), values{"country": acctest.Unknown}), acctest.Unknown, acctest.Unknown},
		"unknown application": {nil, with(link(""), values{"country": "GB"}), "GB", gb},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if test.config["application_id"] == "" {
				test.config["application_id"] = acctest.Unknown
			}
			plan, diags := a.Protocol(t, test.provider).Plan(linkType, acctest.Object{}, test.config)
			diags.MustBeEmpty(t)
			if plan.State["country"] != test.country || plan.State["id"] != test.id {
				t.Errorf("planned country %v and id %v", plan.State["country"], plan.State["id"])
			}
		})
	}
}

func TestLinkFindsAtApplyWhatThePlanCouldNotKnow(t *testing.T) {
	t.Parallel()
	a := newAccount(t)
	plan, diags := a.Protocol(t).Plan(linkType, acctest.Object{}, link(ours))
	diags.MustBeEmpty(t)
	a.owns(gb, nil) // rented by the same apply
	object, diags := a.Protocol(t).Apply(plan)
	diags.MustBeEmpty(t)
	if object.State["id"] != gb || a.setting("app_id") != ours {
		t.Errorf("made %v", object.State)
	}
}

func TestLinkCountryMustAgreeWithTheAccount(t *testing.T) {
	t.Parallel()
	a := newAccount(t)
	a.owns(gb, nil)
	_, diags := a.create(linkType, with(link(ours), values{"country": "US"}))
	diags.MustFail(t, "country", "no number US/"+digits, gb)

	object := a.mustCreate(linkType, link(ours))
	a.calls()
	// Terraform plans a replacement a second time, as a creation.
	p := a.Protocol(t)
	plan, diags := p.Plan(linkType, object, with(link(ours), values{"country": "US"}))
	diags.MustBeEmpty(t)
	if diff := cmp.Diff([]string{"country"}, plan.RequiresReplace); diff != "" {
		t.Fatal(diff)
	}
	_, diags = p.Plan(linkType, acctest.Object{}, with(link(ours), values{"country": "US"}))
	diags.MustFail(t, "country", "no number US/"+digits, gb)
}

func TestLinkOfAnAmbiguousNumber(t *testing.T) {
	t.Parallel()
	a := newAccount(t)
	a.owns(gb, nil)
	a.owns("JE/"+digits, nil)
	_, diags := a.create(linkType, link(ours))
	diags.MustFail(t, "country", gb, "JE/"+digits)
	object := a.mustCreate(linkType, with(link(ours), values{"country": "JE"}))
	if object.State["id"] != "JE/"+digits || a.setting("app_id") != "" {
		t.Errorf("made %v, and GB is linked to %q", object.State, a.setting("app_id"))
	}
	_, diags = a.Protocol(t).Import(linkType, digits)
	diags.MustFail(t, "country", gb, "JE/"+digits)
}

func TestLinkOfANumberTheAccountLacks(t *testing.T) {
	t.Parallel()
	a := newAccount(t)
	for _, config := range []values{link(ours), with(link(ours), values{"country": "GB"})} {
		_, diags := a.create(linkType, config)
		diags.MustFail(t, "msisdn", "The account has no number", digits, "rent it with a vonage_number resource", "api_key")
	}
}

func TestLinkRefusesANumberThatAnotherApplicationHolds(t *testing.T) {
	t.Parallel()
	a := newAccount(t)
	a.owns(gb, linkedTo(theirs))
	_, diags := a.create(linkType, link(ours))
	diags.MustFail(t, "application_id", "linked to application "+theirs, "replace_existing_link")
	a.wantCalls(list) // the plan already refuses it
	if a.setting("app_id") != theirs {
		t.Fatal("the link was taken")
	}
	object := a.mustCreate(linkType, with(link(ours), values{"replace_existing_link": true}))
	if a.setting("app_id") != ours {
		t.Fatal("the link was not taken though allowed")
	}

	// Between refresh and apply the number is linked to a third application.
	third := "cccccccc-bbbb-cccc-dddd-0123456789ab"
	a.owns(gb, linkedTo(third))
	_, diags = a.Protocol(t).Change(linkType, object, link(theirs))
	diags.MustFail(t, "application_id", third)
	if a.setting("app_id") != third {
		t.Error("the link was taken")
	}
	a.owns(gb, linkedTo(theirs))
	_, diags = a.Protocol(t).Change(linkType, object, link(theirs))
	diags.MustBeEmpty(t)
}

func TestLinkOfANumberThatHasItAlreadySendsNothing(t *testing.T) {
	t.Parallel()
	a := newAccount(t)
	a.owns(gb, linkedTo(ours))
	a.mustCreate(linkType, link(strings.ToUpper(ours)))
	a.wantCalls(list, list)
}

func TestLinkThatIsGoneLeavesTheState(t *testing.T) {
	t.Parallel()
	a := newAccount(t)
	a.owns(gb, nil)
	object := a.mustCreate(linkType, link(ours))
	a.owns(gb, nil)
	a.gone(object)
	a.owns(gb, linkedTo(theirs))
	a.gone(object)
	a.Emulator.RemoveNumber(gb)
	a.gone(object)
}

func TestLinkDestroyTouchesOnlyItsOwn(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		meanwhile func(account)
		calls     []string
		holder    string // the application that the number is linked to afterwards
	}{
		"still ours":       {func(account) {}, []string{list, update}, ""},
		"linked elsewhere": {func(a account) { a.owns(gb, linkedTo(theirs)) }, []string{list}, theirs},
		"unlinked":         {func(a account) { a.owns(gb, nil) }, []string{list}, ""},
		"number gone":      {func(a account) { a.Emulator.RemoveNumber(gb) }, []string{list}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := newAccount(t)
			a.owns(gb, nil)
			object := a.mustCreate(linkType, link(ours))
			test.meanwhile(a)
			a.calls()
			_, diags := a.Protocol(t).Change(linkType, object, nil)
			diags.MustBeEmpty(t)
			a.wantCalls(test.calls...)
			if number, owned := a.Emulator.Number(gb); owned && a.setting("app_id") != test.holder {
				t.Errorf("the number is now %v", number)
			}
		})
	}
}

func TestLinkValidation(t *testing.T) {
	t.Parallel()
	p := newAccount(t).Protocol(t)
	for attribute, test := range map[string]struct {
		config values
		words  string
	}{
		"msisdn":          {values{"msisdn": "07700 900001", "application_id": ours}, "country code"},
		"country":         {values{"msisdn": digits, "country": "GBR", "application_id": ours}, "two-letter"},
		"application_id":  {values{"msisdn": digits, "application_id": "my application"}, "UUID"},
		"timeouts.create": {values{"msisdn": digits, "application_id": ours, "timeouts": values{"create": "0s"}}, "longer than zero"},
	} {
		p.ValidateResource(linkType, test.config).MustFail(t, attribute, test.words)
	}
	p.ValidateResource(linkType, values{
		"msisdn": acctest.Unknown, "country": acctest.Unknown, "application_id": acctest.Unknown,
		"replace_existing_link": acctest.Unknown, "timeouts": acctest.Unknown,
	}).MustBeEmpty(t)
}

func TestLinkOfANumberThatIsGone(t *testing.T) {
	t.Parallel()
	a := newAccount(t)
	a.owns(gb, nil)
	object := a.mustCreate(linkType, link(ours))
	a.Emulator.RemoveNumber(gb)
	_, diags := a.Protocol(t).Change(linkType, object, link(theirs))
	diags.MustFail(t, "msisdn", "no longer has number "+gb, "next plan detects that the link is gone", "api_key")
}
