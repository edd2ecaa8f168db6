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

// operation is one thing that Terraform does to an object. from prepares the world for it; config is applied after the
// operation.
type operation struct {
	name   string
	from   func(*world)
	do     func(*world) acctest.Diagnostics
	config func(subject) values
}

func operations() []operation {
	first := func(s subject) values { return s.First }
	second := func(s subject) values { return s.Second }
	nothing := func(*world) {}
	created := (*world).mustCreate
	return []operation{
		{"create", nothing, func(w *world) acctest.Diagnostics { return w.change(w.run(), w.subject.First) }, first},
		{"read", created, func(w *world) acctest.Diagnostics { return w.refresh(w.run()) }, first},
		{"update", created, func(w *world) acctest.Diagnostics { return w.change(w.run(), w.subject.Second) }, second},
		{"delete", created, func(w *world) acctest.Diagnostics { return w.change(w.run(), nil) }, first},
		{"import", created, (*world).reimport, first},
	}
}

// reimport forgets the object and imports it again. If the import fails, the previous object stays, with what an import
// cannot know.
func (w *world) reimport() acctest.Diagnostics {
	w.t.Helper()
	object, diags := w.run().Import(w.subject.typeName, w.subject.ImportID(w.object.State))
	if !diags.HasError() && object.State == nil {
		w.t.Error("the import found nothing, but returned no error")
	}
	return diags
}

// cell is an event in one operation.
type cell struct {
	subject   subject
	operation operation
	request   emulator.Request // the request that the event happens to
	event     event
}

// TestNothingIsLost tries every kind of trouble on every request of every operation of every resource, once and lasting.
// The operation must either succeed or say what it could not do, why, and what to do about it; the account must hold
// what the state says; and the next apply must reach the configuration.
func TestNothingIsLost(t *testing.T) {
	t.Parallel()
	for i, subject := range subjects() {
		for j, operation := range operations() {
			if subject.Operations != nil && !slices.Contains(subject.Operations, operation.name) {
				continue
			}
			t.Run(subject.Name+"/"+operation.name, func(t *testing.T) {
				t.Parallel()
				for index, request := range rehearse(t, subject, operation) {
					for _, event := range eventsAt(index, 5*i+j+index) {
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

// rehearse runs an operation without trouble and returns its requests.
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

// mustSucceed reports whether retries must hide the trouble: it is transient, and the request is not a create, which is
// not retried, that was in fact not carried out.
func (c cell) mustSucceed() bool {
	creates := c.request.Method == http.MethodPost && c.request.Path != "/number/update"
	if c.request.Method == http.MethodDelete && c.event.trouble.name == "truncated" {
		return false // there is no body to truncate: the connection is closed, and the next request, which may be a create, meets that
	}
	return !c.event.lasting && c.event.trouble.passing && (!creates || !c.event.trouble.undone)
}

// mustNotGiveBack fails if a number was cancelled unintentionally, because a cancelled number may be impossible to rent
// again.
func (c cell) mustNotGiveBack(w *world) {
	w.t.Helper()
	for _, request := range w.Emulator.Requests() {
		if request.Path == "/number/cancel" && c.operation.name != "delete" {
			w.t.Error("the number was given back")
		}
	}
}

// mustHavePrivateKey fails if the private key of a pair that the provider generated is lost: it exists nowhere else, and
// the application is useless without it.
func (c cell) mustHavePrivateKey(w *world) {
	w.t.Helper()
	if c.operation.name != "import" && w.object.State["public_key"] != nil && w.object.State["private_key"] == nil {
		w.t.Error("the private key was lost")
	}
}

// mustKnow requires that the account holds what the state says: immediately if there was no error, else after a refresh.
// It returns false if an error admits that the outcome cannot be determined.
func (c cell) mustKnow(w *world, diags acctest.Diagnostics) bool {
	if diags.HasError() {
		if diags := w.refresh(w.run()); diags.HasError() {
			w.t.Fatalf("refreshing after the trouble is over:\n%s", diags)
		}
		if c.subject.Unfindable && strings.Contains(diags.String(), "may or may not") && w.object.State == nil {
			tried.add(unknowable, 1)
			if c.subject.AfterDoubt != nil {
				if err := c.subject.AfterDoubt(w.Emulator); err != nil {
					w.t.Fatal(err)
				}
			}
			return false
		}
	}
	w.mustAgree()
	return true
}
