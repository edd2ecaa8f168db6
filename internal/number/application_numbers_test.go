// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package number_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/vonage/terraform-provider-vonage/internal/acctest"
)

const bulkType = "vonage_application_numbers"

// nth returns the digits of one of many numbers, of the range that Ofcom reserves for fiction.
func nth(i int) string { return fmt.Sprintf("44770090%04d", i) }

// ownsMany adds numbers to the account.
func (a account) ownsMany(count int, settings values) {
	a.t.Helper()
	for i := range count {
		a.owns("GB/"+nth(i), settings)
	}
}

func upTo(count int) []any {
	numbers := make([]any, count)
	for i := range numbers {
		numbers[i] = nth(i)
	}
	return numbers
}

func bulk(application string, numbers ...any) values {
	return values{"application_id": application, "numbers": append([]any{}, numbers...)}
}

// linkedOnes returns the digits of the numbers that are linked to an application.
func (a account) linkedOnes(application string) []any {
	linked := []any{}
	for id, number := range a.Emulator.Numbers() {
		if number["app_id"] == application {
			linked = append(linked, strings.TrimPrefix(id, "GB/"))
		}
	}
	slices.SortFunc(linked, func(a, b any) int { return strings.Compare(fmt.Sprint(a), fmt.Sprint(b)) })
	return linked
}

func (a account) wantLinked(application string, numbers ...any) {
	a.t.Helper()
	if diff := cmp.Diff(append([]any{}, numbers...), a.linkedOnes(application)); diff != "" {
		a.t.Errorf("linked to %s (-want +got):\n%s", application, diff)
	}
}

// mustChange applies a configuration in a new run and requires that there are no diagnostics.
func (a account) mustChange(object acctest.Object, config values) acctest.Object {
	a.t.Helper()
	object, diags := a.Protocol(a.t).Change(bulkType, object, config)
	diags.MustBeEmpty(a.t)
	return object
}

func (a account) mustRead(object acctest.Object) acctest.Object {
	a.t.Helper()
	object, diags := a.Protocol(a.t).Read(bulkType, object)
	diags.MustBeEmpty(a.t)
	return object
}

