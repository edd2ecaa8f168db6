// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package number_test

import (
	"context"
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/terraform"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/vonage/terraform-provider-vonage/internal/acctest"
	"github.com/vonage/terraform-provider-vonage/internal/emulator"
	"github.com/vonage/terraform-provider-vonage/internal/provider"
)

// Complaints of users of other providers about renting phone numbers with Terraform. Each one is a test.

const theNumber = numberType + ".main"

func (a account) numberConfig(lines ...string) string {
	return a.ProviderConfig() + fmt.Sprintf("resource %q \"main\" {\n  country = \"GB\"\n  msisdn = %q\n%s\n}\n", numberType, digits, strings.Join(lines, "\n"))
}

// forget ends a test without destroying the number, which PREVENT would reject.
func (a account) forget() resource.TestStep {
	return resource.TestStep{Config: a.ProviderConfig() + `
removed {
  from = vonage_number.main
  lifecycle { destroy = false }
}
`}
}

func notInState(address string) resource.TestCheckFunc {
	return func(state *terraform.State) error {
		if _, there := state.RootModule().Resources[address]; there {
			return fmt.Errorf("%s is still in the state", address)
		}
		return nil
	}
}

// kept requires at the end of the test that the account still has the number, and that it was bought at most once.
func (a account) kept() {
	a.t.Helper()
	if !a.has(gb) || a.count(cancel) != 0 || a.count(buy) > 1 {
		a.t.Errorf("the account has it: %t; it was cancelled %d and bought %d times", a.has(gb), a.count(cancel), a.count(buy))
	}
}

// https://github.com/twilio/terraform-provider-twilio/issues/138
func TestComplaint01TaintDoesNotReleaseANumber(t *testing.T) {
	t.Parallel()
	a := newAccount(t)
	a.offers(gb, nil)
	a.Test(t, resource.TestCase{Steps: []resource.TestStep{
		{Config: a.numberConfig()},
		{Config: a.numberConfig(), Taint: []string{theNumber}, ExpectError: regexp.MustCompile(`(?s)Unable to destroy number GB/447700900001.*untaint`)},
		a.forget(),
	}})
	a.kept()
}

// https://github.com/twilio/terraform-provider-twilio/pull/132, https://github.com/RJPearson94/terraform-provider-twilio/issues/80
func TestComplaint02ImportOfANumberPlansNothing(t *testing.T) {
	t.Parallel()
	a := newAccount(t)
	a.owns(gb, acctest.With(linkedTo(ours), values{"moHttpUrl": "https://example.com/sms"}))
	config := a.numberConfig(`sms_webhook_url = "https://example.com/sms"`)
	nothing := resource.ImportPlanChecks{PreApply: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()}}
	a.Test(t, resource.TestCase{Steps: []resource.TestStep{
		{Config: config, ResourceName: theNumber, ImportState: true, ImportStateKind: resource.ImportBlockWithID, ImportStateId: gb, ImportPlanChecks: nothing},
		{Config: config, ResourceName: theNumber, ImportState: true, ImportStateId: digits, ImportStatePersist: true},
		{Config: config, ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()}}},
		a.forget(),
	}})
	a.kept()
}

// https://github.com/RJPearson94/terraform-provider-twilio/issues/79
func TestComplaint03NumbersHaveNoSearchCriteria(t *testing.T) {
	t.Parallel()
	a := newAccount(t)
	for _, attribute := range a.Protocol(t).Schema().ResourceSchemas[numberType].Block.Attributes {
		configurable := attribute.Required || attribute.Optional
		if configurable && slices.Contains([]string{"area_code", "pattern", "search_pattern", "type", "features", "contains"}, attribute.Name) {
			t.Errorf("%s can be configured on a number", attribute.Name)
		}
		if attribute.Required && attribute.Name != "country" && attribute.Name != "msisdn" {
			t.Errorf("a number needs %s", attribute.Name)
		}
	}
}

