// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package number_test

import (
	"maps"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/vonage/terraform-provider-vonage/internal/acctest"
)

// settles applies a configuration and requires that the next plan is empty, immediately and after a refresh by a new
// provider, as in the next run of Terraform. Like Terraform, acctest checks that the result equals the plan.
func (a account) settles(t *rapid.T, typeName string, prior acctest.Object, config values) acctest.Object {
	t.Helper()
	object, diags := a.Protocol(a.t).Change(typeName, prior, config)
	if diags.HasError() || config == nil {
		if diags.HasError() {
			t.Fatalf("%v -> %v: %s", prior.State, config, diags)
		}
		return object
	}
	next := a.Protocol(a.t)
	refreshed, diags := next.Read(typeName, object)
	if diags.HasError() {
		t.Fatal(diags)
	}
	for when, object := range map[string]acctest.Object{"at once": object, "after a refresh": refreshed} {
		if plan, diags := next.Plan(typeName, object, config); diags.HasError() || plan.Changes() {
			t.Fatalf("%s the plan of %v is not empty (-state +plan): %s\n%s", when, config, diags, cmp.Diff(object.State, plan.State))
		}
	}
	return refreshed
}

// anyOf generates a choice of the members, each with one of its values.
func anyOf(t *rapid.T, members map[string][]any) values {
	drawn := values{}
	for _, name := range slices.Sorted(maps.Keys(members)) {
		if rapid.Bool().Draw(t, name+"?") {
			drawn[name] = rapid.SampledFrom(members[name]).Draw(t, name)
		}
	}
	return drawn
}

var everySetting = map[string][]any{
	"sms_webhook_url":       {"https://example.com/sms?a=b&c=d+e", "http://example.com/%20"},
	"smpp_system_type":      {"inbound", "x y"},
	"voice_callback":        {values{"type": "sip", "value": "sip:a@example.com;transport=tls"}, values{"type": "tel", "value": "447700900009"}},
	"voice_status_callback": {"https://example.com/ended"},
}

// After a change from any settings to any others, the number has the planned settings, settings made by others are kept,
// and an import reads everything that can be read.
func TestEveryNumberSettles(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		a := newAccount(t)
		a.offers(gb, nil)
		always := values{"deletion_policy": "DELETE"}
		object := a.settles(rt, numberType, acctest.Object{}, with(gbNumber(always), anyOf(rt, everySetting)))

		document, _ := a.Emulator.Number(gb)
		linked := linkedTo(theirs)
		maps.Copy(linked, document) // the number's own forwarding replaces the app callback
		linked["future"] = "kept"
		if err := a.Emulator.SeedNumber(gb, linked); err != nil {
			rt.Fatal(err)
		}
		settings := anyOf(rt, everySetting)
		object = a.settles(rt, numberType, object, with(gbNumber(always), settings))
		callback, _ := settings["voice_callback"].(values)
		if callback == nil {
			callback = values{"type": "app", "value": theirs} // how the API shows a link
		}
		want := map[string]any{
			"app_id": theirs, "future": "kept", "voiceCallbackType": callback["type"], "voiceCallbackValue": callback["value"],
			"moHttpUrl": settings["sms_webhook_url"], "moSmppSysType": settings["smpp_system_type"],
			"voiceStatusCallback": settings["voice_status_callback"],
		}
		document, _ = a.Emulator.Number(gb)
		for name, value := range want {
			if document[name] != value {
				rt.Fatalf("%s is %v on the number, and %v was wanted", name, document[name], value)
			}
		}

		imported, diags := a.Protocol(a.t).Import(numberType, gb)
		if diags.HasError() {
			rt.Fatal(diags)
		}
		for _, name := range []string{"id", "sms_webhook_url", "voice_callback", "application_id", "type", "features", "limitations"} {
			if diff := cmp.Diff(object.State[name], imported.State[name]); diff != "" {
				rt.Fatalf("%s is imported as something else:\n%s", name, diff)
			}
		}
		a.settles(rt, numberType, object, nil)
	})
}

// A number can be linked, linked to another application and unlinked: each link is as planned, and nothing else on the
// number changes.
func TestEveryLinkSettles(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		a := newAccount(t)
		own := anyOf(rt, map[string][]any{
			"moHttpUrl": {"https://example.com/sms?a=b&c=d+e"}, "moSmppSysType": {"inbound"}, "voiceStatusCallback": {"https://example.com/e"},
			"future": {"kept"}, "limitations": {[]any{values{"feature": "SMS", "type": "OUTBOUND", "reach": "DOMESTIC"}}},
		})
		if rapid.Bool().Draw(rt, "forwarded") {
			own["voiceCallbackType"], own["voiceCallbackValue"] = "sip", "sip:a@example.com"
		}
		a.owns(gb, own)
		before, _ := a.Emulator.Number(gb)
		var object acctest.Object
		for _, application := range rapid.SliceOfN(rapid.SampledFrom([]string{ours, theirs}), 1, 2).Draw(rt, "applications") {
			object = a.settles(rt, linkType, object, link(application))
			want := linkedTo(application)
			maps.Copy(want, before)
			now, _ := a.Emulator.Number(gb)
			if diff := cmp.Diff(want, now); diff != "" {
				rt.Fatalf("the number linked to %s (-want +got):\n%s", application, diff)
			}
		}
		imported, diags := a.Protocol(a.t).Import(linkType, gb)
		if diff := cmp.Diff(object.State, imported.State); diff != "" || diags.HasError() {
			rt.Fatalf("imported as something else: %s\n%s", diags, diff)
		}
		a.settles(rt, linkType, object, nil)
		now, _ := a.Emulator.Number(gb)
		if diff := cmp.Diff(before, now); diff != "" {
			rt.Fatalf("the number after its link (-want +got):\n%s", diff)
		}
	})
}
