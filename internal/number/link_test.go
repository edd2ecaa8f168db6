// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package number_test

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/terraform"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"
	"github.com/hashicorp/terraform-plugin-testing/tfversion"

	"github.com/vonage/terraform-provider-vonage/internal/acctest"
	"github.com/vonage/terraform-provider-vonage/internal/emulator"
)

const theLink = linkType + ".main"

func (a account) linkConfig(lines string) string {
	return a.ProviderConfig() + "resource \"vonage_number_link\" \"main\" {\n" + lines + "\n}\n"
}

func planned(action plancheck.ResourceActionType) resource.ConfigPlanChecks {
	return resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{plancheck.ExpectResourceAction(theLink, action)}}
}

// linked requires that the number is linked to an application, or to none if it is "".
func (a account) linked(application string) resource.TestCheckFunc {
	return func(*terraform.State) error {
		if got := a.setting("app_id"); got != application {
			return fmt.Errorf("the number is linked to %q, not to %q", got, application)
		}
		return nil
	}
}

func TestLinkLifeCycle(t *testing.T) {
	t.Parallel()
	a := newAccount(t)
	a.owns(gb, values{"moHttpUrl": "https://example.com/sms"})
	attribute := func(name, value string) statecheck.StateCheck {
		return statecheck.ExpectKnownValue(theLink, tfjsonpath.New(name), knownvalue.StringExact(value))
	}
	a.Test(t, resource.TestCase{
		CheckDestroy: a.linked(""),
		Steps: []resource.TestStep{
			{
				Config:           a.linkConfig(`msisdn = "+44 7700 900001"` + "\n" + `application_id = "` + ours + `"`),
				ConfigPlanChecks: planned(plancheck.ResourceActionCreate),
				ConfigStateChecks: []statecheck.StateCheck{
					attribute("id", gb), attribute("country", "GB"), attribute("msisdn", "+44 7700 900001"), attribute("application_id", ours),
				},
				Check: a.linked(ours),
			},
			{
				Config:            a.linkConfig(`msisdn = "447700900001"` + "\n" + `country = "gb"` + "\n" + `application_id = "` + theirs + `"`),
				ConfigPlanChecks:  planned(plancheck.ResourceActionUpdate),
				ConfigStateChecks: []statecheck.StateCheck{attribute("id", gb), attribute("application_id", theirs)},
				Check:             a.linked(theirs),
			},
			{ResourceName: theLink, ImportState: true, ImportStateId: gb, ImportStateVerify: true, ImportStateVerifyIgnore: []string{"msisdn"}},
			{ResourceName: theLink, ImportState: true, ImportStateId: digits, ImportStateVerify: true, ImportStateVerifyIgnore: []string{"msisdn"}},
			{ResourceName: theLink, ImportState: true, ImportStateKind: resource.ImportBlockWithID, ImportStateId: gb},
			{ResourceName: theLink, ImportState: true, ImportStateId: "GB/447700900009", ExpectError: regexp.MustCompile("no number GB/447700900009")},
			{ // unlinked outside Terraform: must be created again
				PreConfig:        func() { a.owns(gb, values{"moHttpUrl": "https://example.com/sms"}) },
				Config:           a.linkConfig(`msisdn = "447700900001"` + "\n" + `application_id = "` + theirs + `"`),
				ConfigPlanChecks: planned(plancheck.ResourceActionCreate),
				Check:            a.linked(theirs),
			},
			{ // a contradicting country does not cause a replacement
				Config:      a.linkConfig(`msisdn = "447700900001"` + "\n" + `country = "US"` + "\n" + `application_id = "` + theirs + `"`),
				ExpectError: regexp.MustCompile(`no number US/447700900001`),
			},
		},
	})
	if got := a.setting("moHttpUrl"); got != "https://example.com/sms" {
		t.Errorf("the SMS webhook is now %q", got)
	}
}

