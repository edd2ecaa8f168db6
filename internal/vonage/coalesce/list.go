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

// left is what the rest of the list costs.
func (l *list) left() int { return l.total - (l.next - 1) }

// take takes in one page.
func (x *Index[K, V]) take(page Page[K, V], number int, began moment) {
	for key, value := range page.Objects {
		x.absorb(key, object[V]{value: value, asOf: began})
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
	l.refreshAt = l.began.at.Add(x.window() - l.took - patience)
	x.made = 0
}

const (
	// freshest is the age up to which a write may start from what was read, where a whole list takes no longer.
	freshest = 30 * time.Second
	// patience is what a load gets beyond the time that the last one took, and the pause after one that failed.
	patience = time.Second
)

// Window is the age up to which a write may start from what was read: 30 seconds, or what reading the whole list takes.
func (x *Index[K, V]) Window() time.Duration {
	x.mu.Lock()
	defer x.mu.Unlock()
	return x.window()
}

func (x *Index[K, V]) window() time.Duration { return max(freshest, x.list.took) }

// isFresh reports whether a write may start from an object: from what this process wrote lately; while other writes are
// under way, from what was read lately; and from what was read for it.
func (x *Index[K, V]) isFresh(o object[V], w *waiter[K, V]) bool {
	young := time.Since(o.asOf.at) <= x.window()
	return young && (o.written || x.writers.queue() && o.absence == nil) || o.asOf.number > w.since.number
}

// writers are the writes under way.
type writers struct {
	count int
	ctx   context.Context //nolint:containedctx // of the last to come; its values are for calls made on behalf of all
	timer *time.Timer     // wakes the index for the next refresh
}

// queue reports whether more than one write is under way: then the list is kept fresh for all of them.
func (w *writers) queue() bool { return w.count > 1 }

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

// refreshDue reports whether the list is to be read again for the writers, and sees to it that it is asked in time.
func (x *Index[K, V]) refreshDue() bool {
	if x.writers.timer != nil {
		x.writers.timer.Stop()
	}
	if !x.writers.queue() || x.list.loads == 0 {
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