// https://github.com/hashicorp/terraform-provider-aws/issues/39614
func TestComplaint04OnlyCountryAndMSISDNReplaceANumber(t *testing.T) {
	t.Parallel()
	a := newAccount(t)
	object := a.rented("ABANDON")
	// Every other attribute is changed, in the configuration or in the account.
	a.owns(gb, acctest.With(linkedTo(theirs), values{"type": "landline-toll-free", "features": []any{"MMS"}, "moHttpUrl": "https://example.com/elsewhere"}))
	read, diags := a.Protocol(t).Read(numberType, object)
	diags.MustBeEmpty(t)
	everything := acctest.With(settings, values{
		"deletion_policy": "DELETE", "max_monthly_cost": "0", "max_initial_cost": "0", "timeouts": values{"create": "1m"},
	})
	for _, config := range []values{gbNumber(everything), gbNumber(values{"target_api_key": "sub12345"}), gbNumber(nil)} {
		for _, prior := range []acctest.Object{object, read} {
			plan, diags := a.Protocol(t).Plan(numberType, prior, config)
			diags.MustBeEmpty(t)
			if len(plan.RequiresReplace) > 0 {
				t.Errorf("replaced for %v", plan.RequiresReplace)
			}
		}
	}
	for attribute, config := range map[string]values{"country": {"country": "JE"}, "msisdn": {"msisdn": "447700900002"}} {
		plan, _ := a.Protocol(t).Plan(numberType, object, gbNumber(config))
		if diff := cmp.Diff([]string{attribute}, plan.RequiresReplace); diff != "" {
			t.Errorf("%s (-want +got):\n%s", attribute, diff)
		}
	}
}

// https://github.com/hashicorp/terraform-provider-aws/issues/45572
func TestComplaint05ParallelBuyersNeverGetOneNumberTwice(t *testing.T) {
	t.Parallel()
	a := newAccount(t)
	a.offers(gb, nil)
	p := a.Protocol(t)
	var wg sync.WaitGroup
	outcomes := make([]acctest.Diagnostics, 20)
	for i := range outcomes {
		wg.Go(func() { _, outcomes[i] = p.Change(numberType, acctest.Object{}, gbNumber(nil)) })
	}
	wg.Wait()
	winners := 0
	for _, diags := range outcomes {
		if len(diags) == 0 {
			winners++
			continue
		}
		diags.MustFail(t, "msisdn", "rented by another resource during this run")
	}
	if winners != 1 || a.count(buy) != 1 {
		t.Errorf("%d of 20 got the number, with %d purchases", winners, a.count(buy))
	}

	// With one number for each, every buyer gets one.
	for i := range outcomes {
		id := fmt.Sprintf("GB/4477009001%02d", i)
		a.offers(id, nil)
		wg.Go(func() {
			_, outcomes[i] = p.Change(numberType, acctest.Object{}, gbNumber(values{"msisdn": strings.TrimPrefix(id, "GB/")}))
		})
	}
	wg.Wait()
	for _, diags := range outcomes {
		diags.MustBeEmpty(t)
	}
	if len(a.Emulator.Numbers()) != 21 || a.count(buy) != 21 {
		t.Errorf("%d numbers and %d purchases", len(a.Emulator.Numbers()), a.count(buy))
	}
}

// onlyHere rejects requests to other machines.
type onlyHere struct{ t *testing.T }

func (o onlyHere) RoundTrip(r *http.Request) (*http.Response, error) {
	if r.URL.Hostname() != "127.0.0.1" {
		o.t.Errorf("a test asks %s", r.URL.Host)
		return nil, http.ErrUseLastResponse
	}
	return http.DefaultTransport.RoundTrip(r)
}

// https://github.com/hashicorp/terraform-provider-aws/pull/45937
func TestComplaint06RentingIsTriedWithoutAnAccount(t *testing.T) {
	t.Parallel()
	a := newAccount(t, acctest.WithProvider(provider.WithTransport(onlyHere{t})))
	a.offers(gb, nil)
	for range 20 { // a real account would run out of money, or be locked
		object := a.mustCreate(numberType, gbNumber(values{"deletion_policy": "DELETE"}))
		_, diags := a.Protocol(t).Change(numberType, object, nil)
		diags.MustWarn(t, "deletion_policy", "cancelled")
	}
	if bought, cancelled := a.count(buy), a.count(cancel); bought != 20 || cancelled != 20 {
		t.Errorf("%d bought, %d cancelled", bought, cancelled)
	}
}

