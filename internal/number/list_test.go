// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package number_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/querycheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"
	"github.com/hashicorp/terraform-plugin-testing/tfversion"

	"github.com/vonage/terraform-provider-vonage/internal/acctest"
	"github.com/vonage/terraform-provider-vonage/internal/emulator"
)

// listed runs a list resource and requires that there are no diagnostics.
func (a account) listed(typeName string, config values, limit int64, includeResource bool) []acctest.Listed {
	a.t.Helper()
	results, diags := a.Protocol(a.t).List(typeName, config, limit, includeResource)
	diags.MustBeEmpty(a.t)
	for _, result := range results {
		result.Diagnostics.MustBeEmpty(a.t)
	}
	return results
}

func TestListsNameAndIdentify(t *testing.T) {
	t.Parallel()
	a := newAccount(t)
	a.owns(gb, acctest.With(linkedTo(ours), nil))
	a.owns("US/14155550100", values{"type": "landline", "features": []any{"VOICE"}})
	a.owns("LU/352671234567", values{"features": []any{}})
	for typeName, want := range map[string][]acctest.Listed{
		numberType: {
			{DisplayName: "+1 4155550100 (US, landline, VOICE)", Identity: values{"country": "US", "msisdn": "14155550100"}},
			{DisplayName: "+352 671234567 (LU, mobile-lvn)", Identity: values{"country": "LU", "msisdn": "352671234567"}},
			{DisplayName: "+44 7700900001 (GB, mobile-lvn, SMS/VOICE)", Identity: values{"country": "GB", "msisdn": digits}},
		},
		linkType: {
			{DisplayName: "+44 7700900001 (GB) to application " + ours, Identity: values{"country": "GB", "msisdn": digits}},
		},
	} {
		if diff := cmp.Diff(want, a.listed(typeName, nil, 100, false)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", typeName, diff)
		}
	}
}

func TestListsStopAtTheirLimit(t *testing.T) {
	t.Parallel()
	a := newAccount(t)
	for i := range 250 {
		a.owns(fmt.Sprintf("GB/447700900%03d", i), linkedTo(ours))
	}
	for _, typeName := range []string{numberType, linkType} {
		for limit, pages := range map[int64]int{0: 0, 1: 1, 100: 1, 101: 2, 250: 3, 1000: 3} {
			a.Calls()
			if results := a.listed(typeName, nil, limit, true); len(results) != min(int(limit), 250) {
				t.Errorf("%s, limit %d: %d results", typeName, limit, len(results))
			}
			a.WantCalls(t, slices.Repeat([]string{list}, pages)...)
		}
	}
}

func TestListsFilter(t *testing.T) {
	t.Parallel()
	a := newAccount(t)
	a.owns("GB/447700900001", linkedTo(ours))
	a.owns("GB/447700900012", acctest.With(linkedTo(theirs), values{"features": []any{"SMS"}}))
	a.owns("GB/447700900123", nil)
	a.owns("US/14155550101", acctest.With(linkedTo(ours), values{"type": "landline", "features": []any{"MMS", "SMS", "VOICE"}}))
	for _, test := range []struct {
		config          values
		numbers, linked []string
	}{
		{values{"country": "us"}, []string{"14155550101"}, []string{"14155550101"}},
		{
			values{"pattern": "4477009000"},
			[]string{"447700900001", "447700900012"},
			[]string{"447700900001", "447700900012"},
		},
		{
			values{"pattern": "12", "search_pattern": 1},
			[]string{"447700900012", "447700900123"},
			[]string{"447700900012"},
		},
		{values{"application_id": ours}, []string{"14155550101", "447700900001"}, []string{"14155550101", "447700900001"}},
		{values{"type": "landline"}, []string{"14155550101"}, []string{"14155550101"}},
		{
			values{"features": []any{"VOICE", "SMS"}},
			[]string{"14155550101", "447700900001", "447700900123"},
			[]string{"14155550101", "447700900001"},
		},
		{values{"features": []any{"MMS"}, "country": "GB"}, nil, nil},
	} {
		for typeName, want := range map[string][]string{numberType: test.numbers, linkType: test.linked} {
			if diff := cmp.Diff(want, a.listedDigits(typeName, test.config)); diff != "" {
				t.Errorf("%s %v (-want +got):\n%s", typeName, test.config, diff)
			}
		}
	}
	if got := a.listedDigits(numberType, values{"has_application": false}); !slices.Equal(got, []string{"447700900123"}) {
		t.Errorf("without a link: %v", got)
	}
}

func (a account) listedDigits(typeName string, config values) []string {
	a.t.Helper()
	var all []string
	for _, result := range a.listed(typeName, config, 100, false) {
		msisdn, _ := result.Identity["msisdn"].(string)
		all = append(all, msisdn)
	}
	slices.Sort(all)
	return all
}

