// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package application_test

import (
	"encoding/json"
	"maps"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/vonage/terraform-provider-vonage/internal/acctest"
	"github.com/vonage/terraform-provider-vonage/internal/emulator"
)

// account is one account and a provider for it, called through the protocol.
type account struct {
	*acctest.Env
	*acctest.Protocol

	t *testing.T
}

const typeName = "vonage_application"

func newAccount(t *testing.T, options ...acctest.Option) *account {
	t.Helper()
	env := acctest.New(t, options...)
	return &account{Env: env, Protocol: env.Protocol(t), t: t}
}

func withVariant(variant emulator.Variant) acctest.Option {
	return acctest.WithEmulator(func(options *emulator.Options) { options.Variant = variant })
}

// apply creates or changes an application and requires that there are no diagnostics.
func (a *account) apply(prior acctest.Object, config acctest.Values) acctest.Object {
	a.t.Helper()
	object, diags := a.Change(typeName, prior, config)
	diags.MustBeEmpty(a.t)
	return object
}

func (a *account) create(config acctest.Values) acctest.Object {
	a.t.Helper()
	return a.apply(acctest.Object{}, config)
}

// Read is a refresh. As in Terraform, it runs in a new provider, which has nothing cached.
func (a *account) Read(typeName string, object acctest.Object) (acctest.Object, acctest.Diagnostics) {
	a.t.Helper()
	a.Protocol = a.Env.Protocol(a.t)
	return a.Protocol.Read(typeName, object)
}

func (a *account) refresh(object acctest.Object) acctest.Object {
	a.t.Helper()
	object, diags := a.Read(typeName, object)
	diags.MustBeEmpty(a.t)
	return object
}

func (a *account) plan(prior acctest.Object, config acctest.Values) acctest.Plan {
	a.t.Helper()
	plan, diags := a.Plan(typeName, prior, config)
	diags.MustBeEmpty(a.t)
	return plan
}

// importID imports an application and requires that there are no diagnostics.
func (a *account) importID(id string) acctest.Object {
	a.t.Helper()
	object, diags := a.Import(typeName, id)
	diags.MustBeEmpty(a.t)
	return object
}

// mustSettle requires an empty plan, for the object as it is and for the refreshed one. It returns the latter.
func (a *account) mustSettle(object acctest.Object, config acctest.Values) acctest.Object {
	a.t.Helper()
	a.mustPlanNothing("at once", object, config)
	object = a.refresh(object)
	a.mustPlanNothing("after a refresh", object, config)
	return object
}

func (a *account) mustPlanNothing(when string, object acctest.Object, config acctest.Values) {
	a.t.Helper()
	if plan := a.plan(object, config); plan.Changes() {
		a.t.Errorf("a second plan %s is not empty (-state +plan):\n%s", when, cmp.Diff(object.State, plan.State))
	}
}

// document returns the application as stored by the API.
func (a *account) document(object acctest.Object) document {
	a.t.Helper()
	id, _ := object.State["id"].(string)
	doc, ok := a.Emulator.Application(id)
	if !ok {
		a.t.Fatalf("there is no application %q", id)
	}
	return doc
}

func (a *account) seed(doc string) string {
	a.t.Helper()
	decoder := json.NewDecoder(strings.NewReader(doc))
	decoder.UseNumber()
	var decoded document
	if err := decoder.Decode(&decoded); err != nil {
		a.t.Fatal(err)
	}
	id, _ := decoded["id"].(string)
	if err := a.Emulator.SeedApplication(id, decoded); err != nil {
		a.t.Fatal(err)
	}
	return id
}

// edit changes an application as a user does in the dashboard.
func (a *account) edit(object acctest.Object, how func(doc document)) {
	a.t.Helper()
	doc := maps.Clone(a.document(object))
	how(doc)
	id, _ := doc["id"].(string)
	if err := a.Emulator.SeedApplication(id, doc); err != nil {
		a.t.Fatal(err)
	}
}
