// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package coalesce

import (
	"context"
	"time"
)

// list is the progress of reading the list of all objects.
type list struct {
	total   int    // number of pages; 0 until page 1 has been read once
	next    int    // the page to read next, numbered from 1
	began   moment // when the call for page 1 of this load was made
	loading bool   // the remaining pages are to be read
	page    *call  // the page read in flight, if any

	loads     int           // completed loads
	lastBegan moment        // when the last completed load began
	took      time.Duration // how long the last completed load took
	refreshAt time.Time     // when the next load is due while writes overlap
}

// remaining returns the number of calls that the rest of the list costs.
func (l *list) remaining() int { return l.total - (l.next - 1) }

// addPage stores the objects of one page and completes the load after the last one.
func (x *index[K]) addPage(page Page[K, any], number int, began moment) {
	for key, value := range page.Objects {
		x.store(key, object{value: value, asOf: began})
	}
	l := &x.list
	l.total, l.next = max(page.Total, 1), number+1
	if number < l.total && len(page.Objects) > 0 {
		return
	}
	l.loads++
	l.lastBegan, l.took = l.began, time.Since(l.began.at)
	l.next, l.loading = 1, false
	// Early enough for the next load to read every object again before its state is too old for a write.
	l.refreshAt = l.began.at.Add(x.window() - l.took - margin)
	x.made = 0
}

const (
	// minWindow is the lower bound of Window.
	minWindow = 30 * time.Second
	// margin is added to the duration of the last load when the next is scheduled; it is also the pause after a
	// failed load.
	margin = time.Second
)

// Window returns the maximum age of a state that a write may start from: 30 seconds, or the duration of the last
// complete load if that is longer.
func (x *index[K]) Window() time.Duration {
	x.mu.Lock()
	defer x.mu.Unlock()
	return x.window()
}

func (x *index[K]) window() time.Duration { return max(minWindow, x.list.took) }

// isFresh reports whether the write w may start from o: if this process wrote o within the window, if o was read
// within the window while other writes are in progress, or if o was read or written after w began to wait. For Latest,
// see there.
func (x *index[K]) isFresh(o object, w *waiter[K]) bool {
	if w.last {
		return o.asOf.number > w.since.number || o.written && time.Since(o.asOf.at) < consistencyDelay
	}
	young := time.Since(o.asOf.at) <= x.window()
	return young && (o.written || x.writers.several() && o.absence == nil) || o.asOf.number > w.since.number
}

// writers tracks the writes in progress.
type writers struct {
	count int
	ctx   context.Context //nolint:containedctx // the latest writer's; its values are used for calls on behalf of all
	timer *time.Timer     // wakes the index for the next refresh
}

// several reports whether more than one write is in progress; then the list is kept fresh for all of them.
func (w *writers) several() bool { return w.count > 1 }

// Enter records that a write is in progress until leave is called. Overlapping writes share a list that is kept
// fresh, so that they need no look-ups of their own.
func (x *index[K]) Enter(ctx context.Context) (leave func()) {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.writers.count++
	x.writers.ctx = ctx //nolint:fatcontext // kept, not nested
	x.dispatch()        //nolint:contextcheck // the call is shared by all waiters
	return func() {
		x.mu.Lock()
		defer x.mu.Unlock()
		x.writers.count--
		x.abandon()
	}
}

// refreshDue reports whether the list must be read again for the writers. If it is not due yet, refreshDue sets a
// timer.
func (x *index[K]) refreshDue() bool {
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
