// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

// Package clock is a clock that runs like another one, and can be moved.
package clock

import (
	"sync"
	"time"
)

// Clock runs like another clock, from which it may differ.
type Clock struct {
	base func() time.Time

	mu    sync.Mutex
	ahead time.Duration
}

// New returns a clock that shows what base shows.
func New(base func() time.Time) *Clock { return &Clock{base: base} }

// Now returns the time.
func (c *Clock) Now() time.Time { return c.base().Add(c.Ahead()) }

// Ahead returns how far the clock is ahead of the one that it runs like.
func (c *Clock) Ahead() time.Duration {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.ahead
}

// Advance moves the clock, back if d is negative.
func (c *Clock) Advance(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.ahead += d
}

// Set makes the clock show a time.
func (c *Clock) Set(now time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.ahead = now.Sub(c.base())
}

// Save returns a function that makes the clock as far ahead as it is now.
func (c *Clock) Save() (restore func()) {
	ahead := c.Ahead()
	return func() {
		c.mu.Lock()
		defer c.mu.Unlock()
		c.ahead = ahead
	}
}
