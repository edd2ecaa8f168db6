// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package coalesce_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"pgregory.net/rapid"

	"github.com/vonage/terraform-provider-vonage/internal/vonage/coalesce"
)

var errBroken = errors.New("broken")

// runaway is a number of calls that no script can justify.
const runaway = 5000

// state is an object's version from a moment on, or 0 while it does not exist. Versions are unique.
type state struct {
	since   time.Time
	version int
}

// model is an API whose objects have a history. Each object has a fixed place on a page, whether it exists or not.
type model struct {
	mu       sync.Mutex
	history  map[int][]state
	keys     int
	pageSize int
	versions int
	calls    int
	latency  []time.Duration // of each call in turn, repeating
	broken   []bool          // likewise
	deaf     []bool          // likewise: notices cancellation late
}

func (m *model) change(key int, there bool) (version int) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if there {
		m.versions++
		version = m.versions
	}
	m.history[key] = append(m.history[key], state{time.Now(), version})
	return version
}

func (m *model) current(key int) int { return m.history[key][len(m.history[key])-1].version }

// position returns the number of states that an object has had.
func (m *model) position(key int) int {
	m.mu.Lock()
	defer m.mu.Unlock()
	return len(m.history[key])
}

func (m *model) call(ctx context.Context, answer func()) error {
	m.mu.Lock()
	latency, broken, deaf := m.latency[m.calls%len(m.latency)], m.broken[m.calls%len(m.broken)], m.deaf[m.calls%len(m.deaf)]
	m.calls++
	broken = broken || m.calls > runaway
	m.mu.Unlock()
	if deaf { // notices cancellation only after its latency
		_ = sleep(context.Background(), latency)
	}
	if err := sleep(ctx, latency); err != nil {
		return err
	}
	if broken {
		return errBroken
	}
	m.mu.Lock()
	answer()
	m.mu.Unlock()
	return sleep(ctx, latency)
}

func (m *model) source(lookUps int) coalesce.Source[int, int] {
	return coalesce.Source[int, int]{
		LookUps:  lookUps,
		IsAbsent: func(err error) bool { return errors.Is(err, errGone) },
		One: func(ctx context.Context, key int) (version int, err error) {
			err = m.call(ctx, func() { version = m.current(key) })
			if err == nil && version == 0 {
				err = errGone
			}
			return version, err
		},
		Page: func(ctx context.Context, number int) (page coalesce.Page[int, int], err error) {
			page.Total, page.Objects = (m.keys+m.pageSize-1)/m.pageSize, map[int]int{-number: 1} // never an empty page
			err = m.call(ctx, func() {
				for key := (number - 1) * m.pageSize; key < min(number*m.pageSize, m.keys); key++ {
					if version := m.current(key); version > 0 {
						page.Objects[key] = version
					}
				}
			})
			return page, err
		},
	}
}

// may reports whether an object had the given version at or after the given position in its history and at or after
// notBefore.
func (m *model) may(key, version, from int, notBefore time.Time) bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	states := m.history[key]
	for i, s := range states {
		ended := i+1 < len(states) && states[i+1].since.Before(notBefore)
		if s.version == version && i+1 >= from && !ended {
			return true
		}
	}
	return false
}

// step is one action of a script.
type step struct {
	At     time.Duration
	Do     string
	Key    int
	GiveUp time.Duration // 0: never
}

func steps(keys int, kinds ...string) *rapid.Generator[[]step] {
	return rapid.SliceOfN(rapid.Custom(func(t *rapid.T) step {
		return step{
			At:     time.Duration(rapid.IntRange(0, 90_000).Draw(t, "at ms")) * time.Millisecond,
			Do:     rapid.SampledFrom(kinds).Draw(t, "do"),
			Key:    rapid.IntRange(0, keys-1).Draw(t, "key"),
			GiveUp: time.Duration(rapid.SampledFrom([]int{0, 0, 0, 1, 50, 3000}).Draw(t, "give up ms")) * time.Millisecond,
		}
	}), 1, 60)
}

