// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package endtoend_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/vonage/terraform-provider-vonage/internal/emulator"
)

// What a configuration needs that makes a subaccount and what is in it, as the guide Subaccounts shows.
const (
	aliased = `
provider "vonage" {
  alias      = "staging"
  api_key    = vonage_subaccount.staging.api_key
  api_secret = vonage_subaccount.staging.secret
}

resource "vonage_application" "support" {
  provider = vonage.staging
  name     = "Support line (staging)"
}
`
	generatedSecret = `
resource "vonage_subaccount" "staging" {
  name = "Staging environment"
}
` + aliased
	// chosenSecret is in no state: the variable is ephemeral.
	chosenSecret = `
variable "staging_secret" {
  type      = string
  ephemeral = true
  default   = "StagingSecret0"
}

resource "vonage_subaccount" "staging" {
  name              = "Staging environment"
  secret_wo         = var.staging_secret
  secret_wo_version = 1
}
`
	applicationsOfAlias = `
data "vonage_applications" "all" {
  provider = vonage.staging
}
`
	applicationsOnceThere = `
data "vonage_applications" "all" {
  provider   = vonage.staging
  depends_on = [vonage_subaccount.staging]
}
`
	madeInTheDashboard = "dddddddd-0000-4000-8000-000000000001"
	importOfAlias      = `
import {
  to = vonage_application.imported
  id = "` + madeInTheDashboard + `"
}

resource "vonage_application" "imported" {
  provider = vonage.staging
  name     = "made in the dashboard"
}
`
)

// applied returns the only subaccount, after an apply that leaves nothing to do.
func (w workspace) applied(applications ...string) *emulator.Account {
	w.t.Helper()
	w.run("apply", "-input=false", "-auto-approve")
	if plan := w.run("plan", "-input=false"); !strings.Contains(plan, "No changes.") {
		w.t.Errorf("after the apply, the plan is:\n%s", plan)
	}
	subaccounts := w.Emulator.Subaccounts()
	if len(subaccounts) != 1 || len(w.Emulator.Applications()) > 0 {
		w.t.Fatalf("there are %d subaccounts, and the primary account has the applications %v", len(subaccounts), w.Emulator.Applications())
	}
	var names []string
	for _, application := range subaccounts[0].Applications() {
		name, _ := application["name"].(string)
		names = append(names, name)
	}
	slices.Sort(names)
	if !slices.Equal(names, applications) {
		w.t.Errorf("the subaccount has the applications %q", names)
	}
	return subaccounts[0]
}

// TestAliasOfASubaccountInOneApply: resources in a subaccount are made in the apply that makes it, and so are data sources read
// that depend on it. A destroy deletes what is in the subaccount, and suspends it.
func TestAliasOfASubaccountInOneApply(t *testing.T) {
	t.Parallel()
	for name, configuration := range map[string]string{
		"resources":                    generatedSecret,
		"a data source that waits":     generatedSecret + applicationsOnceThere,
		"a secret that is in no state": chosenSecret + strings.ReplaceAll(aliased, "vonage_subaccount.staging.secret", "var.staging_secret"),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorkspace(t)
			w.write("main.tf", configuration)
			subaccount := w.applied("Support line (staging)")
			w.run("destroy", "-input=false", "-auto-approve")
			if left := subaccount.Applications(); len(left) > 0 || !*subaccount.Record().Suspended {
				t.Errorf("after the destroy, the subaccount has %v; it is suspended: %t", left, *subaccount.Record().Suspended)
			}
		})
	}
}

// TestAliasOfASubaccountInTwoApplies: what has to read the subaccount during the plan needs one that is there. The plan says so, and changes nothing.
func TestAliasOfASubaccountInTwoApplies(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		more         string
		applications []string
	}{
		"a data source":   {applicationsOfAlias, []string{"Support line (staging)"}},
		"an import block": {importOfAlias, []string{"Support line (staging)", "made in the dashboard"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorkspace(t)
			w.write("main.tf", generatedSecret+test.more)
			_, err := w.terraform.Run(t.Context(), w.directory, "apply", "-input=false", "-auto-approve", "-no-color")
			if err == nil || !strings.Contains(strings.Join(strings.Fields(strings.ReplaceAll(err.Error(), "│", " ")), " "), "known only after apply") {
				t.Fatalf("the first apply: %v", err)
			}
			if made := w.Emulator.Subaccounts(); len(made) > 0 {
				t.Fatalf("%d subaccounts were made", len(made))
			}
			w.run("apply", "-input=false", "-auto-approve", "-target=vonage_subaccount.staging")
			if test.more == importOfAlias {
				w.must(w.Emulator.Subaccounts()[0].SeedApplication(madeInTheDashboard, values{"name": "made in the dashboard"}))
			}
			w.applied(test.applications...)
		})
	}
}
