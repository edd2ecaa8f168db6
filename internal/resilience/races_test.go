// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package resilience_test

import (
	"crypto/rsa"
	"flag"
	"fmt"
	"maps"
	"math/rand/v2"
	"net/http"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/sync/errgroup"

	"github.com/vonage/terraform-provider-vonage/internal/acctest"
	"github.com/vonage/terraform-provider-vonage/internal/acctest/specimen"
	"github.com/vonage/terraform-provider-vonage/internal/provider"
)

const (
	ofEveryKind = 64 // number of objects of each kind
	parallelism = 64
	seedsTested = 5
	seedsSoaked = 50
)

var onlySeed = flag.Int("seed", -1, "the only seed to try many objects at once with; negative tries all there are")

// TestManyAtOnce creates, changes and destroys many objects of every kind concurrently, with random faults. The account
// must finally hold what the state says and, after everything is destroyed, only what it held before. The seed
// determines the change to each object, when it starts, and what happens to each request.
func TestManyAtOnce(t *testing.T) {
	t.Parallel()
	seeds, ofEach := seedsTested, ofEveryKind
	switch {
	case *soak:
		seeds = seedsSoaked
	case testing.Short() && acctest.Race: // this is how "make test" looks for races
		seeds = 1
	case testing.Short():
		seeds, ofEach = 1, ofEveryKind/4
	}
	for seed := range seeds {
		if *onlySeed >= 0 {
			seed = *onlySeed
		}
		t.Run(fmt.Sprint("seed ", seed), func(t *testing.T) {
			t.Parallel()
			t.Cleanup(func() {
				if t.Failed() {
					t.Logf("to see this again: go test -race ./internal/resilience -run '^TestManyAtOnce$' -seed %d", seed)
				}
			})
			synctest.Test(t, func(t *testing.T) {
				c := newCrowd(t, seed, ofEach)
				c.live()
				tried.add(inACrowd, len(c.worlds))
			})
		})
		if *onlySeed >= 0 {
			break
		}
	}
}

// TestTheSameSeedDrawsTheSameFaults ensures that a failure can be reproduced: the same happens to the same request in
// every run. When several objects wait for the same response, their order is not deterministic, so a few requests may
// differ.
func TestTheSameSeedDrawsTheSameFaults(t *testing.T) {
	t.Parallel()
	var drawn [2]map[string][]int
	for i := range drawn {
		synctest.Test(t, func(t *testing.T) {
			c := newCrowd(t, 1, 8)
			c.live()
			drawn[i] = c.faults.drawn
		})
	}
	known := 0
	for request, first := range drawn[0] {
		second := drawn[1][request]
		both := min(len(first), len(second))
		if known += both; !slices.Equal(first[:both], second[:both]) {
			t.Errorf("%s: %v the first time and %v the second", request, first, second)
		}
	}
	if first, second := total(drawn[0]), total(drawn[1]); known*10 < max(first, second)*9 {
		t.Errorf("of %d requests of the first time and %d of the second, only %d are the same", first, second, known)
	}
}

func total(drawn map[string][]int) int {
	sum := 0
	for _, of := range drawn {
		sum += len(of)
	}
	return sum
}

// crowd is many objects in one account.
type crowd struct {
	*acctest.Env
	t       *testing.T
	dice    *rand.Rand
	faults  *randomFaults
	worlds  []*world
	compare []func(state values, find func(id string) values) []string // of each world
	limits  values                                                     // in requests per second
	begun   time.Time

	others specimen.Contents
}

func newCrowd(t *testing.T, seed, ofEach int) *crowd {
	t.Helper()
	c := &crowd{t: t, dice: rand.New(rand.NewPCG(uint64(seed), 0)), faults: &randomFaults{seed: uint64(seed)}, begun: time.Now()}
	var keys atomic.Int64
	c.Env = acctest.New(t, acctest.InMemory(),
		acctest.Around(func(emulator http.Handler) http.Handler {
			c.faults.next = emulator
			return c.faults
		}),
		// Keys may repeat, because the applications' names are unique.
		acctest.WithProvider(provider.WithKeySource(func() (*rsa.PrivateKey, error) {
			return acctest.Key(int(keys.Add(1)) % acctest.PoolSize), nil
		})),
		acctest.WithProvider(provider.WithJitter(func() float64 { return 0.5 })), // constant, because the faults are random enough
	)
	c.faults.account = c.Emulator
	fill(t, c.Emulator)
	for i := range ofEach {
		for _, resource := range specimen.Resources() {
			if resource.Crowd == nil || resource.CrowdLimit > 0 && i >= resource.CrowdLimit {
				continue
			}
			member := resource.Crowd(i)
			if member.Seed != nil {
				if err := member.Seed(c.Emulator); err != nil {
					t.Fatal(err)
				}
			}
			one := subject{Case: specimen.Case{Name: fmt.Sprint(resource.TypeName, " ", i), First: member.First, Second: member.Second, AfterDoubt: member.AfterDoubt}, typeName: resource.TypeName}
			c.worlds = append(c.worlds, &world{Env: c.Env, t: c.t, subject: one})
			c.compare = append(c.compare, member.Compare)
		}
	}
	c.others = specimen.ContentsOf(c.Emulator)
	if seed%2 == 1 {
		c.limits = values{"requests_per_second": nil} // the default limits, which make requests queue
	}
	return c
}

