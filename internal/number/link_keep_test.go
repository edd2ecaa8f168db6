// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package number_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/vonage/terraform-provider-vonage/internal/acctest"
	"github.com/vonage/terraform-provider-vonage/internal/emulator"
)

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
	object := a.mustCreate(linkType, with(link(ours), values{"country": "GB"}))
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
