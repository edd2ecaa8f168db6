// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package provider_test

import (
	"fmt"
	"maps"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/vonage/terraform-provider-vonage/internal/acctest"
	"github.com/vonage/terraform-provider-vonage/internal/acctest/cli"
)

func TestMain(m *testing.M) { cli.Main(m) }

const (
	grownApplications = 50
	grownNumbers      = 500
	grownLinks        = grownNumbers / 2
)

// newGrownAccount returns an account as it looks after years of use without Terraform.
func newGrownAccount(t *testing.T) *acctest.Env {
	t.Helper()
	env := acctest.New(t)
	seed := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	hook := func(method string) values {
		return values{"address": "https://example.com/${path}?and=%{more}", "http_method": method}
	}
	capabilities := []values{
		{},
		{"voice": values{"webhooks": values{}}},
		{"voice": values{"webhooks": values{"answer_url": hook("GET"), "event_url": hook("POST")}, "region": "eu-west"}, "vbc": values{}},
		{"messages": values{"webhooks": values{"inbound_url": hook("POST")}, "version": "v0.1"}, "rtc": values{}},
		{"video": values{"webhooks": values{"render_status": values{"address": "https://example.com", "active": true, "secret": "shh"}}}},
		{"verify": values{"webhooks": values{"status_url": hook("POST")}}, "network_apis": values{"redirect_uri": "https://example.com"}},
	}
	application := func(i int) string { return fmt.Sprintf("00000000-0000-4000-8000-%012d", i) }
	for i := range grownApplications {
		seed(env.Emulator.SeedApplication(application(i), values{
			"name": fmt.Sprintf(`"%d" ${name}`, i), "capabilities": capabilities[i%len(capabilities)],
			"keys": values{"public_key": acctest.PublicKey(i % acctest.PoolSize)},
		}))
	}
	for i := range grownNumbers {
		number := values{"type": "mobile-lvn", "features": []string{"VOICE", "SMS"}}
		switch {
		case i < grownLinks:
			id := application(i % grownApplications)
			maps.Copy(number, values{"app_id": id, "voiceCallbackType": "app", "voiceCallbackValue": id})
		case i%3 == 0:
			maps.Copy(number, values{"voiceCallbackType": "sip", "voiceCallbackValue": "sip:a@example.com", "moHttpUrl": "https://example.com/sms"})
		}
		seed(env.Emulator.SeedNumber(fmt.Sprintf("GB/447700900%03d", i), number))
	}
	return env
}

// requests counts the GET requests and all others since the last call.
func requests(env *acctest.Env) (reads, writes int) {
	for _, r := range env.Emulator.Requests() {
		if r.Method == http.MethodGet {
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

// listPages is the number of requests that list the whole account.
const listPages = 1 + grownNumbers/100 + (grownLinks+99)/100

// Every listed object can be imported with the configuration generated for it, and the next plan is empty. This takes no
// more requests than there are pages.
func TestListedAccountIsAdoptedUnchanged(t *testing.T) {
	t.Parallel()
	env := newGrownAccount(t)
	for typeName, want := range map[string]int{
		"vonage_application": grownApplications, "vonage_number": grownNumbers, "vonage_number_link": grownLinks,
	} {
		listed, diags := env.Protocol(t).List(typeName, nil, 1000, true)
		diags.MustBeEmpty(t)
		if len(listed) != want {
			t.Errorf("%d %s", len(listed), typeName)
		}
		mustHaveRead(t, env, "listing "+typeName, (want+99)/100)
		p := env.Protocol(t)
		for _, one := range listed {
			one.Diagnostics.MustBeEmpty(t)
			config, diags := p.GenerateConfig(typeName, one.Resource)
			diags.MustBeEmpty(t)
			if diags := p.ValidateResource(typeName, config); diags.HasError() {
				t.Errorf("%s: %s", one.DisplayName, diags)
			}
			imported, diags := p.ImportIdentity(typeName, one.Identity)
			diags.MustBeEmpty(t)
			plan, diags := p.Plan(typeName, imported, config)
			diags.MustBeEmpty(t)
			if plan.Changes() {
				t.Errorf("%s: a change is planned (-state +plan):\n%s", one.DisplayName, cmp.Diff(imported.State, plan.State))
			}
		}
		mustHaveRead(t, env, "importing every "+typeName, grownNumbers/100+lookups)
	}
}

const wholeAccount = `
list "vonage_application" "all" {
  provider = vonage
  limit    = 1000
}

list "vonage_number" "all" {
  provider = vonage
  limit    = 1000
}

list "vonage_number_link" "all" {
  provider = vonage
  limit    = 1000
}
`

// The same test through the CLI.
func TestQueriedAccountIsAdoptedUnchanged(t *testing.T) {
	t.Parallel()
	terraform := cli.New(t)
	if !terraform.Has(t, cli.Query) {
		t.Skip("this CLI cannot query; TestListedAccountIsAdoptedUnchanged does the same in process")
	}
	env, directory := newGrownAccount(t), t.TempDir()
	for name, text := range map[string]string{
		"main.tf":             "terraform {\n  required_providers {\n    vonage = {\n      source = \"vonage/vonage\"\n    }\n  }\n}\n" + env.ProviderConfig(),
		"account.tfquery.hcl": wholeAccount,
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
	mustHaveRead(t, env, "query", listPages)
	want := fmt.Sprintf("%d to import, 0 to add, 0 to change, 0 to destroy", grownApplications+grownNumbers+grownLinks)
	if planned := run("plan", "-out=tfplan"); !strings.Contains(planned, want) {
		t.Errorf("the plan should say %q, but says\n%.2000s", want, planned[strings.LastIndex(planned, "Plan:")+1:])
	}
	run("apply", "tfplan")
	run("plan", "-detailed-exitcode")
	if _, writes := requests(env); writes > 0 {
		t.Errorf("%d writes", writes)
	}
}
