// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

// Package resilience_test tries to break the whole provider: whatever goes wrong, and wherever, nothing is lost, nothing is
// leaked, and the next apply puts everything right.
package resilience_test

import (
	"flag"
	"net/http"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/vonage/terraform-provider-vonage/internal/acctest"
	"github.com/vonage/terraform-provider-vonage/internal/emulator"
)

// soak does everything: more than anybody wants to wait for after each change.
var soak = flag.Bool("soak", false, "try everything, which takes minutes")

type values = acctest.Values

// world is an account and what Terraform knows of one object in it. Its methods do what Terraform does, each in a run of
// the provider of its own.
type world struct {
	*acctest.Env
	t       *testing.T
	subject subject

	furniture holdings // what was in the account before
	object    acctest.Object
	tainted   bool // its creation failed half-way: Terraform replaces it

	running *acctest.Protocol // the run that is under way, or was last
	arrived arrivals
}

// webhooks are servers that receive whatever they are sent.
type webhooks struct{}

func (webhooks) RoundTrip(req *http.Request) (*http.Response, error) {
	return &http.Response{StatusCode: http.StatusOK, Body: http.NoBody, Request: req}, nil
}

// arrivals lets something happen when a request arrives, before it is processed.
type arrivals struct {
	mu      sync.Mutex
	left    int // requests before it
	happens func()
}

// at lets something happen when the request after so many others arrives.
func (a *arrivals) at(others int, happens func()) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.left, a.happens = others, happens
}

func (a *arrivals) next() {
	a.mu.Lock()
	a.left--
	happens := a.happens
	if a.left != -1 {
		happens = nil
	}
	a.mu.Unlock()
	if happens != nil {
		happens()
	}
}

// newWorld makes the account as it is before anything is created. It is to be called inside a bubble of testing/synctest.
func newWorld(t *testing.T, subject subject, options ...acctest.Option) *world {
	t.Helper()
	w := &world{t: t, subject: subject}
	options = append(options, acctest.InMemory(), acctest.WithEmulator(func(o *emulator.Options) {
		o.Received = func(emulator.Request) { w.arrived.next() }
		o.HTTPClient = &http.Client{Transport: webhooks{}}
	}))
	w.Env = acctest.New(t, options...)
	furnish(t, w.Emulator)
	w.furniture = holdingsOf(w.Emulator)
	return w
}

// run starts the provider.
func (w *world) run() *acctest.Protocol {
	w.t.Helper()
	w.running = w.Protocol(w.t, asApplication())
	return w.running
}

// change plans and applies a configuration; nil destroys. It is not refreshed before.
func (w *world) change(p *acctest.Protocol, config values) acctest.Diagnostics {
	w.t.Helper()
	object, diags := p.Change(w.subject.typeName, w.object, config)
	w.keep(object, diags)
	return diags
}

// keep remembers what came of a change.
func (w *world) keep(object acctest.Object, diags acctest.Diagnostics) {
	w.tainted = w.object.State == nil && diags.HasError() && object.State != nil
	w.object = object
}

// refresh reads the object.
func (w *world) refresh(p *acctest.Protocol) acctest.Diagnostics {
	w.t.Helper()
	if w.object.State == nil {
		return nil
	}
	object, diags := p.Read(w.subject.typeName, w.object)
	if !diags.HasError() {
		w.object = object
	}
	return diags
}

// mustCreate makes the object of the first configuration.
func (w *world) mustCreate() {
	w.t.Helper()
	if diags := w.change(w.run(), w.subject.first); diags.HasError() {
		w.t.Fatalf("creating before there is any trouble:\n%s", diags)
	}
}

// mustConverge is "terraform apply": it refreshes, replaces what is tainted, and changes what differs. Refresh and plan must find
// nothing to do then.
func (w *world) mustConverge(config values) {
	w.t.Helper()
	p := w.run()
	must := func(doing string, diags acctest.Diagnostics) {
		w.t.Helper()
		if diags.HasError() {
			w.t.Fatalf("%s, with the trouble over:\n%s", doing, diags)
		}
	}
	must("refreshing", w.refresh(p))
	if w.tainted && w.object.State != nil {
		must("destroying what is tainted", w.destroyTainted(p, config))
	}
	if !w.tainted && w.settled(p, config) == "" {
		return
	}
	w.tainted = false
	must("applying", w.change(p, config))
	p = w.run()
	must("refreshing what was applied", w.refresh(p))
	if difference := w.settled(p, config); difference != "" {
		w.t.Fatalf("after an apply, the next plan is not empty:\n%s", difference)
	}
}

// destroyTainted destroys an object that is to be replaced. The provider sees no plan of that, and Terraform has no private
// state for what is tainted.
func (w *world) destroyTainted(p *acctest.Protocol, config values) acctest.Diagnostics {
	w.t.Helper()
	w.object.Private = nil
	plan, diags := p.Plan(w.subject.typeName, w.object, config)
	if diags.HasError() {
		return diags
	}
	plan.State = nil
	w.object, diags = p.Apply(plan)
	return diags
}

// settled says what a plan finds to do.
func (w *world) settled(p *acctest.Protocol, config values) string {
	w.t.Helper()
	if w.object.State == nil {
		return "there is no object"
	}
	plan, diags := p.Plan(w.subject.typeName, w.object, config)
	if diags.HasError() {
		return diags.String()
	}
	return cmp.Diff(w.object.State, plan.State)
}

// mustAgree demands that the account holds what the state says, and nothing else has changed.
func (w *world) mustAgree() {
	w.t.Helper()
	for _, problem := range w.disagreements() {
		w.t.Error(problem)
	}
}

func (w *world) disagreements() []string {
	w.t.Helper()
	now := holdingsOf(w.Emulator)
	problems := w.subject.compare(w.object.State, now)
	if diff := cmp.Diff(w.furniture, now); diff != "" {
		problems = append(problems, "what else is in the account changed (-before +after):\n"+diff)
	}
	return problems
}
