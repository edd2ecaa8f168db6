// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package application_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"

	"github.com/vonage/terraform-provider-vonage/internal/acctest"
	"github.com/vonage/terraform-provider-vonage/internal/emulator"
)

const pluralName = "vonage_applications"

func TestDataSourceReadsByIDAndName(t *testing.T) {
	t.Parallel()
	a := newAccount(t)
	object := a.create(acctest.Values{
		"name":  "the one",
		"rtc":   acctest.Values{"event_url": acctest.Values{"address": "https://example.com"}},
		"video": acctest.Values{"webhooks": acctest.Values{"render_status": acctest.Values{"address": "https://example.com", "secret": "shh"}}},
	})
	a.create(acctest.Values{"name": "another"})
	want := acctest.With(object.State, nil)
	for _, name := range []string{"private_key", "public_key_wo", "public_key_wo_version", "key_version", "timeouts"} {
		delete(want, name)
	}
	want["video"] = acctest.With(want["video"].(acctest.Values), acctest.Values{
		"webhooks": acctest.Values{"render_status": acctest.Values{"address": "https://example.com", "active": true}},
	})
	for _, config := range []acctest.Values{{"id": object.State["id"]}, {"name": "the one"}} {
		a.ValidateDataSource(typeName, config).MustBeEmpty(t)
		got, diags := a.ReadDataSource(typeName, config)
		diags.MustBeEmpty(t)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%v (-resource +data):\n%s", config, diff)
		}
	}
}

func TestDataSourceRefuses(t *testing.T) {
	t.Parallel()
	a := newAccount(t)
	first := a.seed(`{"id": "abcdef00-0000-4000-8000-000000000001", "name": "twin"}`)
	second := a.seed(`{"id": "abcdef00-0000-4000-8000-000000000002", "name": "twin"}`)
	a.ValidateDataSource(typeName, acctest.Values{}).MustFail(t, "id")
	a.ValidateDataSource(typeName, acctest.Values{"id": first, "name": "twin"}).MustFail(t, "id")
	a.ValidateDataSource(typeName, acctest.Values{"id": "no id"}).MustFail(t, "id", "UUID")
	a.ValidateDataSource(typeName, acctest.Values{"name": ""}).MustFail(t, "name")
	a.ValidateDataSource(pluralName, acctest.Values{"name_regex": "("}).MustFail(t, "name_regex", "regular expression")
	a.ValidateDataSource(pluralName, acctest.Values{"capability": "fax"}).MustFail(t, "capability")
	for _, test := range []struct {
		config acctest.Values
		words  []string
	}{
		{acctest.Values{"name": "twin"}, []string{"2 applications", first, second}},
		{acctest.Values{"name": "nobody"}, []string{"Unable to read application", "nobody"}},
		{acctest.Values{"id": "abcdef00-0000-4000-8000-00000000dead"}, []string{"Unable to read application", "does not exist", "Check the id", "api_key"}},
	} {
		_, diags := a.ReadDataSource(typeName, test.config)
		diags.MustFail(t, "", test.words...)
	}
}

func TestPluralDataSourceReadsEveryPageSorted(t *testing.T) {
	t.Parallel()
	a := newAccount(t, withVariant(emulator.Variant{NewestFirst: true}))
	want := make([]string, 101)
	for i := range want {
		want[i] = fmt.Sprintf("abcdef00-0000-4000-8000-%012d", i)
		capabilities := `{}`
		if i%2 == 0 {
			capabilities = `{"voice": {"webhooks": {}}}`
		}
		a.seed(fmt.Sprintf(`{"id": %q, "name": "app %d", "capabilities": %s}`, want[i], i, capabilities))
	}
	read := func(config acctest.Values) []string {
		t.Helper()
		got, diags := a.ReadDataSource(pluralName, config)
		diags.MustBeEmpty(t)
		found := got["applications"].([]any)
		ids := make([]string, len(found))
		for i, application := range found {
			ids[i] = application.(acctest.Values)["id"].(string)
		}
		return ids
	}
	if diff := cmp.Diff(want, read(acctest.Values{})); diff != "" {
		t.Errorf("all (-want +got):\n%s", diff)
	}
	a.WantCalls(t, "GET /v2/applications", "GET /v2/applications")
	if diff := cmp.Diff([]string{want[7], want[70], want[71]}, read(acctest.Values{"name_regex": "^app 7[01]?$"})); diff != "" {
		t.Errorf("by name (-want +got):\n%s", diff)
	}
	byCapability := read(acctest.Values{"capability": "voice", "name_regex": "app [0-3]$"})
	if diff := cmp.Diff([]string{want[0], want[2]}, byCapability); diff != "" {
		t.Errorf("by capability and name (-want +got):\n%s", diff)
	}
	if none := read(acctest.Values{"name_regex": "^nothing$"}); len(none) != 0 {
		t.Errorf("found %v", none)
	}
}

func TestPluralDataSourceFiltersByEveryCapability(t *testing.T) {
	t.Parallel()
	a := newAccount(t)
	capabilities := []string{"messages", "network_apis", "rtc", "vbc", "verify", "video", "voice"}
	for i, capability := range capabilities {
		a.seed(fmt.Sprintf(`{"id": "abcdef00-0000-4000-8000-%012d", "name": %q, "capabilities": {%q: {}}}`, i, capability, capability))
	}
	for _, capability := range capabilities {
		got, diags := a.ReadDataSource(pluralName, acctest.Values{"capability": capability})
		diags.MustBeEmpty(t)
		found, _ := got["applications"].([]any)
		if len(found) != 1 || found[0].(acctest.Values)["name"] != capability {
			t.Errorf("%s: %v", capability, found)
		}
	}
}

func TestDataSourcesShowNoSecret(t *testing.T) {
	t.Parallel()
	a := newAccount(t)
	for _, name := range []string{typeName, pluralName} {
		text := fmt.Sprint(a.Schema().DataSourceSchemas[name].ValueType())
		for _, secret := range []string{"private_key", "public_key_wo", "secret"} {
			if slices.Contains(strings.FieldsFunc(text, func(r rune) bool { return r != '_' && (r < 'a' || r > 'z') }), secret) {
				t.Errorf("%s has %s", name, secret)
			}
		}
	}
}

func TestDataSourcesThroughTheCLI(t *testing.T) {
	t.Parallel()
	env := acctest.New(t)
	env.Test(t, resource.TestCase{Steps: []resource.TestStep{{
		Config: env.ProviderConfig() + `
			resource "vonage_application" "this" {
				name  = "tutorial"
				voice = { answer_url = { address = "https://example.com/answer" } }
			}
			data "vonage_application" "by_id" { id = vonage_application.this.id }
			data "vonage_application" "by_name" {
				name       = "tutorial"
				depends_on = [vonage_application.this]
			}
			data "vonage_applications" "voice" {
				capability = "voice"
				depends_on = [vonage_application.this]
			}`,
		Check: resource.ComposeTestCheckFunc(
			resource.TestCheckResourceAttr("data.vonage_application.by_id", "voice.answer_url.socket_timeout", "5000"),
			resource.TestCheckResourceAttrPair("data.vonage_application.by_name", "public_key", address, "public_key"),
			resource.TestCheckResourceAttrPair("data.vonage_applications.voice", "applications.0.id", address, "id"),
		),
	}}})
}
