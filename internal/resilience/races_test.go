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
// determines the change to each object, when it starts, and the fate of each request.
func TestManyAtOnce(t *testing.T) {
	t.Parallel()
	seeds := seedsTested
	switch {
	case *soak:
		seeds = seedsSoaked
	case testing.Short():
		seeds = 1
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
				c := newCrowd(t, seed, ofEveryKind)
				c.live()
				tried.add(inACrowd, len(c.worlds))
			})
		})
		if *onlySeed >= 0 {
			break
		}
	}
}

// TestTheSameSeedIsTheSameWeather ensures that a failure can be reproduced: the same request meets the same fate in
// every run. When several objects wait for the same response, their order is not deterministic, so a few requests may
// differ.
func TestTheSameSeedIsTheSameWeather(t *testing.T) {
	t.Parallel()
	var fates [2]map[string][]int
	for i := range fates {
		synctest.Test(t, func(t *testing.T) {
			c := newCrowd(t, 1, 8)
			c.live()
			fates[i] = c.weather.fates
		})
	}
	known := 0
	for request, first := range fates[0] {
		second := fates[1][request]
		both := min(len(first), len(second))
		if known += both; !slices.Equal(first[:both], second[:both]) {
			t.Errorf("%s: fates %v the first time and %v the second", request, first, second)
		}
	}
	if first, second := total(fates[0]), total(fates[1]); known*10 < max(first, second)*9 {
		t.Errorf("of %d requests of the first time and %d of the second, only %d are the same", first, second, known)
	}
}

func total(fates map[string][]int) int {
	sum := 0
	for _, of := range fates {
		sum += len(of)
	}
	return sum
}

// crowd is many objects in one account.
type crowd struct {
	*acctest.Env
	t       *testing.T
	dice    *rand.Rand
	weather *weather
	worlds  []*world
	compare []func(state values, find func(id string) values) []string // of each world
	limits  values                                                     // in requests per second
	begun   time.Time

	others specimen.Contents
}

func newCrowd(t *testing.T, seed, ofEach int) *crowd {
	t.Helper()
	c := &crowd{t: t, dice: rand.New(rand.NewPCG(uint64(seed), 0)), weather: &weather{seed: uint64(seed)}, begun: time.Now()}
	var keys atomic.Int64
	c.Env = acctest.New(t, acctest.InMemory(),
		acctest.Around(func(emulator http.Handler) http.Handler {
			c.weather.next = emulator
			return c.weather
		}),
		// Keys may repeat, because the applications' names are unique.
		acctest.WithProvider(provider.WithKeySource(func() (*rsa.PrivateKey, error) {
			return acctest.Key(int(keys.Add(1)) % acctest.PoolSize), nil
		})),
		acctest.WithProvider(provider.WithJitter(func() float64 { return 0.5 })), // constant, because the weather is random enough
	)
	c.weather.account = c.Emulator
	fill(t, c.Emulator)
	for i := range ofEach {
		for _, resource := range specimen.Resources() {
			member := resource.Crowd(i)
			if member.Seed != nil {
				if err := member.Seed(c.Emulator); err != nil {
					t.Fatal(err)
				}
			}
			one := subject{Case: specimen.Case{Name: fmt.Sprint(resource.TypeName, " ", i), First: member.First, Second: member.Second}, typeName: resource.TypeName}
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
// applies: one in bad weather, after which only the state has to be right, and one in calm weather that completes what
// failed.
func (c *crowd) live() {
	created, diced, nothing := map[*world]values{}, map[*world]values{}, map[*world]values{}
	for _, w := range c.worlds {
		created[w] = w.subject.First
		diced[w] = []values{w.subject.First, w.subject.Second, nil}[c.dice.IntN(3)]
	}
	failed := 0
	for _, wanted := range []map[*world]values{created, diced, nothing} {
		c.weather.calm.Store(false)
		failed += c.apply(wanted)
		c.weather.calm.Store(true)
		if still := c.apply(wanted); still > 0 {
			c.t.Fatalf("in good weather, %d objects failed", still)
		}
		c.mustAgree()
	}
	for _, w := range c.worlds {
		if w.object.State != nil {
			c.t.Errorf("%s is still in the state", w.subject.Name)
		}
	}
	c.t.Logf("%d requests, %d of them met with trouble, %d changes failed at first; it would have taken %s",
		len(c.Emulator.Requests()), c.weather.struck.Load(), failed, time.Since(c.begun).Round(time.Second))
}

// apply is one "terraform apply" of all objects. It returns how many failed; the next apply has to complete them. In bad
// weather it may be interrupted.
func (c *crowd) apply(wanted map[*world]values) int {
	p := c.Protocol(c.t, c.limits)
	var stopped atomic.Bool
	if !c.weather.calm.Load() && c.dice.IntN(3) == 0 {
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
				if c.weather.calm.Load() {
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
