// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package verify_test

import (
	"fmt"
	"net/http"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/vonage/terraform-provider-vonage/internal/acctest"
	"github.com/vonage/terraform-provider-vonage/internal/emulator"
	"github.com/vonage/terraform-provider-vonage/internal/provider"
)

type values = acctest.Values

const (
	templateType = "vonage_verify_template"
	fragmentType = "vonage_verify_template_fragment"

	oldID   = "aaaaaaaa-0000-4000-8000-000000000001"
	oldText = "bbbbbbbb-0000-4000-8000-000000000001"
	text    = "Your code: ${code}"
)

// account is an emulated account.
type account struct {
	*acctest.Env

	t *testing.T
}

func newAccount(t *testing.T, options ...acctest.Option) account {
	t.Helper()
	return account{acctest.New(t, options...), t}
}

// under returns an account under a variant of the API.
func under(t *testing.T, variant emulator.Variant) account {
	t.Helper()
	return newAccount(t, acctest.WithEmulator(func(o *emulator.Options) { o.Variant = variant }))
}

// has puts a template into the account, with these fragments.
func (a account) has(id, name string, isDefault bool, fragments values) {
	a.t.Helper()
	if err := a.Emulator.Documents("verify_templates").Seed(id, values{"name": name, "is_default": isDefault, "fragments": fragments}); err != nil {
		a.t.Fatal(err)
	}
}

func (a account) hasOld() {
	a.t.Helper()
	a.has(oldID, "old", true, values{oldText: values{
		"channel": "sms", "locale": "en-us", "text": text, "date_created": "2024-01-01T10:00:00.12345678Z", "date_updated": "2024-01-02T10:00:00Z",
	}})
}

// defaults returns the names of the default templates.
func (a account) defaults() []string {
	var names []string
	for _, template := range a.Emulator.Documents("verify_templates").All() {
		if template["is_default"] == true {
			names = append(names, fmt.Sprint(template["name"]))
		}
	}
	return names
}

func TestTemplateLifeCycle(t *testing.T) {
	t.Parallel()
	a := newAccount(t)
	object, diags := a.Protocol(t).Change(templateType, acctest.Object{}, values{"name": "login"})
	diags.MustBeEmpty(t)
	id := fmt.Sprint(object.State["id"])
	const one = " /v2/verify/templates/ID"
	a.WantCalls(t, "GET /v2/verify/templates", "POST /v2/verify/templates", "GET"+one)
	if diff := cmp.Diff(values{"id": id, "name": "login", "is_default": true, "timeouts": nil}, object.State); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(values{"id": id}, object.Identity); diff != "" {
		t.Error(diff)
	}
	object, diags = a.Protocol(t).Change(templateType, object, values{"name": "sign-in"})
	diags.MustBeEmpty(t)
	a.WantCalls(t, "PATCH"+one)
	if got, _ := a.Emulator.Documents("verify_templates").Get(id); got["name"] != "sign-in" || got["is_default"] != true {
		t.Errorf("the account has %v", got)
	}
	p := a.Protocol(t)
	read, diags := p.Read(templateType, object)
	diags.MustBeEmpty(t)
	a.WantCalls(t, "GET /v2/verify/templates")
	if plan, _ := p.Plan(templateType, read, values{"name": "sign-in"}); plan.Changes() {
		t.Errorf("the second plan has changes: %v", plan.State)
	}
	for name, imported := range map[string]func(*acctest.Protocol) (acctest.Object, acctest.Diagnostics){
		"id": func(p *acctest.Protocol) (acctest.Object, acctest.Diagnostics) { return p.Import(templateType, id) },
		"name": func(p *acctest.Protocol) (acctest.Object, acctest.Diagnostics) {
			return p.Import(templateType, "name=sign-in")
		},
		"identity": func(p *acctest.Protocol) (acctest.Object, acctest.Diagnostics) {
			return p.ImportIdentity(templateType, values{"id": id})
		},
	} {
		p := a.Protocol(t)
		got, diags := imported(p)
		diags.MustBeEmpty(t)
		if plan, _ := p.Plan(templateType, got, values{"name": "sign-in"}); plan.Changes() {
			t.Errorf("the plan after an import by %s has changes: %v", name, plan.State)
		}
	}
	for asked, words := range map[string]string{"x": "Invalid import id", "name=nobody": "no Verify template has the name"} {
		_, diags := a.Protocol(t).Import(templateType, asked)
		diags.MustFail(t, "", words)
	}
	a.Calls()
	_, diags = a.Protocol(t).Change(templateType, object, nil)
	diags.MustBeEmpty(t)
	a.WantCalls(t, "GET"+one+"/template_fragments", "DELETE"+one)
	gone, diags := a.Protocol(t).Read(templateType, object)
	diags.MustBeEmpty(t)
	if gone.State != nil {
		t.Errorf("deleted, and there is %v", gone.State)
	}
}

