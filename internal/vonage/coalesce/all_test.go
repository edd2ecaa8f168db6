// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package coalesce_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"
	"testing/synctest"

	"github.com/google/go-cmp/cmp"
)

func upTo(n int) []int {
	keys := make([]int, n)
	for i := range keys {
		keys[i] = i
	}
	return keys
}

func pages(from, to int) []string {
	var calls []string
	for number := from; number <= to; number++ {
		calls = append(calls, fmt.Sprint("page ", number))
	}
	return calls
}

// TestManyAtOnce: reading all objects of an account costs its pages and nothing more; few cost a page and a look-up each.
func TestManyAtOnce(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		objects int
		keys    []int
		found   int
		calls   []string
	}{
		"all of many":         {5000, upTo(5000), 5000, pages(1, 50)},
		"all of few":          {7, upTo(7), 7, pages(1, 1)},
		"one":                 {5000, []int{4321}, 1, []string{"one 4321"}},
		"two of many":         {5000, []int{4321, 4322}, 2, []string{"page 1", "one 4321", "one 4322"}},
		"none":                {5000, nil, 0, nil},
		"absent ones, listed": {150, append(upTo(150), 900, 901, 902), 150, append(append(pages(1, 2), "one 900", "one 901"), pages(1, 2)...)},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				api := newAccount(test.objects)
				index := api.index(1)
				found, err := index.GetAll(t.Context(), test.keys)
				if err != nil || len(found) != test.found {
					t.Errorf("found %d, %v", len(found), err)
				}
				if diff := cmp.Diff(slices.Sorted(slices.Values(test.calls)), slices.Sorted(slices.Values(api.made()))); diff != "" {
					t.Error(diff)
				}
				again, err := index.GetAll(t.Context(), test.keys)
				if err != nil || !cmp.Equal(found, again) || len(api.made()) != len(test.calls) {
					t.Errorf("the second time found %d, %v, after %q", len(again), err, api.made())
				}
			})
		})
	}
}

// TestLatestOfMany: a list that was read before does not do, and neither does one that is being read.
func TestLatestOfMany(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		api := newAccount(250)
		index := api.index(1)
		if _, err := index.GetAll(t.Context(), upTo(250)); err != nil {
			t.Fatal(err)
		}
		api.set(7, 5) // changed outside this process
		found, err := index.LatestAll(t.Context(), upTo(250))
		if err != nil || found[7] != 5 {
			t.Errorf("object 7 is %d, %v", found[7], err)
		}
		if diff := cmp.Diff(slices.Concat(pages(1, 3), pages(1, 3)), api.made()); diff != "" {
			t.Error(diff)
		}
	})
}

// TestAll: the whole list is read once, and shows what this process has written since.
func TestAll(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		api := newAccount(250)
		index := api.index(1)
		if all, err := index.All(t.Context()); err != nil || len(all) != 250 {
			t.Fatalf("found %d, %v", len(all), err)
		}
		index.Put(300, 1)
		index.Remove(7)
		all, err := index.All(t.Context())
		if _, removed := all[7]; err != nil || len(all) != 250 || removed || all[300] != 1 {
			t.Errorf("found %d, %v", len(all), err)
		}
		if diff := cmp.Diff(pages(1, 3), api.made()); diff != "" {
			t.Error(diff)
		}
	})
}

func TestManyAtOnceGiveUpTogether(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		api := newAccount(5000)
		api.perCall = 1e9
		index := api.index(1)
		ctx, cancel := context.WithTimeout(t.Context(), 3.5e9)
		defer cancel()
		if _, err := index.GetAll(ctx, upTo(5000)); !errors.Is(err, context.DeadlineExceeded) {
			t.Error(err)
		}
		synctest.Wait()
		if made := api.made(); len(made) != 4 {
			t.Errorf("went on: %q", made)
		}
		if found, err := index.GetAll(t.Context(), []int{7, 307}); err != nil || len(found) != 2 {
			t.Errorf("found %v, %v", found, err)
		}
	})
}
