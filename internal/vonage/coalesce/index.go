// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

// Package coalesce combines many reads of single objects into few calls of a paginated list API.
//
// N readers of an account with P pages cost at most 2·min(N, P)+1 calls, although N is not known in advance. The
// first read is a look-up. The second reads page 1, which reveals P and counts towards the list. After that, objects
// are looked up until the look-ups made and waiting equal the remaining pages; then the rest of the list is read.
package coalesce

import (
	"context"
	"errors"
	"slices"
	"sync"
	"time"
)

// ErrAbsent reports that no object has the key.
var ErrAbsent = errors.New("there is no such object")

// Source is the API that an index reads from.
type Source[K comparable, V any] struct {
	// One reads a single object.
	One func(ctx context.Context, key K) (V, error)
	// IsAbsent reports whether an error returned by One means that the object does not exist.
	IsAbsent func(error) bool
	// Page reads one page, numbered from 1, of the list of all objects; nil if there is no such list.
	Page func(ctx context.Context, number int) (Page[K, V], error)
	// LookUps is the maximum number of concurrent calls of One; values below 1 mean 1. Use 1 where the API's rate
	// limit is so low that more calls would only queue: the index can then switch to the list as soon as that is
	// cheaper.
	LookUps int
	// OnePage means that the list always has one page: it then costs no more than a look-up, and is read first.
	OnePage bool
	// GaveUp returns what a reader reports whose context ended with err after that time; nil means err.
	GaveUp func(waited time.Duration, err error) error
}

// Page is one page of a list.
type Page[K comparable, V any] struct {
	Objects map[K]V
	Total   int // number of pages in the whole list
}

// Index caches what this process reads and writes. A reader of an unknown object waits for a call that several
// readers may share; a reader that gives up does not cancel it for the others. It is safe for concurrent use.
type Index[K comparable, V any] struct{ index[K] }

// New makes an empty index.
func New[K comparable, V any](source Source[K, V]) *Index[K, V] {
	return &Index[K, V]{index[K]{source: source.untyped(), objects: map[K]object{}, lookUps: map[K]*call{}, list: list{next: 1}}}
}

// index is an Index for values of any type: the compiler would write everything below once more for each type.
type index[K comparable] struct {
	source Source[K, any]

	mu      sync.Mutex
	moments uint64
	objects map[K]object
	waiting []*waiter[K] // in order of arrival
	lookUps map[K]*call
	list    list
	writers writers
	// made counts the look-ups since the last complete list; confirmed counts those of objects that a list did not
	// contain.
	made, confirmed int
}

func (s Source[K, V]) untyped() Source[K, any] {
	untyped := Source[K, any]{IsAbsent: s.IsAbsent, LookUps: s.LookUps, OnePage: s.OnePage, GaveUp: s.GaveUp}
	if s.One != nil {
		untyped.One = func(ctx context.Context, key K) (any, error) { return s.One(ctx, key) }
	}
	if s.Page != nil {
		untyped.Page = func(ctx context.Context, number int) (Page[K, any], error) {
			page, err := s.Page(ctx, number)
			objects := make(map[K]any, len(page.Objects))
			for key, value := range page.Objects {
				objects[key] = value
			}
			return Page[K, any]{Objects: objects, Total: page.Total}, err
		}
	}
	return untyped
}

func typed[V any](value any, err error) (V, error) {
	v, _ := value.(V) // of no object, the zero value
	return v, err
}

func allTyped[K comparable, V any](values map[K]any, err error) (map[K]V, error) {
	if err != nil {
		return nil, err
	}
	all := make(map[K]V, len(values))
	for key, value := range values {
		all[key], _ = value.(V)
	}
	return all, nil
}

// object is the cached state of a key.
type object struct {
	value   any
	absence error // set when the object does not exist
	// unknown marks a state made invalid by a write with an unknown outcome.
	unknown bool
	// written marks a state that this process wrote rather than read.
	written bool
	// asOf is when the call that read the state began, or when the state was written.
	asOf moment
}