func TestApplicationNumbersCostPagesAndUpdates(t *testing.T) {
	t.Parallel()
	a := newAccount(t)
	a.ownsMany(250, nil)
	config := bulk(strings.ToUpper(ours), upTo(250)...)
	p := a.Protocol(t)
	plan, diags := p.Plan(bulkType, acctest.Object{}, config)
	diags.MustBeEmpty(t)
	a.WantCalls(t, list, list, list)
	object, diags := p.Apply(plan)
	diags.MustBeEmpty(t)
	if n := a.count(update); n != 250 {
		t.Errorf("%d updates", n)
	}
	if n := len(a.Calls()); n > 250+4 {
		t.Errorf("%d calls", n)
	}
	a.wantLinked(ours, upTo(250)...)
	want := values{
		"id": ours, "application_id": strings.ToUpper(ours), "numbers": upTo(250), "exclusive": false, "replace_existing_links": false, "timeouts": nil,
	}
	if diff := cmp.Diff(want, object.State); diff != "" {
		t.Errorf("state (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(values{"application_id": ours}, object.Identity); diff != "" {
		t.Errorf("identity (-want +got):\n%s", diff)
	}

	p = a.Protocol(t)
	object, diags = p.Read(bulkType, object)
	diags.MustBeEmpty(t)
	plan, diags = p.Plan(bulkType, object, config)
	diags.MustBeEmpty(t)
	a.WantCalls(t, list, list, list)
	if plan.Changes() {
		t.Error(cmp.Diff(object.State, plan.State))
	}
	a.wantNoChange(bulkType, object, config)
	a.WantCalls(t) // -refresh=false

	object = a.mustChange(object, acctest.With(config, values{"replace_existing_links": true, "timeouts": values{"create": "1m"}}))
	a.WantCalls(t) // attributes that only the provider uses cause no request

	object = a.mustChange(object, bulk(ours, upTo(249)...))
	a.wantLinked(ours, upTo(249)...)
	a.WantCalls(t, list, update)

	object = a.mustChange(object, bulk(ours, append(upTo(248), "GB/"+nth(249))...))
	a.wantLinked(ours, append(upTo(248), nth(249))...)
	if n := len(a.Calls()); n > 2*4 {
		t.Errorf("to add one and end one takes %d calls", n)
	}

	a.mustChange(object, nil)
	a.wantLinked(ours)
	if n := len(a.Calls()); n > 3+249+1 {
		t.Errorf("to end 249 takes %d calls", n)
	}
}

func TestApplicationNumbersThatAreLinkedAlreadyAreNotWritten(t *testing.T) {
	t.Parallel()
	a := newAccount(t)
	a.ownsMany(120, linkedTo(ours))
	a.mustCreate(bulkType, bulk(ours, upTo(120)...))
	a.WantCalls(t, list, list)
}

func TestApplicationNumbersValidation(t *testing.T) {
	t.Parallel()
	p := newAccount(t).Protocol(t)
	for name, test := range map[string]struct {
		numbers []any
		words   []string
	}{
		"plus":           {[]any{"+447700900001"}, []string{`"+447700900001" is to be written as "447700900001"`, "normalize_msisdn"}},
		"blanks":         {[]any{"44 7700 900001"}, []string{`is to be written as "447700900001"`}},
		"lower case":     {[]any{"gb/447700900001"}, []string{`is to be written as "GB/447700900001"`}},
		"national":       {[]any{"07700900001"}, []string{"begin with the country code"}},
		"UK":             {[]any{"UK/447700900001"}, []string{"which is GB"}},
		"a word":         {[]any{"customers"}, []string{"is not a phone number"}},
		"null":           {[]any{nil}, []string{"null"}},
		"twice":          {[]any{digits, gb}, []string{digits, gb, "same number"}},
		"with a country": {[]any{"JE/" + digits, digits}, []string{"same number"}},
		"many":           {[]any{"+1", "+2", "+3", "+4", "+5", "+6", "+7", "+8", "+9", "+10", "+11", "+12"}, []string{"2 more are wrong"}},
	} {
		t.Log(name)
		p.ValidateResource(bulkType, bulk(ours, test.numbers...)).MustFail(t, "numbers", test.words...)
	}
	p.ValidateResource(bulkType, bulk("my application", digits)).MustFail(t, "application_id", "UUID")
	for _, numbers := range []any{[]any{}, []any{digits}, []any{gb, "JE/" + digits}, acctest.Unknown, []any{acctest.Unknown, digits}, []any{"jp4146p4"}} {
		p.ValidateResource(bulkType, values{
			"application_id": acctest.Unknown, "numbers": numbers, "exclusive": acctest.Unknown, "replace_existing_links": acctest.Unknown,
		}).MustBeEmpty(t)
	}
	_, diags := p.Plan(bulkType, acctest.Object{}, bulk(ours, "jp4146p4"))
	diags.MustFail(t, "numbers", "is not a phone number")
}

func TestApplicationNumbersPlanOfWhatIsUnknown(t *testing.T) {
	t.Parallel()
	a := newAccount(t)
	a.owns(gb, nil)
	for name, test := range map[string]struct {
		provider, config values
		id               any
	}{
		"numbers":          {nil, values{"application_id": ours, "numbers": acctest.Unknown}, ours},
		"a number":         {nil, bulk(ours, acctest.Unknown, digits), ours},
		"application":      {nil, values{"application_id": acctest.Unknown, "numbers": []any{digits}}, acctest.Unknown},
		"credentials":      {values{"api_secret": acctest.Unknown}, bulk(ours, digits), ours},
		"numbers to come":  {nil, bulk(ours, digits, "33700900001", "FR/33700900002"), ours},
		"exclusive, alone": {values{"api_secret": acctest.Unknown}, acctest.With(bulk(ours, digits), values{"exclusive": true}), ours},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			plan, diags := a.Protocol(t, test.provider).Plan(bulkType, acctest.Object{}, test.config)
			diags.MustBeEmpty(t)
			if plan.State["id"] != test.id {
				t.Errorf("planned id %v", plan.State["id"])
			}
		})
	}
}

