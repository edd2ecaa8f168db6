// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package clock

import (
	"math"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
)

// What waits for a time runs when the clock shows it, in order: because it has come, or because the clock was moved.
func TestAfterFunc(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		c := New(time.Now)
		var mu sync.Mutex
		var ran []string
		advance := func(d time.Duration) {
			t.Helper()
			if err := c.Advance(d); err != nil {
				t.Error(err)
			}
		}
		wait := func(name string, d time.Duration) (stop func()) {
			return c.AfterFunc(d, func() {
				mu.Lock()
				defer mu.Unlock()
				ran = append(ran, name)
			})
		}
		want := func(names ...string) {
			t.Helper()
			mu.Lock()
			defer mu.Unlock()
			if diff := cmp.Diff(names, ran); diff != "" {
				t.Errorf("ran (-want +got):\n%s", diff)
			}
		}
		wait("two hours", 2*time.Hour)
		wait("one hour", time.Hour)
		stop := wait("stopped", time.Hour)
		wait("three hours", 3*time.Hour)
		stop()
		stop() // once more is no harm
		advance(time.Hour - 1)
		want()
		advance(time.Hour + 1)
		want("one hour", "two hours")
		advance(-time.Hour) // now it takes two hours until the third
		<-time.After(time.Hour + 1)
		synctest.Wait()
		want("one hour", "two hours")
		<-time.After(time.Hour)
		synctest.Wait()
		want("one hour", "two hours", "three hours")
		wait("a minute", time.Minute)
		if err := c.Set(c.Now().Add(time.Minute)); err != nil {
			t.Error(err)
		}
		want("one hour", "two hours", "three hours", "a minute")
	})
}

// A clock that cannot show what is asked for stays as it is.
func TestFarthest(t *testing.T) {
	t.Parallel()
	began := time.Date(2026, 8, 1, 12, 0, 0, 0, time.UTC)
	c := New(func() time.Time { return began })
	far := began.AddDate(500, 0, 0)
	for name, err := range map[string]error{
		"by centuries": c.Advance(math.MaxInt64), "back by centuries": c.Advance(math.MinInt64), "the year 1": c.Set(time.Time{}),
		"in centuries": c.Set(far), "from there back": c.Move(&far, -Farthest), "a little too far": c.Advance(Farthest + 1),
	} {
		if err == nil || !strings.Contains(err.Error(), "50 years") {
			t.Errorf("%s: %v", name, err)
		}
	}
	if !c.Now().Equal(began) {
		t.Errorf("the clock shows %v", c.Now())
	}
	for _, step := range []time.Duration{Farthest, -2 * Farthest, Farthest} {
		if err := c.Advance(step); err != nil {
			t.Error(err)
		}
	}
	if !c.Now().Equal(began) {
		t.Errorf("there and back, the clock shows %v", c.Now())
	}
}
