// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package clock

import (
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
		c.Advance(time.Hour - 1)
		want()
		c.Advance(time.Hour + 1)
		want("one hour", "two hours")
		c.Advance(-time.Hour) // now it takes two hours until the third
		<-time.After(time.Hour + 1)
		synctest.Wait()
		want("one hour", "two hours")
		<-time.After(time.Hour)
		synctest.Wait()
		want("one hour", "two hours", "three hours")
		wait("a minute", time.Minute)
		c.Set(c.Now().Add(time.Minute))
		want("one hour", "two hours", "three hours", "a minute")
	})
}