// run executes a script against an index over the model and returns the violations found.
func (m *model) run(t *testing.T, lookUps int, script []step) (problems []string) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		m.history = map[int][]state{}
		for key := range m.keys {
			m.change(key, key%5 != 0)
		}
		index := coalesce.New(m.source(lookUps))
		noted := map[int]int{} // the object's position in its history when this process last wrote it
		var mu sync.Mutex
		var doing sync.WaitGroup
		report := func(format string, args ...any) {
			mu.Lock()
			defer mu.Unlock()
			problems = append(problems, fmt.Sprintf(format, args...))
		}
		lower := func(key int) int {
			mu.Lock()
			defer mu.Unlock()
			return noted[key]
		}
		note := func(key int, do func()) {
			mu.Lock()
			defer mu.Unlock()
			noted[key] = m.position(key)
			do()
		}
		for i, s := range script {
			doing.Go(func() {
				_ = sleep(t.Context(), s.At)
				ctx, cancel := t.Context(), context.CancelFunc(func() {})
				if s.GiveUp > 0 {
					ctx, cancel = context.WithTimeout(ctx, s.GiveUp)
				}
				defer cancel()
				check := func(version int, err error, from int, notBefore time.Time) bool {
					switch {
					case isAbsent(err):
						version = 0
					case errors.Is(err, errBroken), s.GiveUp > 0 && errors.Is(err, context.DeadlineExceeded):
						return false
					case err != nil:
						report("step %d: %v", i, err)
						return false
					}
					if !m.may(s.Key, version, from, notBefore) {
						report("step %d: %s of object %d returned version %d; last own write is state %d of %v",
							i, s.Do, s.Key, version, from, m.history[s.Key])
					}
					return version > 0
				}
				switch s.Do {
				case "read":
					from := lower(s.Key)
					version, err := index.Get(ctx, s.Key)
					check(version, err, from, time.Time{})
				case "outside":
					m.change(s.Key, i%3 > 0)
				case "write", "remove", "lose":
					leave := index.Enter(ctx)
					defer leave()
					from := lower(s.Key)
					version, err := index.Fresh(ctx, s.Key)
					there := check(version, err, from, time.Now().Add(-index.Window()))
					switch {
					case s.Do == "write" && there:
						note(s.Key, func() { index.Put(s.Key, m.change(s.Key, true)) })
					case s.Do == "remove" && there:
						note(s.Key, func() { m.change(s.Key, false); index.Remove(s.Key) })
					case s.Do == "lose":
						if i%2 == 0 {
							m.change(s.Key, i%3 > 0)
						}
						note(s.Key, func() { index.Forget(s.Key) })
					}
				}
			})
		}
		doing.Wait()
		<-time.After(time.Hour) // synctest's fake clock; calls without waiters end
	})
	if m.calls > runaway {
		problems = append(problems, "the index never stops making calls")
	}
	return problems
}

func drawModel(t *rapid.T) *model {
	milliseconds := rapid.SampledFrom([]int{0, 1, 20, 400, 2000})
	m := &model{
		keys: rapid.IntRange(1, 40).Draw(t, "keys"), pageSize: rapid.SampledFrom([]int{1, 3, 10, 100}).Draw(t, "page size"),
		broken: []bool{false}, deaf: rapid.SliceOfN(rapid.Bool(), 1, 5).Draw(t, "deaf"),
	}
	for _, ms := range rapid.SliceOfN(milliseconds, 1, 10).Draw(t, "latencies in ms") {
		m.latency = append(m.latency, time.Duration(ms)*time.Millisecond)
	}
	return m
}

// TestAnyInterleaving: in any interleaving of reads, writes, cancellations and failures, a read returns a state that
// the object has had, and never one older than a write by this process that completed before the read; a write starts
// from nothing older than Window; and every caller gets an answer.
func TestAnyInterleaving(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		m := drawModel(rt)
		m.broken = rapid.SliceOfN(rapid.SampledFrom([]bool{false, false, false, true}), 1, 10).Draw(rt, "broken")
		lookUps := rapid.IntRange(1, 4).Draw(rt, "look-ups")
		script := steps(m.keys, "read", "read", "read", "write", "write", "remove", "lose", "outside").Draw(rt, "script")
		if problems := m.run(t, lookUps, script); len(problems) > 0 {
			rt.Fatal(strings.Join(problems, "\n"))
		}
	})
}

// TestAnyWalk: reading N objects, in any order and at any pace, costs at most 2·min(N, P)+1 calls; reading one object
// costs one.
func TestAnyWalk(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		m := drawModel(rt)
		var script []step
		objects := map[int]bool{}
		for _, s := range steps(m.keys, "read").Draw(rt, "script") {
			if s.Key%5 != 0 || m.keys == 1 { // only objects that exist
				s.GiveUp = 0
				script = append(script, s)
				objects[s.Key] = true
			}
		}
		if problems := m.run(t, rapid.IntRange(1, 4).Draw(rt, "look-ups"), script); len(problems) > 0 {
			rt.Fatal(strings.Join(problems, "\n"))
		}
		pages := (m.keys + m.pageSize - 1) / m.pageSize
		if promised := 2*min(len(objects), pages) + 1; m.calls > promised || len(objects) == 1 && m.calls > 1 {
			rt.Fatalf("%d objects of %d pages cost %d calls, promised were %d: %v", len(objects), pages, m.calls, promised,
				slices.Collect(func(yield func(int) bool) {
					for _, s := range script {
						yield(s.Key)
					}
				}))
		}
	})
}
