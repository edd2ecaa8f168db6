// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package acctest

import (
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/terraform-plugin-framework/providerserver"
)

func newLab(t *testing.T) *Protocol {
	t.Helper()
	p := NewProtocol(t, providerserver.NewProtocol6(new(lab))())
	p.Configure(Values{}).MustBeEmpty(t)
	return p
}

func mustEqual(t *testing.T, got, want any) {
	t.Helper()
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

func TestProtocolResourceLifeCycle(t *testing.T) {
	t.Parallel()
	p := newLab(t)

	plan, diags := p.Plan("lab_thing", Object{}, Values{"name": "a"})
	diags.MustBeEmpty(t)
	mustEqual(t, plan.State, Values{"id": Unknown, "kind": nil, "name": "a", "note": Unknown})
	if !plan.Changes() {
		t.Error("a create changes nothing")
	}
	created, diags := p.Apply(plan)
	diags.MustBeEmpty(t)
	mustEqual(t, created.State, Values{"id": "1", "kind": nil, "name": "a", "note": "noted"})
	mustEqual(t, created.Identity, Values{"id": "1"})

	read, diags := p.Read("lab_thing", created)
	diags.MustBeEmpty(t) // requires the private state that Apply returned
	plan, diags = p.Plan("lab_thing", read, Values{"name": "a"})
	diags.MustBeEmpty(t)
	if plan.Changes() {
		t.Errorf("a second plan has changes: %v", plan.State)
	}

	plan, diags = p.Plan("lab_thing", read, Values{"name": "a", "kind": "other"})
	diags.MustBeEmpty(t)
	mustEqual(t, plan.RequiresReplace, []string{"kind"})

	changed, diags := p.Change("lab_thing", read.WithoutIdentity(), Values{"name": "b", "note": "mine"})
	diags.MustBeEmpty(t)
	mustEqual(t, changed.State, Values{"id": "1", "kind": nil, "name": "b", "note": "mine"})

	gone, diags := p.Change("lab_thing", changed, nil)
	diags.MustBeEmpty(t)
	if gone.State != nil {
		t.Errorf("destroyed, and there is %v", gone.State)
	}
	gone, diags = p.Read("lab_thing", changed)
	diags.MustBeEmpty(t)
	if gone.State != nil {
		t.Errorf("gone, and there is %v", gone.State)
	}
	p.ValidateResource("lab_thing", Values{}).MustFail(t, "name", "required")
}

func TestProtocolImports(t *testing.T) {
	t.Parallel()
	p := newLab(t)
	_, diags := p.Change("lab_thing", Object{}, Values{"name": "a"})
	diags.MustBeEmpty(t)

	byID, diags := p.Import("lab_thing", "1")
	diags.MustWarn(t, "", "made elsewhere")
	byIdentity, diags := p.ImportIdentity("lab_thing", Values{"id": "1"})
	diags.MustWarn(t, "", "made elsewhere")
	mustEqual(t, byIdentity.State, byID.State)
	mustEqual(t, byIdentity.State["name"], "a")
	mustEqual(t, byIdentity.Identity, Values{"id": "1"})
}

func TestProtocolUpgradesMovesAndGenerates(t *testing.T) {
	t.Parallel()
	p := newLab(t)
	upgraded, diags := p.Upgrade("lab_thing", 0, Values{"title": "old"})
	diags.MustBeEmpty(t)
	mustEqual(t, upgraded["name"], "old")

	moved, diags := p.Move(Source{Provider: "registry.terraform.io/other/other", TypeName: "other_thing", State: Values{"x": "moved"}}, "lab_thing")
	diags.MustBeEmpty(t)
	mustEqual(t, moved.State["name"], "moved")
	_, diags = p.Move(Source{TypeName: "unheard_of"}, "lab_thing")
	if !diags.HasError() {
		t.Error("anything can be moved")
	}

	config, diags := p.GenerateConfig("lab_thing", Values{"id": "1", "name": "a", "note": "noted"})
	diags.MustBeEmpty(t)
	mustEqual(t, config["name"], "a")
	mustEqual(t, config["id"], nil)
}

func TestProtocolLists(t *testing.T) {
	t.Parallel()
	p := newLab(t)
	results, diags := p.List("lab_thing", Values{"prefix": "thing "}, 2, true)
	diags.MustBeEmpty(t)
	mustEqual(t, results, []Listed{
		{DisplayName: "thing a", Identity: Values{"id": "a"}, Resource: Values{"id": "a", "kind": nil, "name": nil, "note": nil}},
		{DisplayName: "thing b", Identity: Values{"id": "b"}, Resource: Values{"id": "b", "kind": nil, "name": nil, "note": nil}},
	})
	results, diags = p.List("lab_thing", Values{}, 1, false)
	diags.MustBeEmpty(t)
	mustEqual(t, results, []Listed{{DisplayName: "a", Identity: Values{"id": "a"}}})
}

func TestProtocolInvokesActions(t *testing.T) {
	t.Parallel()
	p := newLab(t)
	progress, diags := p.Invoke("lab_ring", Values{"who": "somebody"})
	diags.MustBeEmpty(t)
	mustEqual(t, progress, []string{"ringing somebody"})
	_, diags = p.Invoke("lab_ring", Values{"who": "nobody"})
	diags.MustFail(t, "", "Nobody answers")
	_, diags = p.Invoke("lab_ring", Values{})
	diags.MustFail(t, "who", "required")
}

func TestProtocolOpensAndCloses(t *testing.T) {
	t.Parallel()
	p := newLab(t)
	opened, diags := p.OpenEphemeral("lab_secret", Values{"of": "mine"})
	diags.MustBeEmpty(t)
	mustEqual(t, opened.Result, Values{"of": "mine", "value": "secret of mine"})
	p.CloseEphemeral("lab_secret", opened).MustWarn(t, "", "Closed", "mine")
	p.ValidateEphemeral("lab_secret", Values{}).MustFail(t, "of", "required")
}

func TestProtocolCallsFunctions(t *testing.T) {
	t.Parallel()
	p := newLab(t)
	joined, err := p.Call("join", "-", "a", "b")
	if err != nil {
		t.Fatal(err)
	}
	mustEqual(t, joined, "a-b")
	_, err = p.Call("join", "", "a")
	failure, ok := errors.AsType[*FunctionError](err)
	if !ok || failure.Argument != 0 || failure.Error() != "there must be a separator" {
		t.Errorf("error %v", err)
	}
}