// live creates everything, then applies a random change to each object, then destroys everything. Each step takes two
// applies: one amid faults, after which only the state has to be right, and one without that completes what failed.
func (c *crowd) live() {
	created, diced, nothing := map[*world]values{}, map[*world]values{}, map[*world]values{}
	for _, w := range c.worlds {
		created[w] = w.subject.First
		diced[w] = []values{w.subject.First, w.subject.Second, nil}[c.dice.IntN(3)]
	}
	failed := 0
	for _, wanted := range []map[*world]values{created, diced, nothing} {
		c.faults.off.Store(false)
		failed += c.apply(wanted)
		c.faults.off.Store(true)
		if still := c.apply(wanted); still > 0 {
			c.t.Fatalf("without faults, %d objects failed", still)
		}
		c.mustAgree()
	}
	for _, w := range c.worlds {
		if w.object.State != nil {
			c.t.Errorf("%s is still in the state", w.subject.Name)
		}
	}
	c.t.Logf("%d requests, %d of them failed, %d changes failed at first; it would have taken %s",
		len(c.Emulator.Requests()), c.faults.failed.Load(), failed, time.Since(c.begun).Round(time.Second))
}

// apply is one "terraform apply" of all objects. It returns how many failed; the next apply has to complete them. Amid
// faults it may be interrupted.
func (c *crowd) apply(wanted map[*world]values) int {
	p := c.Protocol(c.t, specimen.AsApplication(), c.limits)
	var stopped atomic.Bool
	if !c.faults.off.Load() && c.dice.IntN(3) == 0 {
		timer := time.AfterFunc(time.Duration(c.dice.Int64N(int64(time.Minute))), func() {
			stopped.Store(true)
			p.Stop()
		})
		defer timer.Stop()
	}
	var failed atomic.Int64
	var group errgroup.Group
	group.SetLimit(parallelism)
	for _, w := range c.worlds {
		// No two objects start at the same moment, because their order would differ between runs.
		delay := time.Duration(c.dice.Int64N(int64(time.Second)))
		group.Go(func() error {
			<-time.After(delay)
			if diags := w.apply(p, wanted[w], stopped.Load); diags.HasError() {
				failed.Add(1)
				if c.faults.off.Load() {
					c.t.Logf("%s:\n%s", w.subject.Name, diags)
				}
			}
			return nil
		})
	}
	_ = group.Wait()
	return int(failed.Load())
}

// apply does what Terraform does with one object, unless stopped.
func (w *world) apply(p *acctest.Protocol, config values, stopped func() bool) acctest.Diagnostics {
	if stopped() {
		return nil
	}
	if diags := w.refresh(p); diags.HasError() {
		return diags
	}
	if w.tainted && w.object.State != nil && !stopped() {
		var diags acctest.Diagnostics
		if config == nil {
			diags = w.change(p, nil)
		} else {
			diags = w.destroyTainted(p)
		}
		if diags.HasError() {
			w.tainted = true
			return diags
		}
	}
	if stopped() || w.object.State == nil && config == nil {
		return nil
	}
	plan, diags := p.Plan(w.subject.typeName, w.object, config)
	if diags.HasError() || !plan.Changes() {
		return diags
	}
	if len(plan.RequiresReplace) > 0 && config != nil && w.object.State != nil {
		w.t.Errorf("%s would be replaced for %v", w.subject.Name, plan.RequiresReplace)
	}
	object, diags := p.Apply(plan)
	w.keep(object, diags)
	if w.subject.AfterDoubt != nil && strings.Contains(diags.Errors().String(), "may or may not") {
		if err := w.subject.AfterDoubt(w.Emulator); err != nil {
			w.t.Error(err)
		}
	}
	return diags
}

// mustAgree requires that the account holds what is in the state and, apart from the others, nothing else.
func (c *crowd) mustAgree() {
	c.t.Helper()
	now, others := specimen.ContentsOf(c.Emulator), maps.Clone(c.others)
	looked := map[string]values{}
	find := func(id string) values {
		if document, there := now[id]; there {
			looked[id] = document
		}
		delete(now, id)
		delete(others, id)
		return looked[id]
	}
	for i, w := range c.worlds {
		for _, problem := range c.compare[i](w.object.State, find) {
			c.t.Error(problem)
		}
	}
	if diff := cmp.Diff(others, now); diff != "" {
		c.t.Errorf("beside what the state has, the account changed (-before +after):\n%s", diff)
	}
}
