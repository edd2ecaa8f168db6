// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package coalesce_test

import (
	"context"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/vonage/terraform-provider-vonage/internal/vonage/coalesce"
)

// update makes a write the way the services do: enter, read a fresh object, write, and record what was written.
func update(t *testing.T, api *account, index *coalesce.Index[int, int], key int, write func()) (from int) {
	t.Helper()
	leave := index.Enter(t.Context())
	defer leave()
	from, err := index.Fresh(t.Context(), key)
	if err != nil {
		t.Errorf("object %d: %v", key, err)
	}
	write()
	api.set(key, from+1)
	index.Put(key, from+1)
	return from
}

// TestLoneWriteStartsFromNow: a write that overlaps no other starts from a fresh read, not from the cache.
func TestLoneWriteStartsFromNow(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		api := newAccount(1000)
		index := api.index(1)
		walk(t, index, 1, []int{7})
		api.set(7, 5) // changed outside this process
		if from := update(t, api, index, 7, func() {}); from != 5 {
			t.Errorf("the write started from version %d", from)
		}
		if diff := cmp.Diff([]string{"one 7", "page 1"}, api.made()); diff != "" {
			t.Error(diff)
		}
		// What this process wrote a moment ago needs no look-up.
		if from := update(t, api, index, 7, func() {}); from != 6 || len(api.made()) != 2 {
			t.Errorf("the next write started from version %d after %q", from, api.made())
		}
		<-time.After(31 * time.Second) // synctest's fake clock
		api.set(7, 9)
		if from := update(t, api, index, 7, func() {}); from != 9 {
			t.Errorf("a write after half a minute started from version %d", from)
		}
	})
}

func TestFreshAbsence(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		api := newAccount(10)
		index := api.index(1)
		if _, err := index.Get(t.Context(), 50); !isAbsent(err) {
			t.Fatal(err)
		}
		api.set(50, 1) // rented outside this process since the list was read
		leaveOther := index.Enter(t.Context())
		defer leaveOther()
		if from := update(t, api, index, 50, func() {}); from != 1 {
			t.Errorf("the write started from version %d", from)
		}
		index.Remove(50)
		leave := index.Enter(t.Context())
		defer leave()
		if _, err := index.Fresh(t.Context(), 50); !isAbsent(err) {
			t.Errorf("a write to what this process has removed: %v", err)
		}
	})
}

// TestWritesAtTheLimit makes 1,000 writes, ten at a time, at three a second, while the list is limited to one call a
// second. The list is refreshed in the background, so that no write starts from stale data and hardly any write
// waits.
func TestWritesAtTheLimit(t *testing.T) {
	t.Parallel()
	for name, objects := range map[string]int{"account of 1,000": 1000, "account of 5,000": 5000} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				api := newAccount(objects)
				api.perCall = time.Second
				index := api.index(1)
				start := time.Now()
				var turn sync.Mutex
				var last time.Time
				var changed sync.Map // when each object was last changed outside this process
				next := make(chan int)
				var workers sync.WaitGroup
				for range 10 {
					workers.Go(func() {
						for key := range next {
							began := time.Now()
							from := update(t, api, index, key, func() {
								turn.Lock() // the rate limit of writes
								wait := time.Until(last.Add(time.Second / 3))
								last = time.Now().Add(max(wait, 0))
								turn.Unlock()
								_ = sleep(t.Context(), wait)
							})
							when, ok := changed.Load(key)
							if ok && from == 1 && began.Sub(when.(time.Time)) > index.Window() {
								t.Errorf("object %d: the write did not see a change of %s ago", key, began.Sub(when.(time.Time)))
							}
						}
					})
				}
				go func() { // changes an object that is still to be written, once a second
					for i := range 300 {
						key := 999 - i
						<-time.After(time.Second)
						api.mu.Lock()
						if api.versions[key] == 1 {
							api.versions[key] = 100
							changed.Store(key, time.Now())
						}
						api.mu.Unlock()
					}
				}()
				for key := range 1000 {
					next <- key
				}
				close(next)
				workers.Wait()
				took := time.Since(start)
				t.Logf("1,000 writes took %s, %.0f %% of the limit, with %d calls of the list", took, 100000./3/took.Seconds(), len(api.made()))
				if limit := time.Second * 1000 / 3; objects == 1000 && took > limit*10/9 {
					t.Errorf("1,000 writes took %s; at the limit it is %s", took, limit)
				}
			})
		})
	}
}

// TestBackgroundEndsWithTheWrites: background refreshes stop when the last writer has left or given up.
func TestBackgroundEndsWithTheWrites(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		api := newAccount(300)
		index := api.index(1)
		ctx, cancel := context.WithCancel(t.Context())
		leave, leaveToo := index.Enter(ctx), index.Enter(ctx)
		walk(t, index, 10, shuffled(300))
		loaded := len(api.made())
		<-time.After(5 * time.Minute) // synctest's fake clock; the list is refreshed meanwhile
		if refreshed := len(api.made()); refreshed < loaded+9*3 || refreshed > loaded+15*3 {
			t.Errorf("%d calls in five minutes", refreshed-loaded)
		}
		cancel()
		leave()
		leaveToo()
		left := len(api.made())
		<-time.After(time.Hour)
		if calls := api.made()[left:]; len(calls) > 0 {
			t.Errorf("still called %q", calls)
		}
	})
}

// TestTakingAwayStartsFromNow: a write that takes something away starts from a read that began after it, even while
// other writes are in progress, and many of them share the reads.
func TestTakingAwayStartsFromNow(t *testing.T) {
	t.Parallel()
	for name, objects := range map[string]int{"one page": 90, "ten pages": 1000} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				api := newAccount(objects)
				api.perCall = time.Second
				index := api.index(1)
				walk(t, index, 10, shuffled(objects))
				<-time.After(time.Second) // synctest's fake clock
				before := len(api.made())
				var all sync.WaitGroup
				for key := range 80 {
					api.set(key, 7) // changed outside this process since it was read
					all.Go(func() {
						leave := index.Enter(t.Context())
						defer leave()
						if version, err := index.Latest(t.Context(), key); err != nil || version != 7 {
							t.Errorf("object %d: the write started from version %d, %v", key, version, err)
						}
					})
				}
				all.Wait()
				if calls, pages := len(api.made())-before, (objects+99)/100; calls > 2*pages+1 {
					t.Errorf("%d calls", calls)
				}
				// What this process wrote a moment ago, the list may not show yet.
				index.Put(3, 8)
				if version, err := index.Latest(t.Context(), 3); err != nil || version != 8 {
					t.Errorf("after a write: version %d, %v", version, err)
				}
				<-time.After(31 * time.Second)
				if version, err := index.Latest(t.Context(), 3); err != nil || version != 7 {
					t.Errorf("later: version %d, %v", version, err)
				}
			})
		})
	}
}
