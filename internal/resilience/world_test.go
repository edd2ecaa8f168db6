// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

// Package resilience_test tries to break the provider as a whole: whatever goes wrong, at whatever point, nothing may be
// lost or leaked, and the next apply must put everything right.
package resilience_test

import (
	"flag"
	"net/http"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/vonage/terraform-provider-vonage/internal/acctest"
	"github.com/vonage/terraform-provider-vonage/internal/acctest/specimen"
	"github.com/vonage/terraform-provider-vonage/internal/emulator"
)

// soak tries everything, which takes too long for every change.
var soak = flag.Bool("soak", false, "try everything, which takes minutes")

type values = acctest.Values

// world is an account and Terraform's view of one object in it. Its methods do what Terraform does, each in a new run of
// the provider.
type world struct {
	*acctest.Env
	t       *testing.T
	subject subject

	others  specimen.Contents // what was in the account before the test
	object  acctest.Object
	tainted bool // its creation failed halfway: Terraform replaces it

	running *acctest.Protocol // the current run, or the last one
	arrived arrivals
}

// webhooks is a network in which every webhook is delivered.
type webhooks struct{}

func (webhooks) RoundTrip(req *http.Request) (*http.Response, error) {
	return &http.Response{StatusCode: http.StatusOK, Body: http.NoBody, Request: req}, nil
}

// arrivals calls a function when a certain request arrives, before it is processed.
type arrivals struct {
	mu      sync.Mutex
	left    int // requests to let pass before
	happens func()
}

// at calls happens when the request after the given number of others arrives.
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

func fill(t *testing.T, account *emulator.Emulator) {
	t.Helper()
	if err := specimen.Fill(account); err != nil {
		t.Fatal(err)
	}
}

// newWorld returns an account in which the object does not exist yet. It must be called in a testing/synctest bubble.
func newWorld(t *testing.T, subject subject, options ...acctest.Option) *world {
	t.Helper()
	w := &world{t: t, subject: subject}
	options = append(options, acctest.InMemory(), acctest.WithEmulator(func(o *emulator.Options) {
		o.Received = func(emulator.Request) { w.arrived.next() }
		o.HTTPClient = &http.Client{Transport: webhooks{}}
	}))
	w.Env = acctest.New(t, options...)
	fill(t, w.Emulator)
	w.others = specimen.ContentsOf(w.Emulator)
	return w
}

// run starts a new run of the provider.
func (w *world) run() *acctest.Protocol {
	w.t.Helper()
	w.running = w.Protocol(w.t, specimen.AsApplication())
	return w.running
}

// change plans and applies a configuration without a refresh; nil destroys.
func (w *world) change(p *acctest.Protocol, config values) acctest.Diagnostics {
	w.t.Helper()
	object, diags := p.Change(w.subject.typeName, w.object, config)
	w.keep(object, diags)
	return diags
}

// keep stores the result of a change.
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

// mustCreate creates the object with the first configuration.
func (w *world) mustCreate() {
	w.t.Helper()
	if diags := w.change(w.run(), w.subject.First); diags.HasError() {
		w.t.Fatalf("creating before there is any trouble:\n%s", diags)
	}
}

// mustConverge is "terraform apply": it refreshes, replaces a tainted object, and applies changes. After that, a refresh
// and a plan must find nothing to change.
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
		must("destroying what is tainted", w.destroyTainted(p))
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

// destroyTainted destroys an object that is to be replaced. Terraform keeps no private state for tainted objects.
func (w *world) destroyTainted(p *acctest.Protocol) acctest.Diagnostics {
	w.t.Helper()
	w.object.Private = nil
	var diags acctest.Diagnostics
	w.object, diags = p.Destroy(w.subject.typeName, w.object)
	return diags
}

// settled returns the changes that a plan contains, or "".
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

// mustAgree requires that the account holds what the state says, and that nothing else has changed.
func (w *world) mustAgree() {
	w.t.Helper()
	for _, problem := range w.disagreements() {
		w.t.Error(problem)
	}
}

func (w *world) disagreements() []string {
	w.t.Helper()
	now := specimen.ContentsOf(w.Emulator)
	problems := w.subject.Compare(w.object.State, now)
	if diff := cmp.Diff(w.others, now); diff != "" {
		problems = append(problems, "what else is in the account changed (-before +after):\n"+diff)
	}
	return problems
}
