// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package vonage

import (
	"context"
	"sync"
)

// keyedLock is a mutex per key. Waiting for it ends with the context.
type keyedLock[K comparable] struct {
	mu    sync.Mutex
	locks map[K]*countedLock
}

type countedLock struct {
	held  chan struct{}
	users int
}

// lock waits for the key's lock. Calling unlock releases it; a key without holder and waiters uses no memory.
func (k *keyedLock[K]) lock(ctx context.Context, key K) (unlock func(), err error) {
	k.mu.Lock()
	if k.locks == nil {
		k.locks = map[K]*countedLock{}
	}
	l, ok := k.locks[key]
	if !ok {
		l = &countedLock{held: make(chan struct{}, 1)}
		k.locks[key] = l
	}
	l.users++
	k.mu.Unlock()

	select {
	case l.held <- struct{}{}:
		return func() {
			<-l.held
			k.release(key, l)
		}, nil
	case <-ctx.Done():
		k.release(key, l)
		return nil, ctx.Err()
	}
}

func (k *keyedLock[K]) release(key K, l *countedLock) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if l.users--; l.users == 0 {
		delete(k.locks, key)
	}
}
