// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package verify_test

import (
	"fmt"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/vonage/terraform-provider-vonage/internal/acctest"
	"github.com/vonage/terraform-provider-vonage/internal/emulator"
)

func english(template any) values {
	return values{"template_id": template, "channel": "sms", "locale": "en-US", "text": text}
}

func TestFragmentLifeCycle(t *testing.T) {
	t.Parallel()
	a := newAccount(t)
	a.has(oldID, "old", true, nil)
	object, diags := a.Protocol(t).Change(fragmentType, acctest.Object{}, english(oldID))
	diags.MustBeEmpty(t)
	const list = " /v2/verify/templates/ID/template_fragments"
	a.WantCalls(t, "GET"+list, "POST"+list)
	id := fmt.Sprint(object.State["fragment_id"])
	stored, _ := a.Emulator.Documents("verify_templates").Get(oldID)
	fragment, _ := stored["fragments"].(values)[id].(values)
	if fragment["locale"] != "en-us" || fragment["text"] != text {
		t.Errorf("the account has %v", fragment)
	}
	want := acctest.With(english(oldID), values{
		"id": oldID + "/" + id, "fragment_id": id, "date_created": fragment["date_created"], "date_updated": fragment["date_updated"], "timeouts": nil,
	})
	if diff := cmp.Diff(want, object.State); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(values{"template_id": oldID, "fragment_id": id}, object.Identity); diff != "" {
		t.Error(diff)
	}
	longer := acctest.With(english(oldID), values{"text": text + " for ${brand}", "locale": "en-us"})
	object, diags = a.Protocol(t).Change(fragmentType, object, longer)
	diags.MustBeEmpty(t)
	a.WantCalls(t, "PATCH"+list+"/ID")
	p := a.Protocol(t)
	read, diags := p.Read(fragmentType, object)
	diags.MustBeEmpty(t)
	a.WantCalls(t, "GET"+list)
	if plan, _ := p.Plan(fragmentType, read, longer); plan.Changes() {
		t.Errorf("the second plan has changes: %v", plan.State)
	}
	plan, _ := p.Plan(fragmentType, read, acctest.With(longer, values{"locale": "de-de", "channel": "voice"}))
	if diff := cmp.Diff([]string{"channel", "locale"}, plan.RequiresReplace); diff != "" {
		t.Error(diff)
	}
	for name, imported := range map[string]func(*acctest.Protocol) (acctest.Object, acctest.Diagnostics){
		"id": func(p *acctest.Protocol) (acctest.Object, acctest.Diagnostics) {
			return p.Import(fragmentType, oldID+"/"+id)
		},
		"identity": func(p *acctest.Protocol) (acctest.Object, acctest.Diagnostics) {
			return p.ImportIdentity(fragmentType, values{"template_id": oldID, "fragment_id": id})
		},
	} {
		p := a.Protocol(t)
		got, diags := imported(p)
		diags.MustBeEmpty(t)
		if plan, _ := p.Plan(fragmentType, got, longer); plan.Changes() {
			t.Errorf("the plan after an import by %s has changes: %v", name, plan.State)
		}
	}
	_, diags = a.Protocol(t).Import(fragmentType, oldID)
	diags.MustFail(t, "", "UUID of the fragment")
	a.Calls()
	_, diags = a.Protocol(t).Change(fragmentType, object, nil)
	diags.MustBeEmpty(t)
	a.WantCalls(t, "DELETE"+list+"/ID")
	a.Emulator.Documents("verify_templates").Remove(oldID)
	gone, diags := a.Protocol(t).Read(fragmentType, object) // with its template
	diags.MustBeEmpty(t)
	if gone.State != nil {
		t.Errorf("deleted, and there is %v", gone.State)
	}
}

func TestFragmentThatExists(t *testing.T) {
	t.Parallel()
	a := newAccount(t)
	a.hasOld()
	_, diags := a.Protocol(t).Change(fragmentType, acctest.Object{}, english(oldID))
	diags.MustFail(t, "locale", "exists", "import", oldID+"/"+oldText, "create_before_destroy")
	_, diags = a.Protocol(t).Change(fragmentType, acctest.Object{}, english("aaaaaaaa-0000-4000-8000-00000000000f"))
	diags.MustFail(t, "template_id", "was not found", "refer to it")
}

// TestMalformedFragmentsStay: what Vonage returns is not checked, and does not block reading and destroying.
func TestMalformedFragmentsStay(t *testing.T) {
	t.Parallel()
	a := newAccount(t)
	a.has(oldID, "ödd näme", true, values{oldText: values{"channel": "pigeon", "locale": "EN_us!", "text": "no variable"}})
	object, diags := a.Protocol(t).Import(fragmentType, oldID+"/"+oldText)
	diags.MustBeEmpty(t)
	if object.State["locale"] != "EN_us!" || object.State["channel"] != "pigeon" {
		t.Errorf("the state is %v", object.State)
	}
	_, diags = a.Protocol(t).Change(fragmentType, object, nil)
	diags.MustBeEmpty(t)
	template, diags := a.Protocol(t).Import(templateType, "name=ödd näme")
	diags.MustBeEmpty(t)
	_, diags = a.Protocol(t).Change(templateType, template, nil)
	diags.MustBeEmpty(t)
}

// TestFragmentsOfOddTemplates: a template that cannot be read has its fragments in the list, and one that is gone since it was listed
// has none.
func TestFragmentsOfOddTemplates(t *testing.T) {
	t.Parallel()
	const lateID = "aaaaaaaa-0000-4000-8000-000000000002"
	a := newAccount(t)
	a.hasOld()
	stored, _ := a.Emulator.Documents("verify_templates").Get(oldID)
	if err := a.Emulator.Documents("verify_templates").Seed(oldID, acctest.With(stored, values{"is_default": values{"a": 1}})); err != nil {
		t.Fatal(err)
	}
	a.has(lateID, "late", false, nil)
	a.Fail(t, emulator.Fault{
		Kind: emulator.Status, Path: "/v2/verify/templates/" + lateID + "/template_fragments", Status: 404, Times: -1,
		Body: `{"type":"https://developer.vonage.com/api-errors/verify-v2#template-not-found","title":"Not Found"}`,
	})
	listed, diags := a.Protocol(t).List(fragmentType, values{}, 10, true)
	diags.MustBeEmpty(t)
	if len(listed) != 1 || listed[0].DisplayName != "old sms en-us" {
		t.Errorf("listed %v", listed)
	}
}

// TestManyFragmentsCostOneListEach: what one run reads of the fragments of a template is one list.
func TestManyFragmentsCostOneListEach(t *testing.T) {
	t.Parallel()
	a := newAccount(t)
	fragments := values{}
	for i := range 25 {
		fragments[fmt.Sprintf("bbbbbbbb-0000-4000-8000-%012d", i)] = values{"channel": "sms", "locale": fmt.Sprintf("en-%02d", i), "text": text}
	}
	a.has(oldID, "old", false, fragments)
	p := a.Protocol(t)
	objects := make(chan acctest.Object, len(fragments))
	var all sync.WaitGroup
	for id := range fragments {
		all.Go(func() {
			object, diags := p.Import(fragmentType, oldID+"/"+id)
			diags.MustBeEmpty(t)
			objects <- object
		})
	}
	all.Wait()
	if calls := a.Calls(); len(calls) != 3 { // pages of ten
		t.Errorf("%d calls: %v", len(calls), calls)
	}
	if len(objects) != len(fragments) {
		t.Errorf("%d fragments", len(objects))
	}
}
