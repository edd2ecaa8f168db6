// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package application_test

import (
	"fmt"
	"regexp"
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

// idOf returns the id of the i-th application.
func idOf(i int) string { return fmt.Sprintf("00000000-0000-4000-8000-%012d", i) }

// newCrowd returns an account with many applications, every other one of which has voice.
func newCrowd(t *testing.T, size int) *account {
	t.Helper()
	a := newAccount(t)
	for i := range size {
		capabilities := `{}`
		if i%2 == 0 {
			capabilities = `{"voice": {"webhooks": {"answer_url": {"address": "https://example.com/a", "http_method": "GET"}}}}`
		}
		a.seed(fmt.Sprintf(`{"id": %q, "name": "application %d", "capabilities": %s}`, idOf(i), i, capabilities))
	}
	return a
}

// list lists applications and requires that there are no diagnostics.
func (a *account) list(config acctest.Values, limit int64, includeResource bool) []acctest.Listed {
	a.t.Helper()
	results, diags := a.List(typeName, config, limit, includeResource)
	diags.MustBeEmpty(a.t)
	for _, result := range results {
		result.Diagnostics.MustBeEmpty(a.t)
	}
	return results
}

func TestListNamesAndIdentifies(t *testing.T) {
	t.Parallel()
	a := newCrowd(t, 3)
	var want []acctest.Listed
	for i := range 3 {
		want = append(want, acctest.Listed{
			DisplayName: fmt.Sprintf("application %d (%s)", i, idOf(i)), Identity: acctest.Values{"id": idOf(i)},
		})
	}
	if diff := cmp.Diff(want, a.list(nil, 100, false)); diff != "" {
		t.Errorf("listed (-want +got):\n%s", diff)
	}
}

func TestListStopsAtItsLimit(t *testing.T) {
	t.Parallel()
	a := newCrowd(t, 250)
	for limit, pages := range map[int64]int{0: 0, 1: 1, 100: 1, 101: 2, 250: 3, 1000: 3} {
		a.Calls()
		if listed := a.list(nil, limit, true); len(listed) != min(int(limit), 250) {
			t.Errorf("limit %d: %d applications", limit, len(listed))
		}
		if calls := a.Calls(); len(calls) != pages {
			t.Errorf("limit %d: %v", limit, calls)
		}
	}
}

func TestListFilters(t *testing.T) {
	t.Parallel()
	a := newCrowd(t, 120)
	for _, test := range []struct {
		config acctest.Values
		limit  int64
		want   []int
	}{
		{acctest.Values{"name_regex": "^application 11.$"}, 100, []int{110, 111, 112, 113, 114, 115, 116, 117, 118, 119}},
		{acctest.Values{"name_regex": "11.", "capability": "voice"}, 100, []int{110, 112, 114, 116, 118}},
		{acctest.Values{"name_regex": "11.", "capability": "voice"}, 2, []int{110, 112}},
		{acctest.Values{"capability": "rtc"}, 100, nil},
	} {
		var got []int
		for _, listed := range a.list(test.config, test.limit, false) {
			var i int
			if _, err := fmt.Sscanf(listed.DisplayName, "application %d", &i); err != nil {
				t.Fatal(err)
			}
			got = append(got, i)
		}
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("%v (-want +got):\n%s", test.config, diff)
		}
	}
}

