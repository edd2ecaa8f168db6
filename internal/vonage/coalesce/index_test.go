// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package coalesce_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/vonage/terraform-provider-vonage/internal/vonage/coalesce"
)

var errGone = errors.New("404")

// account is an API that lists objects by version, counted from 1; an object without a version does not exist.
type account struct {
	mu       sync.Mutex
	versions map[int]int
	hidden   map[int]bool // on no page, although a look-up finds it
	pageSize int
	latency  time.Duration
	perCall  time.Duration // between calls, 0 = no limit
	last     time.Time
	fail     func(call string) error
	calls    []string
}

func newAccount(objects int) *account {
	a := &account{versions: map[int]int{}, hidden: map[int]bool{}, pageSize: 100, latency: 20 * time.Millisecond}
	for key := range objects {
		a.versions[key] = 1
	}
	return a
}

func (a *account) index(lookUps int) *coalesce.Index[int, int] {
	return coalesce.New(coalesce.Source[int, int]{
		One: a.one, Page: a.page, LookUps: lookUps,
		IsAbsent: func(err error) bool { return errors.Is(err, errGone) },
	})
}

// call waits for the rate limit, records the call, and takes its answer half-way through the latency.
func (a *account) call(ctx context.Context, name string, answer func()) error {
	a.mu.Lock()
	wait := time.Until(a.last.Add(a.perCall))
	if a.perCall > 0 {
		a.last = time.Now().Add(max(wait, 0))
	}
	a.mu.Unlock()
	if err := sleep(ctx, wait); err != nil {
		return err
	}
	a.mu.Lock()
	a.calls = append(a.calls, name)
	fail, latency := a.fail, a.latency
	a.mu.Unlock()
	if err := sleep(ctx, latency/2); err != nil {
		return err
	}
	if fail != nil {
		if err := fail(name); err != nil {
			return err
		}
	}
	a.mu.Lock()
	answer()
	a.mu.Unlock()
	return sleep(ctx, latency/2)
}

func (a *account) one(ctx context.Context, key int) (version int, err error) {
	err = a.call(ctx, fmt.Sprintf("one %d", key), func() { version = a.versions[key] })
	if err == nil && version == 0 {
		err = errGone
	}
	return version, err
}

func (a *account) page(ctx context.Context, number int) (page coalesce.Page[int, int], err error) {
	err = a.call(ctx, fmt.Sprintf("page %d", number), func() {
		var keys []int
		for key, version := range a.versions {
			if version > 0 && !a.hidden[key] {
				keys = append(keys, key)
			}
		}
		slices.Sort(keys)
		page.Total = (len(keys) + a.pageSize - 1) / a.pageSize
		page.Objects = map[int]int{}
		for i := (number - 1) * a.pageSize; i < min(number*a.pageSize, len(keys)); i++ {
			page.Objects[keys[i]] = a.versions[keys[i]]
		}
	})
	return page, err
}

func (a *account) set(key, version int) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.versions[key] = version
}

// made returns the calls so far.
func (a *account) made() []string {
	a.mu.Lock()
	defer a.mu.Unlock()
	return slices.Clone(a.calls)
}

func sleep(ctx context.Context, d time.Duration) error {
	select {
	case <-time.After(d):
		return ctx.Err()
	case <-ctx.Done():
		return ctx.Err()
	}
}

// walk reads keys in order, with the given parallelism, as Terraform does, and checks that all are found.
func walk(t *testing.T, index *coalesce.Index[int, int], parallel int, keys []int) {
	t.Helper()
	next := make(chan int)
	var readers sync.WaitGroup
	for range parallel {
		readers.Go(func() {
			for key := range next {
				if version, err := index.Get(t.Context(), key); err != nil || version != 1 {
					t.Errorf("object %d: %d, %v", key, version, err)
				}
			}
		})
	}
	for _, key := range keys {
		next <- key
	}
	close(next)
	readers.Wait()
}