// moment is a point in time. The number makes moments unique and ordered whatever the clock's resolution.
type moment struct {
	number uint64
	at     time.Time
}

func (x *index[K]) now() moment {
	x.moments++
	return moment{number: x.moments, at: time.Now()}
}

// consistencyDelay is how long a written state takes precedence over one read later: how soon lists reflect a write
// is undocumented.
const consistencyDelay = 30 * time.Second

// newerThan reports whether the object takes precedence over a state read by a call that began at the given moment.
func (o object) newerThan(began moment) bool {
	return began.number < o.asOf.number || o.written && began.at.Sub(o.asOf.at) < consistencyDelay
}

// waiter is one reader's wait for one object, or for the whole list.
type waiter[K comparable] struct {
	ctx   context.Context //nolint:containedctx // its values are passed to the call, for logging
	key   K
	whole bool // the waiter is for the whole list: see All
	fresh bool // the waiter is a write: see Fresh
	last  bool // the waiter is a write that takes something away: see Latest
	since moment
	done  chan struct{}
	value any
	err   error
}

// Get returns an object. If the object does not exist, Source.IsAbsent or errors.Is(err, ErrAbsent) holds for the
// error. A cached state, absence included, costs no call.
func (x *Index[K, V]) Get(ctx context.Context, key K) (V, error) {
	return typed[V](x.wait(ctx, &waiter[K]{ctx: ctx, key: key, done: make(chan struct{})}))
}

// Fresh returns an object that a write may start from: read no longer than Window ago or, while no other write is in
// progress, read after Fresh was called or written by this process within Window. The writer must have called Enter.
func (x *Index[K, V]) Fresh(ctx context.Context, key K) (V, error) {
	return typed[V](x.wait(ctx, &waiter[K]{ctx: ctx, key: key, fresh: true, done: make(chan struct{})}))
}

// Latest returns an object that a write which takes something away may start from: read by a call that began after
// Latest was called. Only a state that this process wrote so recently that no call is sure to show it stands for itself.
func (x *Index[K, V]) Latest(ctx context.Context, key K) (V, error) {
	return typed[V](x.wait(ctx, &waiter[K]{ctx: ctx, key: key, fresh: true, last: true, done: make(chan struct{})}))
}

func (x *index[K]) wait(ctx context.Context, w *waiter[K]) (any, error) {
	if err := x.await(ctx, w); err != nil {
		return nil, err
	}
	return w.value, w.err
}

// GetAll is Get for many objects at once: if the list is cheaper than a look-up of each, it is read without a look-up
// first. The result has those that exist. An error is that of a call.
func (x *Index[K, V]) GetAll(ctx context.Context, keys []K) (map[K]V, error) {
	return allTyped[K, V](x.waitForAll(ctx, keys, waiter[K]{}))
}

// LatestAll is Latest for many objects at once, as GetAll is for Get.
func (x *Index[K, V]) LatestAll(ctx context.Context, keys []K) (map[K]V, error) {
	return allTyped[K, V](x.waitForAll(ctx, keys, waiter[K]{fresh: true, last: true}))
}

func (x *index[K]) waitForAll(ctx context.Context, keys []K, like waiter[K]) (map[K]any, error) {
	waiters := make([]*waiter[K], len(keys))
	for i, key := range keys {
		waiters[i] = &waiter[K]{ctx: ctx, key: key, fresh: like.fresh, last: like.last, done: make(chan struct{})}
	}
	if err := x.await(ctx, waiters...); err != nil {
		return nil, err
	}
	found := make(map[K]any, len(keys))
	for _, w := range waiters {
		switch {
		case w.err == nil:
			found[w.key] = w.value
		case !errors.Is(w.err, ErrAbsent) && !x.source.IsAbsent(w.err):
			return nil, w.err
		}
	}
	return found, nil
}

// All returns every object that exists, as this process has last read or written it. It reads the list, unless that has
// been read to its end once.
func (x *Index[K, V]) All(ctx context.Context) (map[K]V, error) { return allTyped[K, V](x.all(ctx)) }

