// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package provider_test

import (
	"fmt"
	"maps"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/vonage/terraform-provider-vonage/internal/acctest"
	"github.com/vonage/terraform-provider-vonage/internal/acctest/cli"
	"github.com/vonage/terraform-provider-vonage/internal/acctest/specimen"
)

func TestMain(m *testing.M) { cli.Main(m) }

// newGrownAccount returns an account as it looks after years of use without Terraform, and how many objects of each type
// a list finds in it, and reads for that.
func newGrownAccount(t *testing.T) (env *acctest.Env, listed, read map[string]int) {
	t.Helper()
	env, listed, read = acctest.New(t), map[string]int{}, map[string]int{}
	for _, resource := range specimen.Resources() {
		count, err := resource.Grow(env.Emulator)
		if err != nil {
			t.Fatal(err)
		}
		listed[resource.TypeName] = count
		read[resource.TypeName] = max(resource.ReadToList, count)
	}
	return env, listed, read
}

// pages returns how many pages list that many objects.
func pages(listed int) int { return (listed + 99) / 100 }

// requests counts the GET requests and all others since the last call.
func requests(env *acctest.Env) (reads, writes int) {
	for _, r := range env.Emulator.Requests() {
		if r.Method == http.MethodGet || r.Path == "/account/settings" && len(r.Body) == 0 { // an empty POST reads the settings
			reads++
		} else {
			writes++
		}
	}
	env.Emulator.ResetRequests()
	return reads, writes
}

func mustHaveRead(t *testing.T, env *acctest.Env, when string, most int) {
	t.Helper()
	if reads, writes := requests(env); reads > most || writes > 0 {
		t.Errorf("%s: %d reads and %d writes, no more than %d reads were wanted", when, reads, writes, most)
	}
}

// lookups is how many objects a run looks up one by one before it reads whole pages.
const lookups = 3

// Every listed object can be imported with the configuration generated for it, and the next plan is empty. This takes no
// more requests than there are pages.
func TestListedAccountIsAdoptedUnchanged(t *testing.T) {
	t.Parallel()
	for _, resource := range specimen.Resources() {
		typeName := resource.TypeName
		t.Run(typeName, func(t *testing.T) {
			t.Parallel()
			env, expected, read := newGrownAccount(t)
			most := max(pages(slices.Max(slices.Collect(maps.Values(expected)))), min(pages(read[typeName]), expected[typeName]))
			listed, diags := env.Protocol(t, specimen.AsGrownApplication()).List(typeName, nil, 1000, true)
			diags.MustBeEmpty(t)
			if want := expected[typeName]; len(listed) != want {
				t.Errorf("%d listed, not %d", len(listed), want)
			}
			mustHaveRead(t, env, "listing", pages(read[typeName]))
			p := env.Protocol(t, specimen.AsGrownApplication())
			for _, one := range listed {
				one.Diagnostics.MustBeEmpty(t)
				config, diags := p.GenerateConfig(typeName, one.Resource)
				diags.MustBeEmpty(t)
				config, _ = resource.Written(config, nil)
				if diags := p.ValidateResource(typeName, config); diags.HasError() {
					t.Errorf("%s: %s", one.DisplayName, diags)
				}
				imported, diags := p.ImportIdentity(typeName, one.Identity)
				diags.MustBeEmpty(t)
				_, imported.State = resource.Written(nil, imported.State)
				plan, diags := p.Plan(typeName, imported, config)
				diags.MustBeEmpty(t)
				if plan.Changes() {
					t.Errorf("%s: a change is planned (-state +plan):\n%s", one.DisplayName, cmp.Diff(imported.State, plan.State))
				}
			}
			mustHaveRead(t, env, "importing everything", most+lookups)
		})
	}
}

// wholeAccount queries everything that can be listed.
func wholeAccount(listed map[string]int) string {
	query := strings.Builder{}
	for typeName := range listed {
		fmt.Fprintf(&query, "list %q \"all\" {\n  provider = vonage\n  limit    = 1000\n}\n\n", typeName)
	}
	return query.String()
}

// The same test through the CLI.
func TestQueriedAccountIsAdoptedUnchanged(t *testing.T) {
	t.Parallel()
	terraform := cli.New(t)
	if !terraform.Has(t, cli.Query) {
		t.Skip("this CLI cannot query; TestListedAccountIsAdoptedUnchanged does the same in process")
	}
	env, expected, read := newGrownAccount(t)
	for _, resource := range specimen.Resources() {
		if resource.InsteadOf != "" || resource.Unimportable != nil { // nobody adopts the same thing twice, or without completing it
			delete(expected, resource.TypeName)
		}
	}
	directory := t.TempDir()
	grown := specimen.AsGrownApplication()
	application := []string{fmt.Sprintf("  application_id = %q", grown["application_id"]), fmt.Sprintf("  private_key = <<EOT\n%sEOT", grown["private_key"])}
	for name, text := range map[string]string{
		"main.tf":             "terraform {\n  required_providers {\n    vonage = {\n      source = \"vonage/vonage\"\n    }\n  }\n}\n" + env.ProviderConfig(application...),
		"account.tfquery.hcl": wholeAccount(expected),
	} {
		if err := os.WriteFile(filepath.Join(directory, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	run := func(arguments ...string) string {
		t.Helper()
		printed, err := terraform.Run(t.Context(), directory, append(arguments, "-no-color")...)
		if err != nil {
			t.Fatal(err)
		}
		return printed
	}
	run("query", "-generate-config-out=adopted.tf")
	objects, reads := 0, 0
	for typeName, count := range expected {
		objects, reads = objects+count, reads+pages(read[typeName])
	}
	mustHaveRead(t, env, "query", reads)
	want := fmt.Sprintf("%d to import, 0 to add, 0 to change, 0 to destroy", objects)
	if planned := run("plan", "-out=tfplan"); !strings.Contains(planned, want) {
		t.Errorf("the plan should say %q, but says\n%.2000s", want, planned[strings.LastIndex(planned, "Plan:")+1:])
	}
	run("apply", "tfplan")
	run("plan", "-detailed-exitcode")
	if _, writes := requests(env); writes > 0 {
		t.Errorf("%d writes", writes)
	}
}