func TestLinkIdentity(t *testing.T) {
	t.Parallel()
	a := newAccount(t)
	a.owns(gb, nil)
	config := a.linkConfig(`msisdn = "+44 7700 900001"` + "\n" + `application_id = "` + ours + `"`)
	a.Test(t, resource.TestCase{
		TerraformVersionChecks: []tfversion.TerraformVersionCheck{tfversion.SkipBelow(tfversion.Version1_12_0)},
		Steps: []resource.TestStep{
			{
				Config: config,
				ConfigStateChecks: []statecheck.StateCheck{statecheck.ExpectIdentity(theLink, map[string]knownvalue.Check{
					"country": knownvalue.StringExact("GB"), "msisdn": knownvalue.StringExact(digits),
				})},
			},
			{ResourceName: theLink, ImportState: true, ImportStateKind: resource.ImportBlockWithResourceIdentity},
		},
	})
}

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
	a.WantCalls(t, list)
	object, diags := p.Apply(plan)
	diags.MustBeEmpty(t)
	a.WantCalls(t, list, update)

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
	a.WantCalls(t, list)
	_, diags = p.Change(linkType, object, acctest.With(link(ours), values{"replace_existing_link": true, "timeouts": values{"create": "1m"}}))
	diags.MustBeEmpty(t)
	a.WantCalls(t) // attributes that only the provider uses cause no request
	_, diags = p.Change(linkType, object, link(theirs))
	diags.MustBeEmpty(t)
	a.WantCalls(t, list, update)
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
		"given":               {nil, acctest.With(link(ours), values{"country": "gb"}), "gb", gb},
		"not owned yet":       {nil, acctest.With(link(ours), values{"msisdn": "33700900001"}), acctest.Unknown, acctest.Unknown},
		"not owned, given":    {nil, acctest.With(link(ours), values{"msisdn": "33700900001", "country": "FR"}), "FR", "FR/33700900001"},
		"unknown credentials": {values{"api_secret": acctest.Unknown}, link(ours), acctest.Unknown, acctest.Unknown},
		"unknown credentials, given": {
			values{"api_secret": acctest.Unknown}, acctest.With(link(ours), values{"country": "US"}), "US", "US/" + digits,
		},
		"unknown number":      {nil, acctest.With(link(ours), values{"msisdn": acctest.Unknown}), acctest.Unknown, acctest.Unknown},
		"unknown country":     {nil, acctest.With(link(ours), values{"country": acctest.Unknown}), acctest.Unknown, acctest.Unknown},
		"unknown application": {nil, acctest.With(link(""), values{"country": "GB"}), "GB", gb},
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
	_, diags := a.create(linkType, acctest.With(link(ours), values{"country": "US"}))
	diags.MustFail(t, "country", "no number US/"+digits, gb)

	object := a.mustCreate(linkType, link(ours))
	a.Calls()
	// Terraform plans a replacement a second time, as a creation.
	p := a.Protocol(t)
	plan, diags := p.Plan(linkType, object, acctest.With(link(ours), values{"country": "US"}))
	diags.MustBeEmpty(t)
	if diff := cmp.Diff([]string{"country"}, plan.RequiresReplace); diff != "" {
		t.Fatal(diff)
	}
	_, diags = p.Plan(linkType, acctest.Object{}, acctest.With(link(ours), values{"country": "US"}))
	diags.MustFail(t, "country", "no number US/"+digits, gb)
}

func TestLinkOfAnAmbiguousNumber(t *testing.T) {
	t.Parallel()
	a := newAccount(t)
	a.owns(gb, nil)
	a.owns("JE/"+digits, nil)
	_, diags := a.create(linkType, link(ours))
	diags.MustFail(t, "country", gb, "JE/"+digits)
	object := a.mustCreate(linkType, acctest.With(link(ours), values{"country": "JE"}))
	if object.State["id"] != "JE/"+digits || a.setting("app_id") != "" {
		t.Errorf("made %v, and GB is linked to %q", object.State, a.setting("app_id"))
	}
	_, diags = a.Protocol(t).Import(linkType, digits)
	diags.MustFail(t, "country", gb, "JE/"+digits)
}

