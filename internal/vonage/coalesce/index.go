// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

// Package coalesce serves many reads of single objects from few calls of an API that lists them by the page.
//
// N readers of an account of P pages cost at most 2·min(N, P)+1 calls, without anybody saying N in advance: the first read
// is one look-up; the second reads page 1, which tells P and is part of the list; from then on there are look-ups until
// those made and those waiting cost as much as what is left of the list, and then the list.
package coalesce

import (
	"context"
	"errors"
	"slices"
	"sync"
	"time"
)

// ErrAbsent says that there is no object of a key.
var ErrAbsent = errors.New("there is no such object")

// Source is the API behind an index.
type Source[K comparable, V any] struct {
	// One looks a single object up.
	One func(ctx context.Context, key K) (V, error)
	// IsAbsent recognises the error by which One says that there is no such object.
	IsAbsent func(error) bool
	// Page reads one page, counted from 1, of the list of all objects.
	Page func(ctx context.Context, number int) (Page[K, V], error)
	// LookUps is how many calls of One may be in flight at a time; at least 1. Where the API's rate is so low that they
	// would only queue, 1 lets the list be chosen as soon as it is cheaper.
	LookUps int
}

// Page is one page of a list.
type Page[K comparable, V any] struct {
	Objects map[K]V
	Total   int // pages in the whole list
}

// Index remembers what was read and written during one run. Whoever reads an object that it does not know waits for a
// call that several share; a caller that gives up does not end it for the others. It is safe for concurrent use.
type Index[K comparable, V any] struct {
	source Source[K, V]

	mu      sync.Mutex
	moments uint64
	objects map[K]object[V]
	waiting []*waiter[K, V] // in order of arrival
	lookUps map[K]*call
	list    list
	writers writers
	// made counts the look-ups since the list was last read; confirmed those of objects that a list did not show.
	made, confirmed int
}

// New makes an empty index.
func New[K comparable, V any](source Source[K, V]) *Index[K, V] {
	return &Index[K, V]{source: source, objects: map[K]object[V]{}, lookUps: map[K]*call{}}
}

// object is what is known of a key.
type object[V any] struct {
	value   V
	absence error // there is no such object
	// unknown: what was known is no longer true, because a write had no clear outcome.
	unknown bool
	// written: it is what this process wrote, not what it read.
	written bool
	// asOf is when the call began that read it, or when it was written.
	asOf moment
}

// moment is a point in time. No two are the same, however coarse the clock.
type moment struct {
	number uint64
	at     time.Time
}

func (x *Index[K, V]) now() moment {
	x.moments++
	return moment{number: x.moments, at: time.Now()}
}

// consistencyDelay is for how long what was written is trusted more than what is read: how soon a write shows in lists is
// undocumented.
const consistencyDelay = 30 * time.Second

// newerThan reports whether the object is newer than what a call that began at a time has read.
func (o object[V]) newerThan(began moment) bool {
	return began.number < o.asOf.number || o.written && began.at.Sub(o.asOf.at) < consistencyDelay
}

// waiter is one reader's wait for one object.
type waiter[K comparable, V any] struct {
	ctx   context.Context //nolint:containedctx // its values are the call's, for whoever logs
	key   K
	fresh bool // for a write
	since moment
	done  chan struct{}
	value V
	err   error
}

// Get gives an object, or an error for which either Source.IsAbsent holds or errors.Is(err, ErrAbsent). What is known
// already, absence included, costs nothing.
func (x *Index[K, V]) Get(ctx context.Context, key K) (V, error) {
	return x.wait(ctx, &waiter[K, V]{ctx: ctx, key: key, done: make(chan struct{})})
}

// Fresh gives an object as a write may start from: not older than Window, and, while no other write is under way, as it
// is now. The writer must have entered (see Enter).
func (x *Index[K, V]) Fresh(ctx context.Context, key K) (V, error) {
	return x.wait(ctx, &waiter[K, V]{ctx: ctx, key: key, fresh: true, done: make(chan struct{})})
}

func (x *Index[K, V]) wait(ctx context.Context, w *waiter[K, V]) (V, error) {
	if err := ctx.Err(); err != nil {
		return w.value, err
	}
	x.mu.Lock()
	w.since = x.now()
	x.waiting = append(x.waiting, w)
	x.dispatch() //nolint:contextcheck // a call belongs to all who wait for it
	x.mu.Unlock()

	select {
	case <-w.done:
		return w.value, w.err
	case <-ctx.Done():
	}
	x.mu.Lock()
	defer x.mu.Unlock()
	x.waiting = slices.DeleteFunc(x.waiting, func(other *waiter[K, V]) bool { return other == w })
	x.abandon()
	x.dispatch() //nolint:contextcheck // a call belongs to all who wait for it
	var none V
	return none, ctx.Err()
}

// Peek gives an object that is known to be there, without any call.
func (x *Index[K, V]) Peek(key K) (value V, ok bool) {
	x.mu.Lock()
	defer x.mu.Unlock()
	o, ok := x.objects[key]
	return o.value, ok && !o.unknown && o.absence == nil
}

// Put notes what this process has written. Every later read sees it.
func (x *Index[K, V]) Put(key K, value V) {
	x.note(key, object[V]{value: value, written: true})
}

// Remove notes that this process has removed an object. Every later read sees it.
func (x *Index[K, V]) Remove(key K) {
	x.note(key, object[V]{absence: ErrAbsent, written: true})
}

// Forget drops what is known of an object, after a write of which nobody knows what it did.
func (x *Index[K, V]) Forget(key K) {
	x.note(key, object[V]{unknown: true})
}

func (x *Index[K, V]) note(key K, o object[V]) {
	x.mu.Lock()
	defer x.mu.Unlock()
	o.asOf = x.now()
	x.objects[key] = o
	x.dispatch()
}

// store takes in what a call has read, unless something newer is known.
func (x *Index[K, V]) store(key K, o object[V]) {
	if known, ok := x.objects[key]; !ok || !known.newerThan(o.asOf) {
		x.objects[key] = o
	}
}

// serve answers those whose object is known well enough.
func (x *Index[K, V]) serve() {
	x.waiting = slices.DeleteFunc(x.waiting, func(w *waiter[K, V]) bool {
		o, ok := x.objects[w.key]
		if !ok || o.unknown || w.fresh && !x.isFresh(o, w) {
			return false
		}
		w.value, w.err = o.value, o.absence
		close(w.done)
		return true
	})
}

// fail ends the wait of those for whom err is the answer.
func (x *Index[K, V]) fail(err error, concerns func(*waiter[K, V]) bool) {
	x.waiting = slices.DeleteFunc(x.waiting, func(w *waiter[K, V]) bool {
		if !concerns(w) {
			return false
		}
		w.err = err
		close(w.done)
		return true
	})
}
