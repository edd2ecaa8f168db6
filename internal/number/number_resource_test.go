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
	for policy, refusal := range map[string]string{
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
				{Config: renamed, ExpectError: regexp.MustCompile(refusal)},
				{Config: renamed + "moved {\n  from = vonage_number.main\n  to = vonage_number.renamed\n}\n"},
				{Config: strings.ReplaceAll(a.forget().Config, "vonage_number.main", "vonage_number.renamed")},
			}})
			a.kept()
		})
	}
}
