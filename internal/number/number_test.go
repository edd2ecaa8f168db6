// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package number_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"sync/atomic"
	"testing"
	"time"

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

func updatesInPlace() resource.ConfigPlanChecks {
	return resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{
		plancheck.ExpectResourceAction(theNumber, plancheck.ResourceActionUpdate),
	}}
}

func TestNumberLifeCycle(t *testing.T) {
	t.Parallel()
	a := newAccount(t)
	a.offers(gb, nil)
	is := func(name, value string) statecheck.StateCheck {
		return statecheck.ExpectKnownValue(theNumber, tfjsonpath.New(name), knownvalue.StringExact(value))
	}
	has := func(name, value string) resource.TestCheckFunc {
		return func(*terraform.State) error {
			if got := a.setting(name); got != value {
				return fmt.Errorf("%s of the number is %q, not %q", name, got, value)
			}
			return nil
		}
	}
	a.Test(t, resource.TestCase{
		CheckDestroy: func(*terraform.State) error {
			if a.has(gb) {
				return fmt.Errorf("number %s was not cancelled", gb)
			}
			return nil
		},
		Steps: []resource.TestStep{
			{
				Config: a.numberConfig(`max_monthly_cost = "2"`, `sms_webhook_url = "https://example.com/sms"`, `smpp_system_type = "inbound"`),
				ConfigStateChecks: []statecheck.StateCheck{
					is("id", gb), is("monthly_cost", "1.25"), is("initial_cost", "0.50"), is("type", "mobile-lvn"), is("deletion_policy", "PREVENT"),
				},
				Check: resource.ComposeTestCheckFunc(has("moHttpUrl", "https://example.com/sms"), has("moSmppSysType", "inbound")),
			},
			{
				Config: a.numberConfig(
					`voice_callback = { type = "sip", value = "sip:a@example.com;transport=tls" }`, `voice_status_callback = "https://example.com/ended"`,
				),
				ConfigPlanChecks: updatesInPlace(),
				Check: resource.ComposeTestCheckFunc(
					has("moHttpUrl", ""), has("moSmppSysType", ""), has("voiceCallbackType", "sip"), has("voiceStatusCallback", "https://example.com/ended"),
				),
			},
			{
				ResourceName: theNumber, ImportState: true, ImportStateId: gb, ImportStateVerify: true,
				ImportStateVerifyIgnore: []string{"voice_status_callback", "monthly_cost", "initial_cost"},
			},
			{ // drift is corrected
				PreConfig: func() { a.owns(gb, values{"moHttpUrl": "https://example.com/elsewhere"}) },
				Config: a.numberConfig(
					`voice_callback = { type = "sip", value = "sip:a@example.com;transport=tls" }`, `voice_status_callback = "https://example.com/ended"`,
				),
				ConfigPlanChecks: updatesInPlace(),
				Check:            resource.ComposeTestCheckFunc(has("moHttpUrl", ""), has("voiceCallbackType", "sip")),
			},
			{ // a number that no longer exists is rented again
				PreConfig: func() {
					a.Emulator.RemoveNumber(gb)
					a.offers(gb, nil)
				},
				Config: a.numberConfig(),
				ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{
					plancheck.ExpectResourceAction(theNumber, plancheck.ResourceActionCreate),
				}},
			},
			{
				Config:      strings.ReplaceAll(a.numberConfig(), digits, "447700900002"),
				ExpectError: regexp.MustCompile(`(?s)Unable to replace number GB/447700900001.*PREVENT`),
			},
			{Config: a.numberConfig(`deletion_policy = "DELETE"`), ConfigPlanChecks: updatesInPlace()},
		},
	})
}

func TestNumberIdentity(t *testing.T) {
	t.Parallel()
	a := newAccount(t)
	a.owns(gb, nil)
	a.Test(t, resource.TestCase{
		TerraformVersionChecks: []tfversion.TerraformVersionCheck{tfversion.SkipBelow(tfversion.Version1_12_0)},
		Steps: []resource.TestStep{
			{
				Config: a.numberConfig(),
				ConfigStateChecks: []statecheck.StateCheck{statecheck.ExpectIdentity(theNumber, map[string]knownvalue.Check{
					"country": knownvalue.StringExact("GB"), "msisdn": knownvalue.StringExact(digits),
				})},
			},
			{ResourceName: theNumber, ImportState: true, ImportStateKind: resource.ImportBlockWithResourceIdentity},
			{Config: a.numberConfig(`deletion_policy = "DELETE"`)}, // so that the number can be destroyed at the end
		},
	})
}