// TestTheDefaultStays: a template that is created never takes the default away, unless it says so, whatever Vonage does.
func TestTheDefaultStays(t *testing.T) {
	t.Parallel()
	for _, defaulting := range []string{"first", "every", "none"} {
		t.Run(defaulting, func(t *testing.T) {
			t.Parallel()
			for config, want := range map[*bool]string{nil: "old", new(false): "old", new(true): "new"} {
				a := under(t, emulator.Variant{TemplateDefault: defaulting})
				a.hasOld()
				settings := values{"name": "new"}
				if config != nil {
					settings["is_default"] = *config
				}
				object, diags := a.Protocol(t).Change(templateType, acctest.Object{}, settings)
				diags.MustBeEmpty(t)
				if diff := cmp.Diff([]string{want}, a.defaults()); diff != "" || object.State["is_default"] != (want == "new") {
					t.Errorf("is_default = %v gives %v and %v", settings["is_default"], a.defaults(), object.State)
				}
				p := a.Protocol(t)
				read, diags := p.Read(templateType, object)
				diags.MustBeEmpty(t)
				if plan, _ := p.Plan(templateType, read, settings); plan.Changes() {
					t.Errorf("the second plan has changes: %v", plan.State)
				}
			}
		})
	}
}

func TestTheDefaultIsNotGivenUp(t *testing.T) {
	t.Parallel()
	a := under(t, emulator.Variant{OnlyDefaultStays: true})
	object, diags := a.Protocol(t).Change(templateType, acctest.Object{}, values{"name": "only", "is_default": false})
	diags.MustFail(t, "is_default", "still the default", "remove is_default here")
	if object.State["is_default"] != true {
		t.Errorf("the state is %v", object.State)
	}
}

func TestTwoDefaultsAreRefused(t *testing.T) {
	t.Parallel()
	a := newAccount(t)
	p := a.Protocol(t)
	first, diags := p.Plan(templateType, acctest.Object{}, values{"name": "a", "is_default": true})
	diags.MustBeEmpty(t)
	_, diags = p.Plan(templateType, acctest.Object{}, values{"name": "b", "is_default": true})
	diags.MustFail(t, "is_default", `Verify template "a"`, "only one")
	_, diags = p.Replan(first, nil)
	diags.MustBeEmpty(t)
	_, diags = p.Plan(templateType, acctest.Object{}, values{"name": "a"}) // thought better of it
	diags.MustBeEmpty(t)
	_, diags = p.Plan(templateType, acctest.Object{}, values{"name": "b", "is_default": true})
	diags.MustBeEmpty(t)

	p = a.Protocol(t) // names that only the apply knows
	one, _ := p.Plan(templateType, acctest.Object{}, values{"name": acctest.Unknown, "is_default": true})
	two, diags := p.Plan(templateType, acctest.Object{}, values{"name": acctest.Unknown, "is_default": true})
	diags.MustBeEmpty(t)
	_, diags = p.Plan(templateType, acctest.Object{}, values{"name": "c", "is_default": true})
	diags.MustBeEmpty(t)
	one.State, two.State = acctest.With(one.State, values{"name": "c"}), acctest.With(two.State, values{"name": "d"})
	_, diags = p.Apply(one)
	diags.MustBeEmpty(t)
	_, diags = p.Apply(two)
	diags.MustFail(t, "is_default", `"c"`)
	if len(a.Emulator.Documents("verify_templates").All()) != 1 {
		t.Errorf("the account has %v", a.Emulator.Documents("verify_templates").All())
	}
}

func TestRefusedTemplates(t *testing.T) {
	t.Parallel()
	a := newAccount(t)
	a.hasOld()
	_, diags := a.Protocol(t).Change(templateType, acctest.Object{}, values{"name": "old"})
	diags.MustFail(t, "name", "exists already", "import", "name=", "create_before_destroy")
	for i := range 9 {
		a.has(fmt.Sprintf("cccccccc-0000-4000-8000-%012d", i), fmt.Sprintf("t%d", i), false, nil)
	}
	_, diags = a.Protocol(t).Change(templateType, acctest.Object{}, values{"name": "eleventh"})
	diags.MustFail(t, "", "maximum number of templates", "at most ten")

	disabled := under(t, emulator.Variant{TemplatesNotEnabled: true})
	disabled.hasOld()
	_, diags = disabled.Protocol(t).Change(templateType, acctest.Object{}, values{"name": "new"})
	diags.MustFail(t, "", "Templates management is not enabled for your account", "Ask Vonage support")
	_, diags = disabled.Protocol(t).Change(fragmentType, acctest.Object{}, english(oldID))
	diags.MustFail(t, "", "not enabled", "Ask Vonage support")
	_, diags = disabled.Protocol(t).Import(templateType, oldID) // reading works for everybody
	diags.MustBeEmpty(t)
}

