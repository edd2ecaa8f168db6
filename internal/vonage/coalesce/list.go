// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package coalesce

import (
	"context"
	"time"
)

// list is how far the list of all objects was read.
type list struct {
	total   int    // pages; 0 before page 1 was read for the first time
	next    int    // the page to read next, from 1
	began   moment // when page 1 of this load was asked for
	loading bool   // it was decided to read the rest
	page    *call  // in flight

	loads     int    // that came to their end
	lastBegan moment // the last of them
	took      time.Duration
	refreshAt time.Time // when the next is due while writes queue
}

// remaining is how many calls the rest of the list costs.
func (l *list) remaining() int { return l.total - (l.next - 1) }

// addPage takes in one page.
func (x *Index[K, V]) addPage(page Page[K, V], number int, began moment) {
	for key, value := range page.Objects {
		x.store(key, object[V]{value: value, asOf: began})
	}
	l := &x.list
	l.total, l.next = max(page.Total, 1), number+1
	if number < l.total && len(page.Objects) > 0 {
		return
	}
	l.loads++
	l.lastBegan, l.took = l.began, time.Since(l.began.at)
	l.next, l.loading = 1, false
	// Early enough that the next load has seen every object again before it is too old for a write.
	l.refreshAt = l.began.at.Add(x.window() - l.took - margin)
	x.made = 0
}

const (
	// minWindow is the least that the window can be: see Window.
	minWindow = 30 * time.Second
	// margin is what a load gets beyond the time that the last one took, and the pause after one that failed.
	margin = time.Second
)

// Window is the age up to which a write may start from what was read: 30 seconds, or what reading the whole list takes.
func (x *Index[K, V]) Window() time.Duration {
	x.mu.Lock()
	defer x.mu.Unlock()
	return x.window()
}

func (x *Index[K, V]) window() time.Duration { return max(minWindow, x.list.took) }

// isFresh reports whether a write may start from an object. It may from what this process wrote within the window; while other
// writes are under way, from what was read within the window; and always from what was read since it began to wait.
func (x *Index[K, V]) isFresh(o object[V], w *waiter[K, V]) bool {
	young := time.Since(o.asOf.at) <= x.window()
	return young && (o.written || x.writers.several() && o.absence == nil) || o.asOf.number > w.since.number
}

// writers are the writes under way.
type writers struct {
	count int
	ctx   context.Context //nolint:containedctx // of the last to come; its values are for calls made on behalf of all
	timer *time.Timer     // wakes the index for the next refresh
}

// several reports whether more than one write is under way: then the list is kept fresh for all of them.
func (w *writers) several() bool { return w.count > 1 }

// Enter notes that a write is under way, until leave is called. While there are several, they share one list that is
// kept fresh, so that no write waits for a look-up of its own.
func (x *Index[K, V]) Enter(ctx context.Context) (leave func()) {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.writers.count++
	x.writers.ctx = ctx //nolint:fatcontext // kept, not nested
	x.dispatch()        //nolint:contextcheck // a call belongs to all who wait for it
	return func() {
		x.mu.Lock()
		defer x.mu.Unlock()
		x.writers.count--
		x.abandon()
	}
}

// refreshDue reports whether the list is to be read again for the writers. If not yet, it sets a timer for when it is.
func (x *Index[K, V]) refreshDue() bool {
	if x.writers.timer != nil {
		x.writers.timer.Stop()
	}
	if !x.writers.several() || x.list.loads == 0 {
		return false
	}
	wait := time.Until(x.list.refreshAt)
	if wait <= 0 {
		return true
	}
	x.writers.timer = time.AfterFunc(wait, func() {
		x.mu.Lock()
		defer x.mu.Unlock()
		x.dispatch()
	})
	return false
}
