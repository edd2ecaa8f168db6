// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package number_test

import (
	"fmt"
	"net/http"
	"regexp"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"

	"github.com/vonage/terraform-provider-vonage/internal/acctest"
	"github.com/vonage/terraform-provider-vonage/internal/emulator"
)

// The remaining complaints: what is attached to a number, failures, and the end of a number.

// https://github.com/twilio/terraform-provider-twilio/issues/149, https://github.com/MyPureCloud/terraform-provider-genesyscloud/pull/784
func TestComplaint07DestroyIsNotBlockedByWhatIsAttached(t *testing.T) {
	t.Parallel()
	objects := []string{numberType, linkType, "application"}
	for _, order := range [][]int{{0, 1, 2}, {0, 2, 1}, {1, 0, 2}, {1, 2, 0}, {2, 0, 1}, {2, 1, 0}} {
		a := newAccount(t)
		prior := map[string]acctest.Object{numberType: a.rented("DELETE"), linkType: a.mustCreate(linkType, link(ours))}
		p := a.Protocol(t)
		for _, i := range order {
			if objects[i] == "application" {
				a.Emulator.RemoveApplication(ours)
				continue
			}
			_, diags := p.Change(objects[i], prior[objects[i]], nil)
			if diags.HasError() {
				t.Errorf("%v: %s", order, diags)
			}
		}
		if a.has(gb) {
			t.Errorf("%v: the number was not cancelled", order)
		}
	}
}

// https://github.com/MyPureCloud/terraform-provider-genesyscloud/issues/525
func TestComplaint08AFailedUpdateLosesNothing(t *testing.T) {
	t.Parallel()
	a := newAccount(t)
	a.offers(gb, nil)
	p := a.Protocol(t)
	object := a.mustCreate(numberType, gbNumber(settings))
	linked, diags := p.Change(linkType, acctest.Object{}, link(ours))
	diags.MustWarn(t, "", "sip forwarding")
	has := with(theSettings, values{"app_id": ours})
	a.wantSettings(has)
	a.fail(emulator.Fault{
		Method: http.MethodPost, Path: "/number/update", Times: 2, Kind: emulator.Status, Status: 420,
		Body: `{"error-code":"420","error-code-label":"method failed"}`,
	})

	changed := gbNumber(with(settings, values{"sms_webhook_url": "https://example.com/new"}))
	kept, diags := a.Protocol(t).Change(numberType, object, changed)
	diags.MustFail(t, "", "Unable to update number "+gb, "method failed")
	if diff := cmp.Diff(object.State, kept.State); diff != "" {
		t.Errorf("the state hides what was not written:\n%s", diff)
	}
	keptLink, diags := a.Protocol(t).Change(linkType, linked, link(theirs))
	diags.MustFail(t, "", "Unable to link number "+gb, "method failed")
	if diff := cmp.Diff(linked.State, keptLink.State); diff != "" {
		t.Errorf("the state hides what was not written:\n%s", diff)
	}
	a.wantSettings(has)

	_, diags = a.Protocol(t).Change(numberType, kept, changed)
	diags.MustBeEmpty(t)
	a.wantSettings(with(has, values{"moHttpUrl": "https://example.com/new"}))
}

// https://github.com/hashicorp/terraform-provider-aws/issues/36769, https://github.com/hashicorp/terraform-provider-aws/issues/26015
func TestComplaint09AMistakeInALinkCannotReleaseANumber(t *testing.T) {
	t.Parallel()
	a := newAccount(t)
	a.offers(gb, nil)
	number := func(more string) string { return a.numberConfig(`sms_webhook_url = "https://example.com/sms"`) + more }
	linkLines := func(application string) string {
		return fmt.Sprintf("resource %q \"main\" {\n  msisdn = vonage_number.main.msisdn\n  application_id = %q\n}\n", linkType, application)
	}
	a.Test(t, resource.TestCase{Steps: []resource.TestStep{
		{Config: number(linkLines(ours)), Check: a.linked(ours)},
		{Config: number(linkLines("dddddddd-bbbb-cccc-dddd-0123456789ab")), ExpectError: regexp.MustCompile("method failed")},
		{Config: number(linkLines(theirs)), Check: a.linked(theirs)},
		{Config: number(""), Check: a.linked("")},
		a.forget(),
	}})
	a.kept()
	a.wantSettings(values{"moHttpUrl": "https://example.com/sms"})
}

// https://github.com/hashicorp/terraform-provider-aws/issues/48653
func TestComplaint11ANumberThatTakesTooLongIsNotLost(t *testing.T) {
	t.Parallel()
	a := newAccount(t)
	a.offers(gb, nil)
	// The search is sent at once, the purchase a second later, and the settings would have to wait for another second.
	slow := values{"requests_per_second": values{"applications": 0, "numbers_list": 0, "numbers_write": 1, "conversations": 0}}
	config := gbNumber(with(settings, values{"timeouts": values{"create": "1500ms"}}))
	object, diags := a.Protocol(t, slow).Change(numberType, acctest.Object{}, config)
	diags.MustFail(t, "", "Unable to set up number "+gb, "is rented", "timeouts")
	if object.State["msisdn"] != digits {
		t.Fatalf("the number is not in the state: %v", object.State)
	}
	p := a.Protocol(t)
	_, diags = p.Destroy(numberType, object)
	diags.MustBeEmpty(t)
	_, diags = p.Change(numberType, acctest.Object{}, gbNumber(settings))
	diags.MustWarn(t, "", "adopted")
	a.kept()
	a.wantSettings(theSettings)
}

// https://github.com/hashicorp/terraform-provider-google/issues/25072, https://github.com/hashicorp/terraform-provider-google/issues/22535
func TestComplaint12DeletionPoliciesMeanWhatTheySay(t *testing.T) {
	t.Parallel()
	a := newAccount(t)
	a.offers(gb, nil)
	refused := regexp.MustCompile(`(?s)Unable to destroy number GB/447700900001.*PREVENT`)
	a.Test(t, resource.TestCase{Steps: []resource.TestStep{
		{Config: a.numberConfig()},
		{Config: a.numberConfig(), Destroy: true, ExpectError: refused},
		{Config: a.ProviderConfig(), ExpectError: refused},
		{Config: a.numberConfig(), PlanOnly: true}, // it is still in the state
		{Config: a.numberConfig(`deletion_policy = "ABANDON"`)},
		{Config: a.ProviderConfig(), Check: notInState(theNumber)},
		{Config: a.numberConfig(`deletion_policy = "DELETE"`)}, // adopted
		{ // the API rejects the request, so the number is not gone
			PreConfig: func() {
				a.kept()
				a.fail(emulator.Fault{
					Method: http.MethodPost, Path: "/number/cancel", Kind: emulator.Status, Status: 420,
					Body: `{"error-code":"420","error-code-label":"method failed"}`,
				})
			},
			Config: a.numberConfig(`deletion_policy = "DELETE"`), Destroy: true, ExpectError: regexp.MustCompile(`Unable to cancel number GB/447700900001`),
		},
		{Config: a.numberConfig(`deletion_policy = "DELETE"`), PlanOnly: true},
	}})
	if a.has(gb) {
		t.Error("DELETE did not cancel the number")
	}
}
