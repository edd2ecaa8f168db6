// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package provider_test

import (
	"strings"
	"testing"

	"github.com/vonage/terraform-provider-vonage/internal/acctest"
)

// notKnownYet is a provider block whose credentials another resource will produce.
var notKnownYet = values{
	"api_key": acctest.Unknown, "api_secret": acctest.Unknown, "application_id": acctest.Unknown, "private_key": acctest.Unknown,
}

// A data source can be read later, during the apply; that is what its error says.
func TestDataSourcesOfAnUnknownProviderBlock(t *testing.T) {
	t.Parallel()
	p := acctest.New(t).Protocol(t, notKnownYet)
	configs := map[string]values{
		"vonage_application":       {"id": anApplication},
		"vonage_applications":      {},
		"vonage_number":            {"msisdn": "447700900001"},
		"vonage_numbers":           {},
		"vonage_available_numbers": {"country": "GB"},
		"vonage_conversation":      {"id": aConversation},
		"vonage_subaccount":        {"api_key": "0000beef"},
		"vonage_subaccounts":       {},
	}
	for _, offered := range p.Metadata().DataSources {
		config, ok := configs[offered.TypeName]
		if !ok {
			t.Errorf("no configuration for %s", offered.TypeName)
			continue
		}
		_, diags := p.ReadDataSource(offered.TypeName, config)
		diags.MustFail(t, "", "is known only after apply", "Add depends_on to the data source", "or apply in two steps, first what")
	}
}

// A resource has no such way: what is in the state has to be read before it can be planned.
func TestResourcesOfAnUnknownProviderBlock(t *testing.T) {
	t.Parallel()
	env := acctest.New(t)
	if err := env.Emulator.SeedNumber("GB/447700900001", values{"country": "GB", "msisdn": "447700900001", "type": "mobile-lvn", "features": []string{"VOICE"}}); err != nil {
		t.Fatal(err)
	}
	known, unknown := env.Protocol(t), env.Protocol(t, notKnownYet)
	application, diags := known.Change("vonage_application", acctest.Object{}, values{"name": "n"})
	diags.MustBeEmpty(t)
	objects := map[string]acctest.Object{"vonage_application": application}
	for typeName, id := range map[string]string{"vonage_number": "GB/447700900001"} {
		objects[typeName], diags = known.Import(typeName, id)
		diags.MustBeEmpty(t)
	}
	objects["vonage_number_link"], diags = known.Change("vonage_number_link", acctest.Object{}, values{
		"msisdn": "447700900001", "application_id": application.State["id"],
	})
	diags.MustBeEmpty(t)
	objects["vonage_subaccount"], diags = known.Change("vonage_subaccount", acctest.Object{}, values{"name": "n"})
	diags.MustBeEmpty(t)
	for _, offered := range known.Metadata().Resources {
		object, ok := objects[offered.TypeName]
		if !ok {
			t.Errorf("no object of %s", offered.TypeName)
			continue
		}
		_, read := unknown.Read(offered.TypeName, object)
		_, imported := unknown.Import(offered.TypeName, map[string]string{
			"vonage_application": "name=n", "vonage_number": "447700900001", "vonage_number_link": "447700900001", "vonage_subaccount": "name=n",
		}[offered.TypeName])
		for what, diags := range map[string]acctest.Diagnostics{"read": read, "import": imported} {
			if what == "import" && !diags.HasError() {
				continue // the read that follows looks the object up
			}
			found := diags.MustFail(t, "", "api_key is known only after apply", "apply in two steps, first what api_key comes from (-target)")
			if strings.Contains(found.Detail, "data source") {
				t.Errorf("%s of %s: %s", what, offered.TypeName, found.Detail)
			}
		}
	}
	for _, offered := range known.Metadata().ListResources {
		listed, _ := unknown.List(offered.TypeName, values{}, 10, false)
		if len(listed) != 1 {
			t.Fatalf("list of %s: %v", offered.TypeName, listed)
		}
		found := listed[0].Diagnostics.MustFail(t, "", "api_key is known only after apply", "apply in two steps")
		if strings.Contains(found.Detail, "data source") {
			t.Errorf("list of %s: %s", offered.TypeName, found.Detail)
		}
	}
}
