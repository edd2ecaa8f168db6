// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

// Package background runs what continues after an answer: calls and their webhooks.
package background

import (
	"context"
	"sync"
)

// Background is what an emulator does beside answering requests.
type Background struct {
	// Context lasts as long as the emulator: Close cancels it.
	Context context.Context //nolint:containedctx // the lifetime of the emulator itself
	cancel  context.CancelFunc

	mu      sync.Mutex
	idle    bool            // nothing may start
	work    context.Context //nolint:containedctx // the lifetime of what runs: cancelled by Interrupt and Close
	stop    context.CancelFunc
	running sync.WaitGroup
}

// New returns a background in which nothing runs.
func New() *Background {
	b := &Background{}
	b.Context, b.cancel = context.WithCancel(context.Background())
	b.work, b.stop = context.WithCancel(b.Context)
	return b
}

// Work returns the context of what runs now.
func (b *Background) Work() context.Context {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.work
}

// Start runs run in a new goroutine. It returns false if the emulator is closing, or being restored.
func (b *Background) Start(run func()) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.idle {
		return false
	}
	b.running.Go(run)
	return true
}

// Close cancels both contexts and waits for all that was started.
func (b *Background) Close() {
	b.cancel()
	b.Interrupt()
}

// Interrupt ends what runs, waits for it, and lets nothing start before resume is called.
func (b *Background) Interrupt() (resume func()) {
	b.mu.Lock()
	b.idle = true
	b.stop()
	b.mu.Unlock()
	b.running.Wait()
	return func() {
		b.mu.Lock()
		defer b.mu.Unlock()
		b.work, b.stop = context.WithCancel(b.Context)
		b.idle = b.Context.Err() != nil
	}
}

// Queue runs functions one after the other in the order they were pushed; push does not block.
type Queue struct {
	Background *Background
	mu         sync.Mutex
	pending    []func()
	draining   bool
}

// Push adds a function.
func (q *Queue) Push(next func()) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.pending = append(q.pending, next)
	if !q.draining {
		q.draining = q.Background.Start(q.drain)
	}
}

func (q *Queue) drain() {
	for {
		q.mu.Lock()
		if len(q.pending) == 0 {
			q.draining = false
			q.mu.Unlock()
			return
		}
		next := q.pending[0]
		q.pending = q.pending[1:]
		q.mu.Unlock()
		next()
	}
}
