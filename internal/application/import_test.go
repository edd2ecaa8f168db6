// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package application_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/tfversion"

	"github.com/vonage/terraform-provider-vonage/internal/acctest"
)

func TestImport(t *testing.T) {
	t.Parallel()
	a := newAccount(t)
	config := acctest.Values{"name": "the one", "rtc": acctest.Values{}}
	created := a.create(config)
	a.create(acctest.Values{"name": "another"})
	id, _ := created.State["id"].(string)
	identity := acctest.Values{"id": id}
	for name, read := range map[string]func() (acctest.Object, acctest.Diagnostics){
		"id":       func() (acctest.Object, acctest.Diagnostics) { return a.Import(typeName, id) },
		"name":     func() (acctest.Object, acctest.Diagnostics) { return a.Import(typeName, "name=the one") },
		"identity": func() (acctest.Object, acctest.Diagnostics) { return a.ImportIdentity(typeName, identity) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			object, diags := read()
			diags.MustBeEmpty(t)
			want := acctest.With(created.State, acctest.Values{"private_key": nil})
			if diff := cmp.Diff(want, object.State); diff != "" {
				t.Errorf("state (-created +imported):\n%s", diff)
			}
			if diff := cmp.Diff(identity, object.Identity); diff != "" {
				t.Errorf("identity (-want +got):\n%s", diff)
			}
			plan, diags := a.Plan(typeName, object, config)
			diags.MustBeEmpty(t)
			if plan.Changes() {
				t.Errorf("the plan is not empty: %s", cmp.Diff(object.State, plan.State))
			}
		})
	}
}

func TestImportWritesTheIDAsTheAPIDoes(t *testing.T) {
	t.Parallel()
	a := newAccount(t)
	id := a.seed(`{"id": "abcdef00-0000-4000-8000-000000000001", "name": "n"}`)
	object := a.importID("ABCDEF00-0000-4000-8000-000000000001")
	if object.State["id"] != id || object.Identity["id"] != id {
		t.Errorf("state %v, identity %v", object.State["id"], object.Identity)
	}
}

func TestImportRefusesWhatItCannotFind(t *testing.T) {
	t.Parallel()
	a := newAccount(t)
	first := a.seed(`{"id": "abcdef00-0000-4000-8000-000000000001", "name": "twin"}`)
	second := a.seed(`{"id": "abcdef00-0000-4000-8000-000000000002", "name": "twin"}`)
	for asked, words := range map[string][]string{
		"twin":         {"Invalid import id", "twin", "name="},
		"name=twin":    {"2 applications", first, second},
		"":             {"Invalid import id", "name="},
		"name=nobody":  {"application has the name", "nobody", "api_key"},
		"not/an/id":    {"Invalid import id"},
		"name=":        {"application has the name"},
		first + "zzzz": {"Invalid import id"},
	} {
		_, diags := a.Import(typeName, asked)
		diags.MustFail(t, "", words...)
	}
	gone, diags := a.Import(typeName, "abcdef00-0000-4000-8000-00000000dead")
	diags.MustBeEmpty(t)
	if gone.State != nil { // Terraform reports that it cannot import a non-existent object
		t.Errorf("imported %v", gone.State)
	}
}

func TestImportThroughTheCLI(t *testing.T) {
	t.Parallel()
	env := acctest.New(t)
	config := env.ProviderConfig() + `resource "vonage_application" "this" {
		name = "by name"
		rtc  = {}
	}`
	env.Test(t, resource.TestCase{Steps: []resource.TestStep{
		{Config: config},
		{
			Config: config, ResourceName: address, ImportState: true, ImportStateId: "name=by name",
			ImportStateVerify: true, ImportStateVerifyIgnore: []string{"private_key"},
		},
		{Config: config, ResourceName: address, ImportState: true, ImportStateId: "name=by name", ImportStateKind: resource.ImportBlockWithID},
	}})
}

func TestImportByIdentityThroughTheCLI(t *testing.T) {
	t.Parallel()
	env := acctest.New(t)
	config := env.ProviderConfig() + `resource "vonage_application" "this" { name = "by identity" }`
	env.Test(t, resource.TestCase{
		TerraformVersionChecks: []tfversion.TerraformVersionCheck{tfversion.SkipBelow(tfversion.Version1_12_0)},
		Steps: []resource.TestStep{
			{Config: config},
			{
				Config: config, ResourceName: address, ImportState: true, ImportStateKind: resource.ImportBlockWithResourceIdentity,
				ImportPlanChecks: resource.ImportPlanChecks{
					PreApply: []plancheck.PlanCheck{plancheck.ExpectResourceAction(address, plancheck.ResourceActionNoop)},
				},
			},
		},
	})
}