func (x *index[K]) all(ctx context.Context) (map[K]any, error) {
	w := &waiter[K]{ctx: ctx, whole: true, done: make(chan struct{})}
	if _, err := x.wait(ctx, w); err != nil {
		return nil, err
	}
	x.mu.Lock()
	defer x.mu.Unlock()
	all := make(map[K]any, len(x.objects))
	for key, o := range x.objects {
		if o.absence == nil && !o.unknown {
			all[key] = o.value
		}
	}
	return all, nil
}

// await waits until all waiters are served, or ctx ends.
func (x *index[K]) await(ctx context.Context, waiters ...*waiter[K]) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	x.mu.Lock()
	for _, w := range waiters {
		w.since = x.now()
	}
	x.waiting = append(x.waiting, waiters...)
	x.dispatch() //nolint:contextcheck // the call is shared by all waiters
	x.mu.Unlock()

	for _, w := range waiters {
		select {
		case <-w.done:
		case <-ctx.Done():
			return x.giveUp(ctx, waiters)
		}
	}
	return nil
}

// giveUp removes waiters whose context has ended, and returns why they were not served.
func (x *index[K]) giveUp(ctx context.Context, waiters []*waiter[K]) error {
	x.mu.Lock()
	defer x.mu.Unlock()
	gone := make(map[*waiter[K]]bool, len(waiters))
	for _, w := range waiters {
		gone[w] = true
	}
	x.waiting = slices.DeleteFunc(x.waiting, func(w *waiter[K]) bool { return gone[w] })
	err := ctx.Err()
	if x.source.GaveUp != nil {
		err = x.source.GaveUp(time.Since(waiters[0].since.at), err) // before the call that it waited for is dropped
	}
	x.abandon()
	x.dispatch() //nolint:contextcheck // the call is shared by all waiters
	return err
}

// Peek returns an object from the cache without making a call.
func (x *Index[K, V]) Peek(key K) (value V, ok bool) {
	x.mu.Lock()
	defer x.mu.Unlock()
	o, ok := x.objects[key]
	value, _ = o.value.(V)
	return value, ok && !o.unknown && o.absence == nil
}

// Put records what this process has written. Later reads return it.
func (x *Index[K, V]) Put(key K, value V) { x.note(key, object{value: value, written: true}) }

// Remove records that this process has deleted an object. Later reads report it absent.
func (x *index[K]) Remove(key K) {
	x.note(key, object{absence: ErrAbsent, written: true})
}

// Forget discards the cached state of an object after a write with an unknown outcome.
func (x *index[K]) Forget(key K) {
	x.note(key, object{unknown: true})
}

func (x *index[K]) note(key K, o object) {
	x.mu.Lock()
	defer x.mu.Unlock()
	o.asOf = x.now()
	x.objects[key] = o
	x.dispatch()
}

// store caches what a call has read, unless a newer state is cached.
func (x *index[K]) store(key K, o object) {
	if known, ok := x.objects[key]; !ok || !known.newerThan(o.asOf) {
		x.objects[key] = o
	}
}

// serve completes the waits that the cached states can answer.
func (x *index[K]) serve() {
	x.waiting = slices.DeleteFunc(x.waiting, func(w *waiter[K]) bool {
		if w.whole {
			if x.list.loads > 0 {
				close(w.done)
			}
			return x.list.loads > 0
		}
		o, ok := x.objects[w.key]
		if !ok || o.unknown || w.fresh && !x.isFresh(o, w) {
			return false
		}
		w.value, w.err = o.value, o.absence
		close(w.done)
		return true
	})
}

// fail completes with err the waits that it concerns.
func (x *index[K]) fail(err error, concerns func(*waiter[K]) bool) {
	x.waiting = slices.DeleteFunc(x.waiting, func(w *waiter[K]) bool {
		if !concerns(w) {
			return false
		}
		w.err = err
		close(w.done)
		return true
	})
}
