// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package coalesce

import (
	"context"
	"time"
)

// call is one call in flight.
type call struct {
	cancel  context.CancelFunc
	dropped bool // no reader or writer needs the result any more
}

func (c *call) drop() {
	c.dropped = true
	c.cancel()
}

// newCall derives the context of a shared call: it keeps ctx's values but not its cancellation, because the call may
// outlive the caller that started it.
func newCall(ctx context.Context) (context.Context, *call) {
	ctx, cancel := context.WithCancel(context.WithoutCancel(ctx))
	return ctx, &call{cancel: cancel}
}

// abandon runs when a reader gives up or a writer leaves. If no reader is waiting and writes no longer overlap, it
// stops loading the list.
func (x *index[K]) abandon() {
	if len(x.waiting) == 0 && !x.writers.several() {
		x.list.loading = false
	}
	x.dropUnwanted()
}

// dropUnwanted cancels the calls whose result no reader or writer needs any more, because the readers gave up or were
// served by another call or by a write.
func (x *index[K]) dropUnwanted() {
	wanted := map[K]bool{}
	for _, w := range x.waiting {
		wanted[w.key] = true
	}
	for key, c := range x.lookUps {
		if !wanted[key] {
			c.drop()
		}
	}
	if x.list.page != nil && len(x.waiting) == 0 && !x.writers.several() {
		x.list.page.drop()
	}
}

// lookUp starts a look-up of key. It returns false when Source.LookUps look-ups are already in flight.
func (x *index[K]) lookUp(key K) bool {
	if len(x.lookUps) >= max(x.source.LookUps, 1) {
		return false
	}
	ctx, c := newCall(x.waiterContext(key))
	x.lookUps[key] = c
	began := x.now()
	go func() {
		defer c.cancel()
		value, err := x.source.One(ctx, key)
		x.mu.Lock()
		defer x.mu.Unlock()
		delete(x.lookUps, key)
		switch {
		case err == nil:
			x.store(key, object{value: value, asOf: began})
		case x.source.IsAbsent(err):
			x.store(key, object{absence: err, asOf: began})
		case !c.dropped:
			x.fail(err, func(w *waiter[K]) bool { return w.key == key })
		}
		x.dispatch() //nolint:contextcheck // the call is shared by all waiters
	}()
	return true
}

// waiterContext returns the context of a reader waiting for key. The call uses its values, for logging, but not its
// cancellation.
func (x *index[K]) waiterContext(key K) context.Context {
	for _, w := range x.waiting {
		if w.key == key {
			return w.ctx
		}
	}
	return context.Background()
}

// readPage starts reading one page of the list.
func (x *index[K]) readPage(number int) {
	began := x.now()
	if number == 1 {
		x.list.began = began
	}
	ctx, c := newCall(x.listContext())
	x.list.page = c
	go func() {
		defer c.cancel()
		page, err := x.source.Page(ctx, number)
		x.mu.Lock()
		defer x.mu.Unlock()
		x.list.page = nil
		switch {
		case err == nil:
			x.addPage(page, number, began)
		case !c.dropped:
			x.list.loading = false
			x.list.refreshAt = time.Now().Add(margin)
			x.fail(err, func(w *waiter[K]) bool { _, own := x.lookUps[w.key]; return !own })
		}
		x.dispatch() //nolint:contextcheck // the call is shared by all waiters
	}()
}

// listContext returns the context whose values a page read uses: the first waiting reader's, or else the latest
// writer's.
func (x *index[K]) listContext() context.Context {
	if len(x.waiting) > 0 {
		return x.waiting[0].ctx
	}
	return x.writers.ctx
}