func TestApplicationNumbersShowDrift(t *testing.T) {
	t.Parallel()
	a := newAccount(t)
	a.ownsMany(5, nil)
	object := a.mustCreate(bulkType, bulk(ours, upTo(5)...))
	a.owns("GB/"+nth(1), nil)
	a.owns("GB/"+nth(2), linkedTo(theirs))
	a.Emulator.RemoveNumber("GB/" + nth(3))
	p := a.Protocol(t)
	object, diags := p.Read(bulkType, object)
	if diff := cmp.Diff([]any{nth(0), nth(4)}, object.State["numbers"]); diff != "" {
		t.Errorf("the state has (-want +got):\n%s", diff)
	}
	diags.Errors().MustBeEmpty(t)
	said := diags.String()
	for _, words := range []string{nth(2) + ": the number is linked to application " + theirs, "removed from the state: " + nth(3), "replace_existing_links"} {
		if !strings.Contains(said, words) {
			t.Errorf("%q is not said:\n%s", words, said)
		}
	}
	_, diags = p.Plan(bulkType, object, bulk(ours, upTo(5)...))
	diags.MustFail(t, "numbers", nth(2), theirs, "replace_existing_links = true", "-refresh=false")
	plan, diags := p.Plan(bulkType, object, bulk(ours, nth(0), nth(1), nth(4)))
	diags.MustBeEmpty(t)
	_, diags = p.Apply(plan)
	diags.MustBeEmpty(t)
	a.wantLinked(ours, nth(0), nth(1), nth(4))
	a.wantLinked(theirs, nth(2))
}

func TestApplicationNumbersAreGoneWhenNoneIsLinked(t *testing.T) {
	t.Parallel()
	a := newAccount(t)
	a.ownsMany(2, nil)
	object := a.mustCreate(bulkType, bulk(ours, upTo(2)...))
	a.ownsMany(2, nil)
	for _, current := range []acctest.Object{object, object.WithoutIdentity()} {
		if read := a.mustRead(current); read.State != nil {
			t.Errorf("the state is %v", read.State)
		}
	}
	none := a.mustCreate(bulkType, bulk(theirs))
	if read := a.mustRead(none); read.State == nil {
		t.Error("what has no numbers does not need any")
	}
}

func TestExclusiveApplicationNumbers(t *testing.T) {
	t.Parallel()
	a := newAccount(t)
	a.ownsMany(4, linkedTo(ours))
	config := acctest.With(bulk(ours, upTo(2)...), values{"exclusive": true})
	object, diags := a.create(bulkType, config)
	diags.MustWarn(t, "exclusive", nth(2)+", "+nth(3), "the apply unlinks them")
	a.wantLinked(ours, upTo(2)...)
	a.wantNoChange(bulkType, a.mustRead(object), config)

	a.owns("GB/"+nth(3), linkedTo(ours))
	object = a.mustRead(object)
	if diff := cmp.Diff([]any{nth(0), nth(1), nth(3)}, object.State["numbers"]); diff != "" {
		t.Errorf("the drift is (-want +got):\n%s", diff)
	}
	object = a.mustChange(object, config)
	a.wantLinked(ours, upTo(2)...)

	object = a.mustChange(object, bulk(ours, upTo(2)...))
	a.owns("GB/"+nth(3), linkedTo(ours))
	a.wantNoChange(bulkType, a.mustRead(object), bulk(ours, upTo(2)...))
	_, diags = a.Protocol(t).Change(bulkType, object, config)
	diags.MustWarn(t, "exclusive", nth(3))
	a.wantLinked(ours, upTo(2)...)
}

