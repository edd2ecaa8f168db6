// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package resilience_test

import (
	"fmt"
	"testing"
	"testing/synctest"

	"github.com/google/go-cmp/cmp"

	"github.com/vonage/terraform-provider-vonage/internal/acctest"
	"github.com/vonage/terraform-provider-vonage/internal/acctest/specimen"
)

// question is a question of a specimen.
type question struct{ specimen.Question }

func questions() []question {
	var all []question
	for _, one := range specimen.All() {
		for _, asked := range one.Questions {
			all = append(all, question{asked})
		}
	}
	return all
}

// ask returns the response, which is nil if there was an error.
func (q question) ask(p *acctest.Protocol) (any, acctest.Diagnostics) {
	switch q.Kind {
	case "data":
		state, diags := p.ReadDataSource(q.TypeName, q.Config)
		if diags.HasError() && cmp.Equal(acctest.With(nullsOf(state), q.Config), state) {
			return nil, diags // only the configuration, which Terraform discards
		}
		return state, diags
	case "list":
		results, diags := p.List(q.TypeName, q.Config, 100, true)
		var found []acctest.Listed
		for _, result := range results {
			if result.Identity != nil {
				found = append(found, result)
			}
			diags = append(diags, result.Diagnostics...)
		}
		if len(found) == 0 {
			return nil, diags
		}
		return found, diags
	default:
		_, diags := p.Invoke(q.TypeName, q.Config)
		return nil, diags
	}
}

// TestQuestionsAreAnsweredWholeOrNotAtAll tries every kind of trouble on every request of every data source, list and
// action. The response must be the same as without trouble, or there must be no response, and an error that says why.
func TestQuestionsAreAnsweredWholeOrNotAtAll(t *testing.T) {
	t.Parallel()
	for i, question := range questions() {
		t.Run(question.Kind+" "+question.Name, func(t *testing.T) {
			t.Parallel()
			right, requests := question.rehearse(t)
			for index := range requests {
				for _, event := range eventsAt(index, i+index) {
					if event.trouble.settings != nil {
						continue // these have no timeouts attribute
					}
					t.Run(event.String(), func(t *testing.T) {
						t.Parallel()
						synctest.Test(t, func(t *testing.T) { question.put(t, event, right) })
					})
				}
			}
		})
	}
}

// rehearse asks without trouble and returns the response and the number of requests.
func (q question) rehearse(t *testing.T) (right any, requests int) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, subject{})
		var diags acctest.Diagnostics
		right, diags = q.ask(w.run())
		diags.MustBeEmpty(t)
		requests = len(w.Emulator.Requests())
	})
	if requests == 0 {
		t.Fatal("the question makes no request")
	}
	return right, requests
}

// put asks the question during an event.
func (q question) put(t *testing.T, e event, right any) {
	t.Helper()
	w := newWorld(t, subject{})
	p := w.run()
	var answer any
	diags := w.meets(e, func() (diags acctest.Diagnostics) {
		answer, diags = q.ask(p)
		return diags
	})
	mustExplain(t, diags, q.Noun, e.trouble)
	switch {
	case !diags.HasError():
		if diff := cmp.Diff(right, answer); diff != "" {
			t.Errorf("the answer differs from the one without trouble:\n%s", diff)
		}
	case answer != nil:
		t.Errorf("there is an answer despite the error: %v", answer)
	}
	deeds := 0
	if q.Deeds != nil {
		deeds = q.Deeds(w.Emulator)
	}
	if deeds > 1 {
		t.Errorf("done %d times", deeds)
	}
	if q.Deeds == nil && !e.lasting && e.trouble.passing && diags.HasError() {
		t.Errorf("a retry should have got over this:\n%s", diags)
	}
	if diff := cmp.Diff(w.others, specimen.ContentsOf(w.Emulator)); diff != "" {
		t.Errorf("the account changed:\n%s", diff)
	}
	if answer, problems := q.ask(w.run()); problems.HasError() || !cmp.Equal(right, answer) {
		t.Errorf("with the trouble over, the answer is %v\n%s", answer, problems)
	}
}

// TestEverythingIsTried fails if something is offered that the tests above do not try.
func TestEverythingIsTried(t *testing.T) {
	t.Parallel()
	tried := map[string]bool{}
	for _, subject := range subjects() {
		tried["resource "+subject.typeName] = true
	}
	for _, question := range questions() {
		tried[question.Kind+" "+question.TypeName] = true
	}
	schema := acctest.New(t).Protocol(t).Schema()
	for kind, offered := range map[string][]string{
		"resource": keysOf(schema.ResourceSchemas), "data": keysOf(schema.DataSourceSchemas),
		"list": keysOf(schema.ListResourceSchemas), "action": keysOf(schema.ActionSchemas),
	} {
		for _, name := range offered {
			if !tried[fmt.Sprint(kind, " ", name)] {
				t.Errorf("%s %s has no row in subjects or questions", kind, name)
			}
		}
	}
}

func nullsOf(state values) values {
	nulls := values{}
	for name := range state {
		nulls[name] = nil
	}
	return nulls
}

func keysOf[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for key := range m {
		keys = append(keys, key)
	}
	return keys
}