func count(n int) []int {
	keys := make([]int, n)
	for i := range keys {
		keys[i] = i
	}
	return keys
}

// spread returns n keys spaced evenly over the given total.
func spread(n, of int) []int {
	keys := make([]int, n)
	for i := range keys {
		keys[i] = i * of / n
	}
	return keys
}

// shuffled returns keys in an order unrelated to the list's.
func shuffled(n int) []int {
	keys := make([]int, n)
	for i := range keys {
		keys[i] = i * 617 % n
	}
	return keys
}

// TestCallsOfAWalk pins the numbers of calls that the documentation promises.
func TestCallsOfAWalk(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		objects, parallel int
		keys              []int
		perCall           time.Duration
		calls             int
		took              time.Duration // 0: not checked
	}{
		"one object":                           {5000, 10, []int{4000}, 0, 1, 0},
		"one object, small account":            {1, 10, []int{0}, 0, 1, 0},
		"two objects of one page":              {100, 10, []int{7, 70}, 0, 2, 0},
		"three objects of 5,000":               {5000, 10, []int{4000, 3000, 2000}, 0, 4, 0},
		"three objects of 5,000, one by one":   {5000, 1, []int{4000, 3000, 2000}, 0, 4, 0},
		"1,000 of 1,000":                       {1000, 10, count(1000), 0, 21, 0},
		"1,000 of 1,000, limited":              {1000, 10, count(1000), time.Second, 13, 13 * time.Second},
		"1,000 of 1,000, limited, other order": {1000, 10, shuffled(1000), time.Second, 13, 13 * time.Second},
		"1,000 of 1,000, one by one":           {1000, 1, count(1000), 0, 21, 0},
		"1,000 of 5,000, limited":              {5000, 10, spread(1000, 5000), time.Second, 101, 0},
		"100 of 5,000, limited":                {5000, 10, spread(100, 5000), time.Second, 101, 0},
		"10 of 5,000, limited":                 {5000, 10, spread(10, 5000), time.Second, 11, 0},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				start := time.Now()
				api := newAccount(test.objects)
				api.perCall = test.perCall
				walk(t, api.index(1), test.parallel, test.keys)
				if calls := len(api.made()); calls > test.calls {
					t.Errorf("%d calls, promised were %d: %q", calls, test.calls, api.made())
				}
				if took := time.Since(start); test.took > 0 && took > test.took {
					t.Errorf("it took %s", took)
				}
			})
		})
	}
}

// TestFirstCalls: a look-up, then page 1, then whichever is cheaper.
func TestFirstCalls(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		objects int
		keys    []int
		want    []string
	}{
		"few of many":  {5000, []int{4000, 3000, 2000}, []string{"one 4000", "page 1", "one 3000", "one 2000"}},
		"many of few":  {300, []int{299, 298, 297, 296}, []string{"one 299", "page 1", "page 2", "page 3"}},
		"on page 1":    {300, []int{299, 1, 2, 3}, []string{"one 299", "page 1"}},
		"one page":     {100, []int{0, 1, 2, 3}, []string{"one 0", "page 1"}},
		"none at all":  {0, []int{5}, []string{"one 5"}},
		"none but two": {0, []int{5, 6}, []string{"one 5", "page 1", "one 6"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				api := newAccount(test.objects)
				index := api.index(1)
				for _, key := range test.keys {
					go func() { _, _ = index.Get(t.Context(), key) }()
					synctest.Wait()
				}
				<-time.After(time.Minute) // synctest's fake clock
				if diff := cmp.Diff(test.want, api.made()); diff != "" {
					t.Error(diff)
				}
			})
		})
	}
}

func TestReadersShareACall(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		api := newAccount(10)
		walk(t, api.index(4), 64, slices.Repeat([]int{3}, 200))
		if diff := cmp.Diff([]string{"one 3"}, api.made()); diff != "" {
			t.Error(diff)
		}
	})
}