// Vonage calls a webhook before it accepts it. If the webhook does not respond yet, the number must not be lost.
func TestNumberWhoseWebhookIsNotThereYet(t *testing.T) {
	t.Parallel()
	var up atomic.Bool
	webhook := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		if !up.Load() {
			w.WriteHeader(http.StatusServiceUnavailable)
		}
	}))
	t.Cleanup(webhook.Close)
	a := newAccount(t, acctest.WithEmulator(func(o *emulator.Options) { o.ProbeWebhooks = true }))
	a.offers(gb, nil)
	config := a.numberConfig(fmt.Sprintf("sms_webhook_url = %q", webhook.URL))
	a.Test(t, resource.TestCase{Steps: []resource.TestStep{
		{Config: config, ExpectError: regexp.MustCompile(`(?s)Unable to set up number GB/447700900001.*method failed.*rented`)},
		{Config: config, ExpectError: regexp.MustCompile(`Unable to set up number GB/447700900001`)}, // applying again loses nothing
		{PreConfig: func() { up.Store(true) }, Config: config, Check: resource.TestCheckResourceAttr(theNumber, "id", gb)},
		a.forget(),
	}})
	a.kept()
}

// With create_before_destroy the new object adopts the number that the old one has rented.
func TestNumberCreateBeforeDestroy(t *testing.T) {
	t.Parallel()
	for _, policy := range []string{"PREVENT", "DELETE"} {
		t.Run(policy, func(t *testing.T) {
			t.Parallel()
			a := newAccount(t)
			a.offers(gb, nil)
			config := a.numberConfig(fmt.Sprintf("deletion_policy = %q", policy), "lifecycle { create_before_destroy = true }")
			a.Test(t, resource.TestCase{Steps: []resource.TestStep{
				{Config: config},
				{Config: config, Taint: []string{theNumber}, ExpectError: regexp.MustCompile(`(?s)rented by\s+another resource during this run`)},
				{Config: config},
				{Config: config, PlanOnly: true},
				a.forget(),
			}})
			a.kept()
		})
	}
}

// A resource renamed without a moved block is a destroy and a create of the same number.
func TestNumberRenamedWithoutMoved(t *testing.T) {
	t.Parallel()
	for policy, apiError := range map[string]string{
		"PREVENT": `(?s)Unable to destroy number GB/447700900001.*PREVENT`,
		"DELETE":  `(?s)to be\s+cancelled\s+for\s+one\s+resource\s+and\s+rented\s+for\s+another.*moved`,
	} {
		t.Run(policy, func(t *testing.T) {
			t.Parallel()
			a := newAccount(t)
			a.offers(gb, nil)
			config := a.numberConfig(fmt.Sprintf("deletion_policy = %q", policy))
			renamed := strings.ReplaceAll(config, `"main"`, `"renamed"`)
			a.Test(t, resource.TestCase{Steps: []resource.TestStep{
				{Config: config},
				{Config: renamed, ExpectError: regexp.MustCompile(apiError)},
				{Config: renamed + "moved {\n  from = vonage_number.main\n  to = vonage_number.renamed\n}\n"},
				{Config: strings.ReplaceAll(a.forget().Config, "vonage_number.main", "vonage_number.renamed")},
			}})
			a.kept()
		})
	}
}

// gbNumber returns the smallest configuration.
func gbNumber(more values) values {
	return acctest.With(values{"country": "GB", "msisdn": digits}, more)
}

// rentedState returns the state of a number that was rented with that configuration.
func rentedState(more values) values {
	return acctest.With(values{
		"id": gb, "country": "GB", "msisdn": digits, "deletion_policy": "PREVENT", "type": "mobile-lvn", "features": []any{"SMS", "VOICE"},
		"limitations": []any{}, "monthly_cost": "1.25", "initial_cost": "0.50", "application_id": nil,
		"max_monthly_cost": nil, "max_initial_cost": nil, "target_api_key": nil, "timeouts": nil,
		"sms_webhook_url": nil, "smpp_system_type": nil, "voice_callback": nil, "voice_status_callback": nil,
	}, more)
}

var settings = values{
	"sms_webhook_url": "https://example.com/sms?a=b&c=d", "smpp_system_type": "inbound",
	"voice_callback":        values{"type": "sip", "value": "sip:a@example.com;transport=tls,sip:b@example.com"},
	"voice_status_callback": "https://example.com/ended",
}

// theSettings is how the account shows them.
var theSettings = values{
	"moHttpUrl": "https://example.com/sms?a=b&c=d", "moSmppSysType": "inbound", "voiceCallbackType": "sip",
	"voiceCallbackValue": "sip:a@example.com;transport=tls,sip:b@example.com", "voiceStatusCallback": "https://example.com/ended",
}

