// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package coalesce_test

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/vonage/terraform-provider-vonage/internal/vonage/coalesce"
)

// isAbsent reports whether err means that the object does not exist.
func isAbsent(err error) bool { return errors.Is(err, errGone) || errors.Is(err, coalesce.ErrAbsent) }

func TestAbsenceIsAnAnswer(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		api := newAccount(0)
		index := api.index(1)
		for range 3 {
			if _, err := index.Get(t.Context(), 1); !errors.Is(err, errGone) {
				t.Errorf("got %v", err)
			}
		}
		if diff := cmp.Diff([]string{"one 1"}, api.made()); diff != "" {
			t.Error(diff)
		}
	})
}

// TestObjectsThatTheListDoesNotShow: such objects are confirmed one by one up to the number of pages, beyond that by
// a second list.
func TestObjectsThatTheListDoesNotShow(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		const pages = 3
		api := newAccount(300)
		index := api.index(1)
		walk(t, index, 10, shuffled(300))
		before := len(api.made())
		api.hidden[1000] = true // exists, but moved between pages while they were read
		api.set(1000, 1)
		if version, err := index.Get(t.Context(), 1000); err != nil || version != 1 {
			t.Errorf("got %d, %v", version, err)
		}
		for key := 1001; key < 1020; key++ {
			if _, err := index.Get(t.Context(), key); !isAbsent(err) {
				t.Errorf("object %d: %v", key, err)
			}
		}
		want := []string{"one 1000", "one 1001", "one 1002", "page 1", "page 2", "page 3"}
		if diff := cmp.Diff(want, api.made()[before:]); diff != "" {
			t.Errorf("with %d pages: %s", pages, diff)
		}
	})
}

// TestReaderThatGivesUp: a reader that gives up returns at once and does not cancel the others' call.
func TestReaderThatGivesUp(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		api := newAccount(1000)
		api.latency = 10 * time.Second
		index := api.index(1)
		start := time.Now()
		hasty, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		gaveUp, read := make(chan error), make(chan error)
		go func() { _, err := index.Get(hasty, 1); gaveUp <- err }() // the reader that started the call
		synctest.Wait()
		go func() { _, err := index.Get(t.Context(), 1); read <- err }()
		if err := <-gaveUp; !errors.Is(err, context.DeadlineExceeded) || time.Since(start) != time.Second {
			t.Errorf("gave up with %v after %s", err, time.Since(start))
		}
		if err := <-read; err != nil || time.Since(start) != 10*time.Second {
			t.Errorf("the other got %v after %s", err, time.Since(start))
		}
		if calls := api.made(); len(calls) != 1 {
			t.Errorf("called %q", calls)
		}
	})
}

// TestNobodyWaits: a call without waiters is cancelled, and its failure does not reach the next reader.
func TestNobodyWaits(t *testing.T) {
	t.Parallel()
	for name, known := range map[string]int{"look-up": 0, "page 1": 1, "page 2": 1000} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				api := newAccount(1000)
				index := api.index(1)
				if known > 0 {
					walk(t, index, 1, []int{999})
				}
				api.latency = time.Hour
				ctx, cancel := context.WithCancel(t.Context())
				for key := range 20 {
					go func() {
						if _, err := index.Get(ctx, key); !errors.Is(err, context.Canceled) {
							t.Errorf("got %v", err)
						}
					}()
				}
				synctest.Wait()
				start := time.Now()
				cancel()
				synctest.Wait()
				api.mu.Lock()
				api.latency = time.Second
				api.mu.Unlock()
				if _, err := index.Get(t.Context(), 500); err != nil || time.Since(start) > 10*time.Second {
					t.Errorf("the next reader got %v after %s", err, time.Since(start))
				}
			})
		})
	}
}

