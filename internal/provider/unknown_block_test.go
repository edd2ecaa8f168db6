// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package provider_test

import (
	"strings"
	"testing"

	"github.com/vonage/terraform-provider-vonage/internal/acctest"
	"github.com/vonage/terraform-provider-vonage/internal/acctest/specimen"
)

// notKnownYet is a provider block whose credentials another resource will produce.
var notKnownYet = values{
	"api_key": acctest.Unknown, "api_secret": acctest.Unknown, "application_id": acctest.Unknown, "private_key": acctest.Unknown,
}

// A data source can be read later, during the apply; that is what its error says.
func TestDataSourcesOfAnUnknownProviderBlock(t *testing.T) {
	t.Parallel()
	p := acctest.New(t).Protocol(t, notKnownYet)
	configs := map[string]values{}
	for _, one := range specimen.All() {
		for _, question := range one.Questions {
			if question.Kind == "data" {
				configs[question.TypeName] = question.Config
			}
		}
	}
	for _, offered := range p.Metadata().DataSources {
		config, ok := configs[offered.TypeName]
		if !ok {
			t.Errorf("no specimen asks %s", offered.TypeName)
			continue
		}
		_, diags := p.ReadDataSource(offered.TypeName, config)
		diags.MustFail(t, "", "is known only after apply", "Add depends_on to the data source", "or apply in two steps, first what")
	}
}

// A resource has no such way: what is in the state has to be read before it can be planned.
func TestResourcesOfAnUnknownProviderBlock(t *testing.T) {
	t.Parallel()
	for _, one := range specimen.Resources() {
		t.Run(one.TypeName, func(t *testing.T) {
			t.Parallel()
			env := acctest.New(t)
			if err := specimen.Fill(env.Emulator); err != nil {
				t.Fatal(err)
			}
			object, diags := env.Protocol(t, specimen.AsApplication()).Change(one.TypeName, acctest.Object{}, one.Cases[0].First)
			if diags.HasError() {
				t.Fatal(diags)
			}
			needed := "api_key"
			if one.Cases[0].OfApplication {
				needed = "application_id"
			}
			unknown := env.Protocol(t, notKnownYet)
			_, read := unknown.Read(one.TypeName, object)
			_, imported := unknown.Import(one.TypeName, one.Settling.ImportID(object.State))
			listed, _ := unknown.List(one.TypeName, values{}, 10, false)
			if len(listed) != 1 {
				t.Fatalf("listed: %v", listed)
			}
			for what, diags := range map[string]acctest.Diagnostics{"read": read, "import": imported, "list": listed[0].Diagnostics} {
				if what == "import" && !diags.HasError() {
					continue // the read that follows looks the object up
				}
				found := diags.MustFail(t, "", needed+" is known only after apply", "apply in two steps, first what "+needed+" comes from (-target)")
				if strings.Contains(found.Detail, "data source") {
					t.Errorf("%s: %s", what, found.Detail)
				}
			}
		})
	}
}