// TestTemplateWithFragments: a destroy deletes nothing while there are fragments, and names them.
func TestTemplateWithFragments(t *testing.T) {
	t.Parallel()
	a := newAccount(t)
	a.hasOld()
	template, _ := a.Protocol(t).Import(templateType, oldID)
	kept, diags := a.Protocol(t).Change(templateType, template, nil)
	diags.MustFail(t, "", "sms en-us ("+oldText+")", "Nothing was deleted", oldID+"/FRAGMENT")
	if kept.State == nil || len(a.Emulator.Documents("verify_templates").All()) != 1 {
		t.Errorf("the state is %v, the account has %v", kept.State, a.Emulator.Documents("verify_templates").All())
	}
	fragment, _ := a.Protocol(t).Import(fragmentType, oldID+"/"+oldText)
	p := a.Protocol(t)
	_, diags = p.Change(fragmentType, fragment, nil)
	diags.MustBeEmpty(t)
	_, diags = p.Change(templateType, template, nil)
	diags.MustBeEmpty(t)
}

// TestLateReads: reads that settle late do not make a template with fragments fail, in either direction.
func TestLateReads(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		a := newAccount(t, acctest.InMemory(), acctest.WithEmulator(func(o *emulator.Options) {
			o.Variant = emulator.Variant{Settling: 2 * time.Second, TemplateDefault: "every"}
		}))
		p := a.Protocol(t)
		template, diags := p.Change(templateType, acctest.Object{}, values{"name": "new", "is_default": false})
		diags.MustBeEmpty(t)
		fragment, diags := p.Change(fragmentType, acctest.Object{}, english(template.State["id"]))
		diags.MustBeEmpty(t)
		<-time.After(time.Minute)
		p = a.Protocol(t)
		_, diags = p.Change(fragmentType, fragment, nil)
		diags.MustBeEmpty(t)
		_, diags = p.Change(templateType, template, nil)
		diags.MustBeEmpty(t)
		if left := a.Emulator.Documents("verify_templates").All(); len(left) > 0 {
			t.Errorf("left over: %v", left)
		}
	})
}

// TestReadsRightAfterAWrite: what is not shown yet is waited for, stays in the state, and can be changed and deleted.
func TestReadsRightAfterAWrite(t *testing.T) {
	t.Parallel()
	for settling, shown := range map[time.Duration]bool{2 * time.Second: true, 5 * time.Second: true, time.Minute: false} {
		t.Run(settling.String(), func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				a := newAccount(t, acctest.InMemory(), acctest.WithProvider(provider.WithClock(time.Now)),
					acctest.WithEmulator(func(o *emulator.Options) { o.Variant.Settling = settling }))
				a.has(oldID, "old", true, nil)
				fragment, diags := a.Protocol(t).Change(fragmentType, acctest.Object{}, english(oldID))
				diags.MustBeEmpty(t)
				template, diags := a.Protocol(t).Change(templateType, acctest.Object{}, values{"name": "new"})
				diags.MustBeEmpty(t)
				for typeName, object := range map[string]acctest.Object{fragmentType: fragment, templateType: template} {
					read, diags := a.Protocol(t).Read(typeName, object)
					if shown {
						diags.MustBeEmpty(t)
					} else {
						diags.MustWarn(t, "", "not shown yet")
					}
					if read.State == nil {
						t.Fatalf("%s was taken for gone", typeName)
					}
				}
			})
		})
	}
	synctest.Test(t, func(t *testing.T) {
		a := newAccount(t, acctest.InMemory(), acctest.WithProvider(provider.WithClock(time.Now)),
			acctest.WithEmulator(func(o *emulator.Options) { o.Variant.Settling = 2 * time.Second }))
		a.has(oldID, "old", true, nil)
		fragment, diags := a.Protocol(t).Change(fragmentType, acctest.Object{}, english(oldID))
		diags.MustBeEmpty(t)
		_, diags = a.Protocol(t).Change(fragmentType, fragment, nil)
		diags.MustBeEmpty(t)
		if stored, _ := a.Emulator.Documents("verify_templates").Get(oldID); len(stored["fragments"].(values)) != 0 {
			t.Errorf("left over: %v", stored)
		}
		fragment, diags = a.Protocol(t).Change(fragmentType, acctest.Object{}, acctest.With(english(oldID), values{"locale": "de-de"}))
		diags.MustBeEmpty(t)
		_, diags = a.Protocol(t).Change(fragmentType, fragment, acctest.With(english(oldID), values{"locale": "de-de", "text": text + "!"}))
		diags.MustBeEmpty(t)
	})
}