func TestLinkOfANumberTheAccountLacks(t *testing.T) {
	t.Parallel()
	a := newAccount(t)
	for _, config := range []values{link(ours), acctest.With(link(ours), values{"country": "GB"})} {
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
	a.WantCalls(t, list) // the plan already refuses it
	if a.setting("app_id") != theirs {
		t.Fatal("the link was taken")
	}
	object := a.mustCreate(linkType, acctest.With(link(ours), values{"replace_existing_link": true}))
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
	a.WantCalls(t, list, list)
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
			a.Calls()
			_, diags := a.Protocol(t).Change(linkType, object, nil)
			diags.MustBeEmpty(t)
			a.WantCalls(t, test.calls...)
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

// A link changes no other setting of the number, whatever Vonage does with omitted fields.
func TestLinkKeepsWhatTheNumberHas(t *testing.T) {
	t.Parallel()
	for name, variant := range map[string]emulator.Variant{
		"omitted is kept":    {},
		"omitted is cleared": {OmittedSMSWebhookCleared: true},
		"mirror is ignored":  {AppCallbackIgnored: true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := newAccount(t, acctest.WithEmulator(func(o *emulator.Options) { o.Variant = variant }))
			a.owns(gb, values{
				"moHttpUrl": "https://example.com/sms?a=b&c=d", "voiceCallbackType": "sip", "voiceCallbackValue": "sip:a@example.com;transport=tls",
				"moSmppSysType": "inbound", "voiceStatusCallback": "https://example.com/ended",
			})
			check := func(application string) {
				t.Helper()
				number, _ := a.Emulator.Number(gb)
				want := map[string]any{
					"country": "GB", "msisdn": digits, "type": "mobile-lvn", "features": []any{"VOICE", "SMS"},
					"moHttpUrl": "https://example.com/sms?a=b&c=d", "voiceCallbackType": "sip", "voiceCallbackValue": "sip:a@example.com;transport=tls",
					"moSmppSysType": "inbound", "voiceStatusCallback": "https://example.com/ended",
				}
				if application != "" {
					want["app_id"] = application
				}
				if diff := cmp.Diff(want, number); diff != "" {
					t.Errorf("linked to %q (-want +got):\n%s", application, diff)
				}
			}
			p := a.Protocol(t)
			object, diags := p.Change(linkType, acctest.Object{}, link(ours))
			diags.MustWarn(t, "", "sip forwarding", "sip:a@example.com", ours)
			check(ours)
			object, diags = p.Change(linkType, object, link(theirs))
			diags.MustWarn(t, "", "sip forwarding", theirs)
			check(theirs)
			_, diags = p.Change(linkType, object, nil)
			diags.MustBeEmpty(t)
			check("")
		})
	}
}

func TestLinkNeverSendsWhatCannotBeRead(t *testing.T) {
	t.Parallel()
	a := newAccount(t)
	a.owns(gb, nil)
	a.mustCreate(linkType, link(ours))
	form := a.sent("/number/update")
	want := map[string][]string{"country": {"GB"}, "msisdn": {digits}, "app_id": {ours}, "moHttpUrl": {""}}
	if diff := cmp.Diff(want, map[string][]string(form)); diff != "" {
		t.Errorf("form (-want +got):\n%s", diff)
	}
}

func TestLinkSpellingsAreNoChange(t *testing.T) {
	t.Parallel()
	a := newAccount(t)
	a.owns(gb, nil)
	object := a.mustCreate(linkType, acctest.With(link(ours), values{"country": "GB"}))
	for _, msisdn := range []string{digits, "+" + digits, "+44 7700 900001", "(44) 7700-900001"} {
		for _, country := range []any{nil, "GB", "gb", "Gb"} {
			for _, application := range []string{ours, strings.ToUpper(ours)} {
				config := values{"msisdn": msisdn, "country": country, "application_id": application}
				a.wantNoChange(linkType, object, config)
				spelled := a.mustCreate(linkType, config)
				if spelled.State["id"] != gb || spelled.State["msisdn"] != msisdn {
					t.Errorf("%v was kept as %v", config, spelled.State)
				}
				read, diags := a.Protocol(t).Read(linkType, spelled)
				diags.MustBeEmpty(t)
				if diff := cmp.Diff(spelled, read); diff != "" {
					t.Errorf("a refresh changes it:\n%s", diff)
				}
			}
		}
	}
	if form := a.Emulator.Requests(); len(form) == 0 {
		t.Fatal("nothing was asked")
	}
}

func TestLinkImport(t *testing.T) {
	t.Parallel()
	a := newAccount(t)
	a.owns(gb, linkedTo(theirs))
	a.owns("GB/447700900002", nil)
	want := values{
		"id": gb, "msisdn": digits, "country": "GB", "application_id": theirs, "replace_existing_link": false, "timeouts": nil,
	}
	check := func(object acctest.Object, diags acctest.Diagnostics) {
		t.Helper()
		diags.MustBeEmpty(t)
		if diff := cmp.Diff(want, object.State); diff != "" {
			t.Errorf("state (-want +got):\n%s", diff)
		}
		if diff := cmp.Diff(values{"country": "GB", "msisdn": digits}, object.Identity); diff != "" {
			t.Errorf("identity (-want +got):\n%s", diff)
		}
		a.wantNoChange(linkType, object, link(theirs))
		a.wantNoChange(linkType, object, values{"country": "gb", "msisdn": "+44 7700 900001", "application_id": strings.ToUpper(theirs)})
	}
	for _, id := range []string{gb, digits, "gb/+44 7700 900001", "+" + digits} {
		check(a.Protocol(t).Import(linkType, id))
	}
	for _, identity := range []values{{"country": "GB", "msisdn": digits}, {"msisdn": digits}, {"country": "gb", "msisdn": "+44 7700 900001"}} {
		check(a.Protocol(t).ImportIdentity(linkType, identity))
	}
	for id, words := range map[string][]string{
		"GB/447700900002": {"not linked", "no link to import"}, "447700900002": {"not linked"},
		"GB/07700": {"GB/447700900001"}, "GBR/447700900001": {"GB/447700900001"}, "": {"GB/447700900001"}, "my number": {"GB/447700900001"},
	} {
		_, diags := a.Protocol(t).Import(linkType, id)
		diags.MustFail(t, "", words...)
	}
	for _, id := range []string{"GB/447700900003", "447700900003"} {
		_, diags := a.Protocol(t).Import(linkType, id)
		diags.MustFail(t, "msisdn", "no number", "447700900003")
	}
	_, diags := a.Protocol(t).Import(linkType, "US/"+digits)
	diags.MustFail(t, "msisdn", "no number US/"+digits)
}