// A listed resource equals an imported one, so the configuration that Terraform generates for either fits both.
func TestListedIsWhatIsImported(t *testing.T) {
	t.Parallel()
	a := newAccount(t)
	for i, doc := range []string{
		`{}`,
		`{"voice": {"webhooks": {}}, "rtc": {}, "vbc": {}, "verify": {}, "messages": {}, "video": {}, "network_apis": {}}`,
		`{"voice": {"webhooks": {"answer_url": {"address": "https://example.com/a", "http_method": "GET"},
			"fallback_answer_url": {"address": "", "http_method": "GET"}}, "conversations_ttl": 9000, "region": "eu-west"}}`,
		`{"messages": {"webhooks": {"inbound_url": {"address": "https://example.com/i", "http_method": "POST"}}, "version": "v0.1"},
			"video": {"webhooks": {"render_status": {"address": "https://example.com/r", "active": true, "secret": "shh"}}}}`,
	} {
		a.seed(fmt.Sprintf(`{"id": %q, "name": "\"${n}\" %%{n}", "keys": {"public_key": %q}, "capabilities": %s, "privacy": {"improve_ai": true}}`,
			idOf(i), ownKey, doc))
	}
	for _, listed := range a.list(nil, 100, true) {
		imported, diags := a.ImportIdentity(typeName, listed.Identity)
		diags.MustBeEmpty(t)
		if diff := cmp.Diff(imported.State, listed.Resource); diff != "" {
			t.Errorf("%s (-imported +listed):\n%s", listed.DisplayName, diff)
		}
		config, diags := a.GenerateConfig(typeName, listed.Resource)
		diags.MustBeEmpty(t)
		if plan := a.plan(imported, config); plan.Changes() {
			t.Errorf("%s: a change is planned (-state +plan):\n%s", listed.DisplayName, cmp.Diff(imported.State, plan.State))
		}
		if diags := a.ValidateResource(typeName, config); diags.HasError() {
			t.Errorf("%s: %s", listed.DisplayName, diags)
		}
	}
}

func TestListReportsWhatGoesWrong(t *testing.T) {
	t.Parallel()
	a := newCrowd(t, 150)
	a.Fail(t, emulator.Fault{Method: "GET", Path: "/v2/applications", After: 1, Kind: emulator.Status, Status: 403})
	results, diags := a.List(typeName, nil, 200, false)
	diags.MustBeEmpty(t)
	if len(results) != 101 {
		t.Fatalf("%d results", len(results))
	}
	results[100].Diagnostics.MustFail(t, "", "Unable to list applications", "page 2")

	_, diags = a.List(typeName, acctest.Values{"name_regex": "("}, 1, false)
	diags.MustFail(t, "name_regex", "missing closing )")
	_, diags = a.List(typeName, acctest.Values{"capability": "telepathy"}, 1, false)
	diags.MustFail(t, "capability", "voice")

	results, diags = a.Env.Protocol(t, acctest.Values{"api_secret": nil, "api_key": nil}).List(typeName, nil, 1, false)
	diags.MustBeEmpty(t)
	if len(results) != 1 {
		t.Fatalf("%d results", len(results))
	}
	results[0].Diagnostics.MustFail(t, "", "Unable to list applications", "api_key")
}

func TestListThroughTheCLI(t *testing.T) {
	t.Parallel()
	env := acctest.New(t)
	env.Test(t, resource.TestCase{
		TerraformVersionChecks: []tfversion.TerraformVersionCheck{tfversion.SkipBelow(tfversion.Version1_14_0)},
		Steps: []resource.TestStep{
			{Config: env.ProviderConfig() + `resource "vonage_application" "this" {
				name = "Support line"
				rtc  = {}
			}`},
			{
				Query: true,
				Config: `list "vonage_application" "this" {
					provider         = vonage
					include_resource = true
					config {
						name_regex = "^Support"
						capability = "rtc"
					}
				}`,
				QueryResultChecks: []querycheck.QueryResultCheck{
					querycheck.ExpectLength(address, 1),
					querycheck.ExpectResourceDisplayName(address, nil, knownvalue.StringRegexp(regexp.MustCompile(`^Support line \([0-9a-f-]{36}\)$`))),
					querycheck.ExpectResourceKnownValues(address, nil, []querycheck.KnownValueCheck{
						{Path: tfjsonpath.New("rtc").AtMapKey("signed_callbacks"), KnownValue: knownvalue.Bool(true)},
					}),
				},
			},
		},
	})
}