func TestConfigurationsAreChecked(t *testing.T) {
	t.Parallel()
	p := newAccount(t).Protocol(t)
	for _, name := range []string{"", "with blank", "ä", string(make([]byte, 65)), "a.b"} {
		p.ValidateResource(templateType, values{"name": name}).MustFail(t, "name", "1 to 64 letters")
	}
	p.ValidateResource(templateType, values{"name": "Login_2-a"}).MustBeEmpty(t)
	p.ValidateResource(fragmentType, english(oldID)).MustBeEmpty(t)
	for _, test := range []struct{ attribute, value, words string }{
		{"text", "Your code", "$${code}"},
		{"text", "", "two dollar signs"},
		{"locale", "english!", "en-us"},
		{"locale", "en_US", "en-us"},
		{"channel", "", "sms or voice"},
		{"template_id", "not-an-id-at-all", "UUID"},
	} {
		p.ValidateResource(fragmentType, acctest.With(english(oldID), values{test.attribute: test.value})).MustFail(t, test.attribute, test.words)
	}
	p.ValidateResource(fragmentType, acctest.With(english(oldID), values{"channel": "rcs"})).MustWarn(t, "channel", "rcs")
	p.ValidateResource(fragmentType, acctest.With(english(oldID), values{"text": text + " ${time}"})).MustWarn(t, "text", "${time}", "${time-limit}")
	_, diags := p.Plan(fragmentType, acctest.Object{}, english("abcd1234")) // as from a mocked provider
	diags.MustFail(t, "template_id", "Invalid template id")
}

func TestDataSourcesAndLists(t *testing.T) {
	t.Parallel()
	a := newAccount(t)
	a.hasOld()
	a.has("00000000-0000-4000-8000-000000000001", "new", false, nil)
	for _, by := range []values{{"id": oldID}, {"name": "old"}} {
		got, diags := a.Protocol(t).ReadDataSource(templateType, by)
		diags.MustBeEmpty(t)
		want := values{"id": oldID, "name": "old", "is_default": true, "fragments": []any{values{
			"fragment_id": oldText, "channel": "sms", "locale": "en-us", "text": text, "date_created": "2024-01-01T10:00:00.12345678Z", "date_updated": "2024-01-02T10:00:00Z",
		}}}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Error(diff)
		}
	}
	a.Protocol(t).ValidateDataSource(templateType, values{}).MustFail(t, "id", "id", "name")
	_, diags := a.Protocol(t).ReadDataSource(templateType, values{"name": "nobody"})
	diags.MustFail(t, "", "no Verify template has the name")
	got, diags := a.Protocol(t).ReadDataSource("vonage_verify_templates", values{})
	diags.MustBeEmpty(t)
	want := values{"templates": []any{
		values{"id": "00000000-0000-4000-8000-000000000001", "name": "new", "is_default": false}, values{"id": oldID, "name": "old", "is_default": true},
	}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	listed, diags := a.Protocol(t).List(fragmentType, values{}, 10, true)
	diags.MustBeEmpty(t)
	imported, _ := a.Protocol(t).Import(fragmentType, oldID+"/"+oldText)
	if len(listed) != 1 || listed[0].DisplayName != "old sms en-us" || !cmp.Equal(listed[0].Resource, imported.State) || !cmp.Equal(listed[0].Identity, imported.Identity) {
		t.Errorf("listed %v", listed)
	}
	a.Calls()
	if listed, _ = a.Protocol(t).List(templateType, values{}, 10, true); len(listed) != 2 {
		t.Errorf("listed %v", listed)
	}
	a.WantCalls(t, "GET /v2/verify/templates")
}

// TestLostAnswers: neither a template nor a fragment is made twice, and one that was made is adopted.
func TestLostAnswers(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		a := newAccount(t, acctest.InMemory())
		a.Fail(t, emulator.Fault{Method: http.MethodPost, Path: "/v2/verify/templates", Kind: emulator.CloseAfter})
		template, diags := a.Protocol(t).Change(templateType, acctest.Object{}, values{"name": "new"})
		diags.MustBeEmpty(t)
		list := fmt.Sprintf("/v2/verify/templates/%s/template_fragments", template.State["id"])
		a.Fail(t, emulator.Fault{Method: http.MethodPost, Path: list, Kind: emulator.StatusAfter, Status: http.StatusBadGateway})
		fragment, diags := a.Protocol(t).Change(fragmentType, acctest.Object{}, english(template.State["id"]))
		diags.MustBeEmpty(t)
		stored, _ := a.Emulator.Documents("verify_templates").Get(fmt.Sprint(template.State["id"]))
		if made, _ := stored["fragments"].(values); len(a.Emulator.Documents("verify_templates").All()) != 1 || len(made) != 1 || made[fmt.Sprint(fragment.State["fragment_id"])] == nil {
			t.Errorf("the account has %v", a.Emulator.Documents("verify_templates").All())
		}
	})
}