func (a account) wantSettings(want values) {
	a.t.Helper()
	got := values{}
	number, _ := a.Emulator.Number(gb)
	for name, value := range number {
		if strings.HasPrefix(name, "mo") || strings.HasPrefix(name, "voice") || name == "app_id" {
			got[name] = value
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		a.t.Errorf("settings of the number (-want +got):\n%s", diff)
	}
}

func TestNumberIsRentedOnce(t *testing.T) {
	t.Parallel()
	a := newAccount(t)
	a.offers(gb, values{"limitations": []any{
		values{"feature": "SMS", "type": "OUTBOUND", "reach": "DOMESTIC"}, values{"feature": "SMS", "type": "OUTBOUND", "reach": "DOMESTIC"},
	}})
	object := a.mustCreate(numberType, gbNumber(nil))
	a.WantCalls(t, list, search, buy)
	want := rentedState(values{"limitations": []any{values{"feature": "SMS", "type": "OUTBOUND", "reach": "DOMESTIC"}}})
	if diff := cmp.Diff(want, object.State); diff != "" {
		t.Errorf("state (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(values{"country": "GB", "msisdn": digits}, object.Identity); diff != "" {
		t.Errorf("identity (-want +got):\n%s", diff)
	}
	read, diags := a.Protocol(t).Read(numberType, object)
	diags.MustBeEmpty(t)
	if diff := cmp.Diff(object, read); diff != "" {
		t.Errorf("a refresh changes it:\n%s", diff)
	}
	a.WantCalls(t, list)
	a.wantNoChange(numberType, object, gbNumber(nil))
	a.WantCalls(t)
}

func TestNumberIsRentedAndSetUp(t *testing.T) {
	t.Parallel()
	a := newAccount(t)
	a.offers(gb, nil)
	object := a.mustCreate(numberType, gbNumber(settings))
	a.WantCalls(t, list, search, buy, update)
	a.wantSettings(theSettings)
	if diff := cmp.Diff(rentedState(settings), object.State); diff != "" {
		t.Errorf("state (-want +got):\n%s", diff)
	}
	a.wantNoChange(numberType, object, gbNumber(settings))
}

// It is undocumented how soon a list shows a new number. The run that bought the number does not depend on it.
func TestNumberIsLinkedBeforeListsShowIt(t *testing.T) {
	t.Parallel()
	a := newAccount(t, acctest.WithEmulator(func(o *emulator.Options) { o.Variant.Consistency = time.Hour }))
	a.offers(gb, nil)
	p := a.Protocol(t)
	_, diags := p.Change(numberType, acctest.Object{}, gbNumber(values{"sms_webhook_url": "https://example.com/sms"}))
	diags.MustBeEmpty(t)
	_, diags = p.Change(linkType, acctest.Object{}, link(ours))
	diags.MustBeEmpty(t)
	a.wantSettings(acctest.With(linkedTo(ours), values{"moHttpUrl": "https://example.com/sms"}))
}

func TestNumberTheAccountHasIsAdopted(t *testing.T) {
	t.Parallel()
	a := newAccount(t)
	a.owns(gb, acctest.With(linkedTo(ours), values{"moHttpUrl": "https://example.com/old"}))
	object, diags := a.create(numberType, gbNumber(nil))
	diags.MustWarn(t, "", gb, "adopted", "nothing was bought", "https://example.com/old")
	a.WantCalls(t, list, list, update)
	a.wantSettings(linkedTo(ours))
	want := rentedState(values{"application_id": ours, "monthly_cost": nil, "initial_cost": nil})
	if diff := cmp.Diff(want, object.State); diff != "" {
		t.Errorf("state (-want +got):\n%s", diff)
	}

	a = newAccount(t)
	a.owns(gb, values{"voiceCallbackType": "tel", "voiceCallbackValue": "447700900009"})
	_, diags = a.create(numberType, gbNumber(values{"voice_callback": values{"type": "sip", "value": "sip:a@example.com"}}))
	diags.MustWarn(t, "", "voice_callback", "tel", "447700900009")

	a = newAccount(t)
	a.owns(gb, values{"moHttpUrl": "https://example.com/sms"})
	_, diags = a.create(numberType, gbNumber(values{"sms_webhook_url": "https://example.com/sms"}))
	if warning := diags.MustWarn(t, "", "adopted"); strings.Contains(warning.Detail, "replaces") {
		t.Errorf("warns of a loss although no number was lost: %s", warning.Detail)
	}
	a.WantCalls(t, list) // it is up to date
}

func TestNumberUpdateWritesItsOwnFieldsOnly(t *testing.T) {
	t.Parallel()
	for name, variant := range map[string]emulator.Variant{
		"omitted is kept": {}, "omitted is cleared": {OmittedSMSWebhookCleared: true, OmittedWriteOnlyCleared: true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := newAccount(t, acctest.WithEmulator(func(o *emulator.Options) { o.Variant = variant }))
			a.owns(gb, linkedTo(ours))
			object, diags := a.create(numberType, gbNumber(nil))
			diags.MustWarn(t, "", "adopted")
			p := a.Protocol(t)
			object, diags = p.Change(numberType, object, gbNumber(settings))
			diags.MustBeEmpty(t)
			a.wantSettings(acctest.With(theSettings, values{"app_id": ours}))

			// If one setting changes, those that cannot be read are sent again.
			changed := acctest.With(settings, values{"sms_webhook_url": "https://example.com/new"})
			object, diags = p.Change(numberType, object, gbNumber(changed))
			diags.MustBeEmpty(t)
			a.wantSettings(acctest.With(theSettings, values{"app_id": ours, "moHttpUrl": "https://example.com/new"}))

			_, diags = p.Change(numberType, object, gbNumber(nil))
			diags.MustBeEmpty(t)
			a.wantSettings(linkedTo(ours))
		})
	}
}

func TestNumberUpdateOfWhatOnlyTheProviderKnowsSendsNothing(t *testing.T) {
	t.Parallel()
	a := newAccount(t)
	a.offers(gb, nil)
	object := a.mustCreate(numberType, gbNumber(nil))
	a.Calls()
	config := gbNumber(values{
		"deletion_policy": "DELETE", "max_monthly_cost": "0.01", "max_initial_cost": "0.01", "target_api_key": "sub12345",
		"timeouts": values{"read": "1m"},
	})
	changed, diags := a.Protocol(t).Change(numberType, object, config)
	diags.MustBeEmpty(t)
	a.WantCalls(t)
	a.wantNoChange(numberType, changed, config)
}

func TestNumberSubaccount(t *testing.T) {
	t.Parallel()
	a := newAccount(t)
	if _, err := a.Emulator.OpenSubaccount(emulator.Opening{APIKey: "sub12345", APISecret: "Below0Secret"}); err != nil {
		t.Fatal(err)
	}
	a.offers(gb, nil)
	config := gbNumber(values{"target_api_key": "sub12345", "deletion_policy": "DELETE"})
	object := a.mustCreate(numberType, config)
	if form := a.sent("/number/buy"); form.Get("target_api_key") != "sub12345" || a.has(gb) {
		t.Errorf("bought with %v", form)
	}
	// The primary account does not see the number, which does not mean that it no longer exists.
	read, diags := a.Protocol(t).Read(numberType, object.WithoutIdentity())
	diags.MustBeEmpty(t)
	if diff := cmp.Diff(object.State, read.State); diff != "" {
		t.Errorf("a refresh changes it:\n%s", diff)
	}
	a.wantNoChange(numberType, read, config)
	_, diags = a.Protocol(t).Change(numberType, read, nil)
	diags.MustWarn(t, "deletion_policy", "cancelled")
	if form := a.sent("/number/cancel"); form.Get("target_api_key") != "sub12345" {
		t.Errorf("cancelled with %v", form)
	}
	if _, offered := a.Emulator.Inventory()[gb]; !offered {
		t.Error("the number was not cancelled")
	}
}

func TestNumberThatVanished(t *testing.T) {
	t.Parallel()
	a := newAccount(t)
	a.offers(gb, nil)
	object := a.mustCreate(numberType, gbNumber(nil))
	a.Emulator.RemoveNumber(gb)
	for _, current := range []acctest.Object{object, object.WithoutIdentity()} {
		read, diags := a.Protocol(t).Read(numberType, current)
		diags.MustWarn(t, "", "no longer has number "+gb, "balance")
		if read.State != nil {
			t.Errorf("it is still in the state: %v", read.State)
		}
	}
}

func TestNumberSeesDrift(t *testing.T) {
	t.Parallel()
	a := newAccount(t)
	a.offers(gb, nil)
	object := a.mustCreate(numberType, gbNumber(settings))
	a.owns(gb, acctest.With(linkedTo(theirs), values{"moHttpUrl": "https://example.com/changed", "features": []any{"MMS", "VOICE", "SMS"}}))
	read, diags := a.Protocol(t).Read(numberType, object)
	diags.MustBeEmpty(t)
	want := rentedState(acctest.With(settings, values{
		"sms_webhook_url": "https://example.com/changed", "voice_callback": nil, "application_id": theirs, "features": []any{"MMS", "SMS", "VOICE"},
	}))
	if diff := cmp.Diff(want, read.State); diff != "" {
		t.Errorf("state (-want +got):\n%s", diff)
	}
	_, diags = a.Protocol(t).Change(numberType, read, gbNumber(settings))
	diags.MustBeEmpty(t)
	a.wantSettings(acctest.With(theSettings, values{"app_id": theirs}))
}

func TestNumberValidation(t *testing.T) {
	t.Parallel()
	p := newAccount(t).Protocol(t)
	for _, test := range []struct {
		attribute string
		more      values
		words     string
	}{
		{"msisdn", values{"msisdn": "0770"}, "country code"},
		{"country", values{"country": "Britain"}, "two-letter"},
		{"deletion_policy", values{"deletion_policy": "delete"}, "DELETE"},
		{"max_monthly_cost", values{"max_monthly_cost": "1,25"}, "decimal number"},
		{"max_initial_cost", values{"max_initial_cost": "-1"}, "decimal number"},
		{"max_initial_cost", values{"max_initial_cost": "1 EUR"}, "decimal number"},
		{"sms_webhook_url", values{"sms_webhook_url": "example.com/sms"}, "absolute URL"},
		{"voice_status_callback", values{"voice_status_callback": ""}, "absolute URL"},
		{"smpp_system_type", values{"smpp_system_type": ""}, "length"},
		{"target_api_key", values{"target_api_key": ""}, "length"},
		{"voice_callback.type", values{"voice_callback": values{"type": "app", "value": ours}}, "sip"},
		{"voice_callback.value", values{"voice_callback": values{"type": "sip", "value": ""}}, "length"},
		{"voice_callback.value", values{"voice_callback": values{"type": "sip", "value": "a@example.com"}}, `"a@example.com" does not`},
		{"voice_callback.value", values{"voice_callback": values{"type": "sip", "value": "sip:a@example.com, b@example.com"}}, "sips:"},
		{"voice_callback.value", values{"voice_callback": values{"type": "tel", "value": "07700 900001"}}, "begin with the country code"},
		{"voice_callback.value", values{"voice_callback": values{"type": "tel", "value": "+44 07700 900001"}}, "leave out the 0"},
		{"country", values{"country": "UK"}, "GB"},
		{"voice_callback.value", values{"voice_callback": values{"type": "tel", "value": "sip:a@example.com"}}, "E.164"},
		{"timeouts.delete", values{"timeouts": values{"delete": "never"}}, "duration"},
		{"sms_webhook_url", values{"target_api_key": "sub12345", "sms_webhook_url": "https://example.com"}, "subaccount"},
		{"smpp_system_type", values{"target_api_key": "sub12345", "smpp_system_type": "x"}, "subaccount"},
		{"voice_callback", values{"target_api_key": "sub12345", "voice_callback": values{"type": "sip", "value": "sip:a@b"}}, "subaccount"},
		{"voice_status_callback", values{"target_api_key": "sub12345", "voice_status_callback": "https://example.com"}, "subaccount"},
	} {
		p.ValidateResource(numberType, gbNumber(test.more)).MustFail(t, test.attribute, test.words)
	}
	unknown := values{}
	for name := range rentedState(nil) {
		switch name {
		case "id", "type", "features", "limitations", "application_id", "monthly_cost", "initial_cost": // computed
		default:
			unknown[name] = acctest.Unknown
		}
	}
	p.ValidateResource(numberType, unknown).MustBeEmpty(t)
	p.ValidateResource(numberType, gbNumber(values{"voice_callback": values{"type": acctest.Unknown, "value": acctest.Unknown}})).MustBeEmpty(t)
	p.ValidateResource(numberType, gbNumber(values{"voice_callback": values{"type": "tel", "value": acctest.Unknown}})).MustBeEmpty(t)
	p.ValidateResource(numberType, gbNumber(settings)).MustBeEmpty(t)
	p.ValidateResource(numberType, gbNumber(values{"voice_callback": values{"type": "tel", "value": "+44 7700-900.001"}})).MustBeEmpty(t)
	p.ValidateResource(numberType, gbNumber(values{"voice_callback": values{"type": "sip", "value": "SIP:a@example.com, sips:b@example.com"}})).MustBeEmpty(t)
	p.ValidateResource(numberType, gbNumber(values{"target_api_key": "sub12345", "sms_webhook_url": acctest.Unknown})).MustBeEmpty(t)
}