// TestAnsweredElsewhere: a call is also cancelled when writes have served all its waiters.
func TestAnsweredElsewhere(t *testing.T) {
	t.Parallel()
	for name, known := range map[string]int{"look-up": 0, "page 1": 1} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				api := newAccount(1000)
				index := api.index(1)
				walk(t, index, 1, count(known))
				api.latency = time.Hour
				answered := make(chan int)
				for key := 100; key < 120; key++ {
					go func() {
						version, _ := index.Get(t.Context(), key)
						answered <- version
					}()
				}
				synctest.Wait()
				start := time.Now()
				for key := 100; key < 120; key++ {
					index.Put(key, 2)
					if version := <-answered; version != 2 {
						t.Errorf("got %d", version)
					}
				}
				synctest.Wait()
				api.mu.Lock()
				api.latency = time.Second
				api.mu.Unlock()
				if _, err := index.Get(t.Context(), 500); err != nil || time.Since(start) > 10*time.Second {
					t.Errorf("the next reader got %v after %s", err, time.Since(start))
				}
			})
		})
	}
}

func TestCancelledBeforeItBegan(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	api := newAccount(1)
	if _, err := api.index(1).Get(ctx, 0); !errors.Is(err, context.Canceled) || len(api.made()) > 0 {
		t.Errorf("got %v after %q", err, api.made())
	}
}

// TestErrors: the waiters of a call get its error, and the next reader makes a new call.
func TestErrors(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		failing string
		want    []string
	}{
		"look-up":        {"one 999", []string{"one 999", "page 1", "one 998"}},
		"page 1":         {"page 1", []string{"one 999", "page 1", "page 1", "one 998"}},
		"second look-up": {"one 998", []string{"one 999", "page 1", "one 998", "one 998"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				broken := errors.New("broken")
				api := newAccount(1000)
				failures := 0
				api.fail = func(call string) error {
					if call == test.failing && failures == 0 {
						failures++
						return broken
					}
					return nil
				}
				index := api.index(1)
				for _, key := range []int{999, 998} {
					_, err := index.Get(t.Context(), key)
					if err != nil && !errors.Is(err, broken) {
						t.Errorf("object %d: %v", key, err)
					}
				}
				if _, err := index.Get(t.Context(), 998); err != nil {
					t.Errorf("after the failure: %v", err)
				}
				if diff := cmp.Diff(test.want, api.made()); diff != "" || failures != 1 {
					t.Error(diff)
				}
			})
		})
	}
}

// TestWritesAreVisible: reads return what this process has written, whichever reads were in flight during the write.
func TestWritesAreVisible(t *testing.T) {
	t.Parallel()
	write := map[string]func(*account, *coalesce.Index[int, int]){
		"put":    func(a *account, x *coalesce.Index[int, int]) { a.set(5, 2); x.Put(5, 2) },
		"remove": func(a *account, x *coalesce.Index[int, int]) { a.set(5, 0); x.Remove(5) },
		"stale":  func(_ *account, x *coalesce.Index[int, int]) { x.Put(5, 2) }, // the list does not show it yet
		"forget": func(a *account, x *coalesce.Index[int, int]) { a.set(5, 2); x.Forget(5) },
	}
	for name, write := range write {
		for reading, keys := range map[string][]int{"nothing": nil, "look-up": {5}, "page 1": {999, 6}, "list": {999, 998, 997, 996, 995, 994}} {
			t.Run(name+" while reading "+reading, func(t *testing.T) {
				t.Parallel()
				synctest.Test(t, func(t *testing.T) {
					api := newAccount(300)
					for key := 300; key < 1000; key++ {
						delete(api.versions, key)
					}
					index := api.index(1)
					for _, key := range keys {
						go func() { _, _ = index.Get(t.Context(), key) }()
						<-time.After(6 * time.Millisecond) // synctest's fake clock
					}
					<-time.After(6 * time.Millisecond) // calls answer 10 ms after they began, and end 10 ms later
					write(api, index)
					version, err := index.Get(t.Context(), 5)
					if name == "remove" && !isAbsent(err) || name != "remove" && (err != nil || version != 2) {
						t.Errorf("read %d, %v", version, err)
					}
					<-time.After(time.Second)
					again, err := index.Get(t.Context(), 5)
					if name == "remove" && !isAbsent(err) || name != "remove" && (err != nil || again != 2) {
						t.Errorf("later read %d, %v", again, err)
					}
				})
			})
		}
	}
}