func TestApplicationNumbersSpellings(t *testing.T) {
	t.Parallel()
	a := newAccount(t)
	a.ownsMany(2, nil)
	object := a.mustCreate(bulkType, bulk(ours, "GB/"+nth(0), nth(1)))
	object = a.mustRead(object)
	a.wantNoChange(bulkType, object, bulk(ours, nth(0), "GB/"+nth(1)))
	a.Calls()
	object = a.mustChange(object, bulk(ours, nth(0)))
	a.wantLinked(ours, nth(0))
	if n := a.count(update); n != 1 {
		t.Errorf("%d updates", n)
	}
	_, diags := a.Protocol(t).Change(bulkType, object, bulk(ours, "US/"+nth(0)))
	diags.MustFail(t, "numbers", "the account has no number US/"+nth(0)+", but GB/"+nth(0), "Correct the country")
}

func TestApplicationNumbersOfTwoCountries(t *testing.T) {
	t.Parallel()
	a := newAccount(t)
	a.owns(gb, nil)
	a.owns("JE/"+digits, nil)
	_, diags := a.create(bulkType, bulk(ours, digits))
	diags.MustFail(t, "numbers", gb, "JE/"+digits, "with its country")
	object := a.mustCreate(bulkType, bulk(ours, "JE/"+digits))
	if a.setting("app_id") != "" {
		t.Error("the wrong number was linked")
	}
	imported, diags := a.Protocol(t).Import(bulkType, ours)
	diags.MustBeEmpty(t)
	if diff := cmp.Diff(object.State["numbers"], imported.State["numbers"]); diff != "" {
		t.Error(diff)
	}
	a.mustChange(object, nil)
	if number, _ := a.Emulator.Number("JE/" + digits); number["app_id"] != nil {
		t.Error("the number is still linked")
	}
}

func TestApplicationNumbersImport(t *testing.T) {
	t.Parallel()
	a := newAccount(t)
	a.ownsMany(250, linkedTo(ours))
	a.owns("GB/"+nth(3), linkedTo(theirs))
	config := bulk(ours, append(upTo(3), upTo(250)[4:]...)...)
	for name, imported := range map[string]func(*acctest.Protocol) (acctest.Object, acctest.Diagnostics){
		"id": func(p *acctest.Protocol) (acctest.Object, acctest.Diagnostics) {
			return p.Import(bulkType, strings.ToUpper(ours))
		},
		"identity": func(p *acctest.Protocol) (acctest.Object, acctest.Diagnostics) {
			return p.ImportIdentity(bulkType, values{"application_id": ours})
		},
	} {
		a.Calls()
		p := a.Protocol(t)
		object, diags := imported(p)
		diags.MustBeEmpty(t)
		plan, diags := p.Plan(bulkType, object, config)
		diags.MustBeEmpty(t)
		if plan.Changes() {
			t.Errorf("%s: %s", name, cmp.Diff(object.State, plan.State))
		}
		a.WantCalls(t, list, list, list)
	}
	_, diags := a.Protocol(t).Import(bulkType, "my application")
	diags.MustFail(t, "", "Invalid import id", "UUID")
	_, diags = a.Protocol(t).Import(bulkType, "bbbbbbbb-bbbb-4bbb-8bbb-bbbbbbbbbbbb")
	diags.MustFail(t, "", "nothing to import")
}

func TestApplicationNumbersList(t *testing.T) {
	t.Parallel()
	a := newAccount(t)
	a.ownsMany(150, linkedTo(ours))
	a.owns("GB/"+nth(3), linkedTo(theirs))
	a.owns("GB/"+nth(200), nil)
	results, diags := a.Protocol(t).List(bulkType, values{}, 10, true)
	diags.MustBeEmpty(t)
	a.WantCalls(t, list, list)
	if len(results) != 2 {
		t.Fatalf("%d results", len(results))
	}
	if results[0].DisplayName != "149 numbers of application "+ours || results[1].DisplayName != "1 number of application "+theirs {
		t.Errorf("%q and %q", results[0].DisplayName, results[1].DisplayName)
	}
	imported, diags := a.Protocol(t).Import(bulkType, theirs)
	diags.MustBeEmpty(t)
	if diff := cmp.Diff(imported.State, results[1].Resource); diff != "" {
		t.Errorf("listed as (-imported +listed):\n%s", diff)
	}
}