// A listed resource equals an imported one, and the configuration that Terraform generates for it gives an empty plan.
func TestListedIsWhatIsImported(t *testing.T) {
	t.Parallel()
	a := newAccount(t)
	a.owns(gb, acctest.With(linkedTo(ours), values{"moHttpUrl": "https://example.com/sms?a=${b}"}))
	a.owns("US/14155550100", values{"voiceCallbackType": "tel", "voiceCallbackValue": "447700900009"})
	a.owns("US/14155550101", values{"voiceCallbackType": "sip", "voiceCallbackValue": "sip:a@example.com;transport=tls"})
	a.owns("US/14155550102", values{"voiceCallbackType": "vxml", "voiceCallbackValue": "https://example.com/old"})
	a.owns("FR/33700000001", values{"limitations": []any{values{"feature": "SMS", "type": "OUTBOUND", "reach": "DOMESTIC"}}})
	for typeName, count := range map[string]int{numberType: 5, linkType: 1} {
		results := a.listed(typeName, nil, 100, true)
		if len(results) != count {
			t.Errorf("%d %s", len(results), typeName)
		}
		for _, result := range results {
			imported, diags := a.Protocol(t).ImportIdentity(typeName, result.Identity)
			diags.MustBeEmpty(t)
			if diff := cmp.Diff(imported.State, result.Resource); diff != "" {
				t.Errorf("%s (-imported +listed):\n%s", result.DisplayName, diff)
			}
			config, diags := a.Protocol(t).GenerateConfig(typeName, result.Resource)
			diags.MustBeEmpty(t)
			a.Protocol(t).ValidateResource(typeName, config).MustBeEmpty(t)
			a.wantNoChange(typeName, imported, config)
		}
	}
}

func TestListsReportWhatGoesWrong(t *testing.T) {
	t.Parallel()
	for _, typeName := range []string{numberType, linkType} {
		t.Run(typeName, func(t *testing.T) {
			t.Parallel()
			a := newAccount(t)
			for i := range 150 {
				a.owns(fmt.Sprintf("GB/447700900%03d", i), linkedTo(ours))
			}
			a.Fail(t, emulator.Fault{Method: "GET", Path: "/account/numbers", After: 1, Kind: emulator.Status, Status: 403})
			results, diags := a.Protocol(t).List(typeName, nil, 200, false)
			diags.MustBeEmpty(t)
			if len(results) != 101 {
				t.Fatalf("%d results", len(results))
			}
			results[100].Diagnostics.MustFail(t, "", "Unable to list number", "page 2")
			for attribute, config := range map[string]values{
				"features":       {"features": []any{nil}},
				"country":        {"country": "Britain"},
				"pattern":        {"pattern": "+44"},
				"search_pattern": {"pattern": "44", "search_pattern": 3},
				"application_id": {"application_id": "x"},
				"features[0]":    {"features": []any{"FAX"}},
				"type":           {"type": ""},
			} {
				_, diags := a.Protocol(t).List(typeName, config, 1, false)
				diags.MustFail(t, attribute)
			}
		})
	}
	_, diags := newAccount(t).Protocol(t).List(numberType, values{"application_id": ours, "has_application": false}, 1, false)
	diags.MustFail(t, "has_application", "Contradicting")
}

func TestListsThroughTheCLI(t *testing.T) {
	t.Parallel()
	a := newAccount(t)
	a.owns(gb, linkedTo(ours))
	a.owns("GB/447700900002", nil)
	identity := map[string]knownvalue.Check{"country": knownvalue.StringExact("GB"), "msisdn": knownvalue.StringExact(digits)}
	check := func(address, name, attribute string, value knownvalue.Check) []querycheck.QueryResultCheck {
		return []querycheck.QueryResultCheck{
			querycheck.ExpectLength(address, 1),
			querycheck.ExpectIdentity(address, identity),
			querycheck.ExpectResourceDisplayName(address, nil, knownvalue.StringExact(name)),
			querycheck.ExpectResourceKnownValues(address, nil, []querycheck.KnownValueCheck{{Path: tfjsonpath.New(attribute), KnownValue: value}}),
		}
	}
	list := func(typeName, filter string) string {
		return "list \"" + typeName + "\" \"this\" {\n provider = vonage\n include_resource = true\n config {\n " + filter + "\n}\n}\n"
	}
	a.Test(t, resource.TestCase{
		TerraformVersionChecks: []tfversion.TerraformVersionCheck{tfversion.SkipBelow(tfversion.Version1_14_0)},
		Steps: []resource.TestStep{
			{Config: a.ProviderConfig() + `data "vonage_numbers" "all" {}`},
			{
				Query:  true,
				Config: list(numberType, `has_application = true`),
				QueryResultChecks: check(numberType+".this", "+44 7700900001 (GB, mobile-lvn, SMS/VOICE)",
					"deletion_policy", knownvalue.StringExact("PREVENT")),
			},
			{
				Query:  true,
				Config: list(linkType, `features = ["VOICE"]`),
				QueryResultChecks: check(linkType+".this", "+44 7700900001 (GB) to application "+ours,
					"replace_existing_link", knownvalue.Bool(false)),
			},
		},
	})
}
