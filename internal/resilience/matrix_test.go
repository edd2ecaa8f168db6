// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package resilience_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/vonage/terraform-provider-vonage/internal/acctest"
	"github.com/vonage/terraform-provider-vonage/internal/emulator"
)

// operation is one thing Terraform does to an object. from brings the world to where it begins; config is what is applied
// when everything is over.
type operation struct {
	name   string
	from   func(*world)
	do     func(*world) acctest.Diagnostics
	config func(subject) values
}

func operations() []operation {
	first := func(s subject) values { return s.first }
	second := func(s subject) values { return s.second }
	nothing := func(*world) {}
	created := (*world).mustCreate
	return []operation{
		{"create", nothing, func(w *world) acctest.Diagnostics { return w.change(w.run(), w.subject.first) }, first},
		{"read", created, func(w *world) acctest.Diagnostics { return w.refresh(w.run()) }, first},
		{"update", created, func(w *world) acctest.Diagnostics { return w.change(w.run(), w.subject.second) }, second},
		{"delete", created, func(w *world) acctest.Diagnostics { return w.change(w.run(), nil) }, first},
		{"import", created, (*world).reimport, first},
	}
}

// reimport forgets the object and imports it again. What the import cannot know is as before when it failed.
func (w *world) reimport() acctest.Diagnostics {
	w.t.Helper()
	object, diags := w.run().Import(w.subject.typeName, w.subject.importID(w.object.State))
	if !diags.HasError() && object.State == nil {
		w.t.Error("the import found nothing, and said nothing")
	}
	return diags
}

// cell is an event in one operation.
type cell struct {
	subject   subject
	operation operation
	request   emulator.Request // as it is without the trouble
	event     event
}

// TestNothingIsLost lets every kind of trouble befall every request of every operation of every resource, once and from there on.
// The operation then either succeeds or says what it could not do, why, and what to do about it; the account holds what the state
// says; and the next apply brings about what the configuration says.
func TestNothingIsLost(t *testing.T) {
	t.Parallel()
	for _, subject := range subjects() {
		for _, operation := range operations() {
			if subject.operations != nil && !slices.Contains(subject.operations, operation.name) {
				continue
			}
			t.Run(subject.name+"/"+operation.name, func(t *testing.T) {
				t.Parallel()
				for index, request := range rehearse(t, subject, operation) {
					for _, event := range eventsAt(index) {
						c := cell{subject.with(event.trouble.settings), operation, request, event}
						t.Run(event.String(), func(t *testing.T) {
							t.Parallel()
							synctest.Test(t, c.run)
						})
					}
				}
			})
		}
	}
}

// rehearse does an operation without trouble and gives the requests it takes.
func rehearse(t *testing.T, subject subject, operation operation) []emulator.Request {
	t.Helper()
	var requests []emulator.Request
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, subject)
		operation.from(w)
		w.Emulator.ResetRequests()
		if diags := operation.do(w); diags.HasError() {
			t.Fatalf("without any trouble:\n%s", diags)
		}
		requests = w.Emulator.Requests()
	})
	if len(requests) == 0 {
		t.Fatal("the operation makes no request")
	}
	return requests
}

func (c cell) run(t *testing.T) {
	w := newWorld(t, c.subject)
	c.operation.from(w)
	diags := w.meets(c.event, func() acctest.Diagnostics { return c.operation.do(w) })
	mustExplain(t, diags, c.subject.noun, c.event.trouble)
	if c.mustSucceed() && diags.HasError() {
		t.Errorf("a retry should have got over this:\n%s", diags)
	}
	known := c.mustKnow(w, diags)
	c.mustHavePrivateKey(w)
	w.mustConverge(c.operation.config(c.subject))
	if known {
		w.mustAgree()
	}
	c.mustNotGiveBack(w)
}

// mustSucceed: what passes must not be noticed, but for a request that creates something, may not be repeated, and in truth did
// nothing.
func (c cell) mustSucceed() bool {
	creates := c.request.Method == http.MethodPost && c.request.Path != "/number/update"
	return !c.event.lasting && c.event.trouble.passing && (!creates || !c.event.trouble.undone)
}

// mustNotGiveBack: a number that was given back may never be had again.
func (c cell) mustNotGiveBack(w *world) {
	w.t.Helper()
	for _, request := range w.Emulator.Requests() {
		if request.Path == "/number/cancel" && c.operation.name != "delete" {
			w.t.Error("the number was given back")
		}
	}
}

// mustHavePrivateKey: the half of a key that the provider made is nowhere else, so an application without it is of no use.
func (c cell) mustHavePrivateKey(w *world) {
	w.t.Helper()
	if c.operation.name != "import" && w.object.State["public_key"] != nil && w.object.State["private_key"] == nil {
		w.t.Error("the private key was lost")
	}
}

// mustKnow demands that the account holds what the state says: at once when nothing was amiss, after a refresh when something was.
// It gives false where an error admits that nobody can know.
func (c cell) mustKnow(w *world, diags acctest.Diagnostics) bool {
	if diags.HasError() {
		if diags := w.refresh(w.run()); diags.HasError() {
			w.t.Fatalf("refreshing after the trouble is over:\n%s", diags)
		}
		if c.subject.forgetful && strings.Contains(diags.String(), "may or may not") && w.object.State == nil {
			tried.add(unknowable, 1)
			return false
		}
	}
	w.mustAgree()
	return true
}