// importsAll requires a plan with the given number of imports and no changes.
type importsAll struct{ number int }

func (want importsAll) CheckPlan(_ context.Context, req plancheck.CheckPlanRequest, resp *plancheck.CheckPlanResponse) {
	imported := 0
	for _, change := range req.Plan.ResourceChanges {
		switch {
		case change.Type != numberType || change.Change.Actions.Forget():
		case change.Change.Importing == nil || !change.Change.Actions.Update() && !change.Change.Actions.NoOp():
			resp.Error = fmt.Errorf("%s is to be %v", change.Address, change.Change.Actions)
			return
		default:
			imported++
		}
	}
	if imported != want.number {
		resp.Error = fmt.Errorf("%d numbers are imported, not %d", imported, want.number)
	}
}

// https://github.com/hashicorp/terraform-provider-aws/issues/27392, https://github.com/hashicorp/terraform-provider-aws/issues/27394
func TestComplaint10NumbersAreChosenAndAdoptedInBulk(t *testing.T) {
	t.Parallel()
	a := newAccount(t)
	for i := range 12 {
		a.owns(fmt.Sprintf("GB/4477009000%02d", i+10), nil)
	}
	a.offers("GB/447700777777", nil)
	a.offers("GB/447700123456", nil)
	a.Test(t, resource.TestCase{Steps: []resource.TestStep{
		{
			Config: a.ProviderConfig() + `
data "vonage_available_numbers" "vanity" {
  country        = "GB"
  pattern        = "7777"
  search_pattern = 2
  max_results    = 1
}
resource "terraform_data" "vanity" {
  input = data.vonage_available_numbers.vanity.numbers[*].msisdn
  lifecycle { ignore_changes = [input] }
}
resource "vonage_number" "vanity" {
  for_each = toset(terraform_data.vanity.input)
  country  = "GB"
  msisdn   = each.key
}
`,
			ConfigStateChecks: []statecheck.StateCheck{statecheck.ExpectKnownValue(
				`vonage_number.vanity["447700777777"]`, tfjsonpath.New("id"), knownvalue.StringExact("GB/447700777777"),
			)},
		},
		{
			Config: a.ProviderConfig() + `
data "vonage_numbers" "ported" {
  country = "GB"
  pattern = "44770090"
}
import {
  for_each = toset(data.vonage_numbers.ported.numbers[*].msisdn)
  to       = vonage_number.ported[each.key]
  id       = each.key
}
resource "vonage_number" "ported" {
  for_each        = toset(data.vonage_numbers.ported.numbers[*].msisdn)
  country         = "GB"
  msisdn          = each.key
  deletion_policy = "ABANDON"
}
removed {
  from = vonage_number.vanity
  lifecycle { destroy = false }
}
`,
			ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{importsAll{12}}},
			ConfigStateChecks: []statecheck.StateCheck{statecheck.ExpectKnownValue(
				`vonage_number.ported["447700900021"]`, tfjsonpath.New("id"), knownvalue.StringExact("GB/447700900021"),
			)},
		},
		{Config: a.ProviderConfig() + `
removed {
  from = vonage_number.ported
  lifecycle { destroy = false }
}
`},
	}})
	if len(a.Emulator.Numbers()) != 13 || a.count(buy) != 1 || a.count(cancel) != 0 {
		t.Errorf("%d numbers, %d bought, %d cancelled", len(a.Emulator.Numbers()), a.count(buy), a.count(cancel))
	}
}

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
	has := acctest.With(theSettings, values{"app_id": ours})
	a.wantSettings(has)
	a.Fail(t, emulator.Fault{
		Method: http.MethodPost, Path: "/number/update", Times: 2, Kind: emulator.Status, Status: 420,
		Body: `{"error-code":"420","error-code-label":"method failed"}`,
	})

	changed := gbNumber(acctest.With(settings, values{"sms_webhook_url": "https://example.com/new"}))
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
	a.wantSettings(acctest.With(has, values{"moHttpUrl": "https://example.com/new"}))
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
	config := gbNumber(acctest.With(settings, values{"timeouts": values{"create": "1500ms"}}))
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
				a.Fail(t, emulator.Fault{
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
