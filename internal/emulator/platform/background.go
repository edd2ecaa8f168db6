// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package platform

import (
	"context"
	"sync"
)

// background runs what continues after an answer: calls and their webhooks.
type background struct {
	Context context.Context //nolint:containedctx // the lifetime of the emulator itself: cancelled by close
	cancel  context.CancelFunc
	mu      sync.Mutex
	closed  bool
	running sync.WaitGroup
}

func newBackground() *background {
	b := &background{}
	b.Context, b.cancel = context.WithCancel(context.Background())
	return b
}

// Start runs run in a new goroutine. It returns false if the emulator is closing.
func (b *background) Start(run func()) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.closed {
		return false
	}
	b.running.Go(run)
	return true
}

// Close cancels the context and waits for all that was started.
func (b *background) Close() {
	b.mu.Lock()
	b.closed = true
	b.mu.Unlock()
	b.cancel()
	b.running.Wait()
}

// Queue runs functions one after the other in the order they were pushed; push does not block.
type Queue struct {
	Background *background
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
