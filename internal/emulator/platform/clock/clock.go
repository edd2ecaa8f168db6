// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

// Package clock is a clock that runs like another one, and can be moved.
package clock

import (
	"slices"
	"sync"
	"time"
)

// Clock runs like another clock, from which it may differ.
type Clock struct {
	base func() time.Time

	mu      sync.Mutex
	ahead   time.Duration
	waiting []*alarm
}

// alarm is what is to run once the clock shows a time.
type alarm struct {
	due   time.Time
	run   func()
	timer *time.Timer // looks at the clock
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

// Advance moves the clock, back if d is negative. What waits for a time that has come then has run when it returns.
func (c *Clock) Advance(d time.Duration) { c.move(func() { c.ahead += d }) }

// Set makes the clock show a time, as Advance does.
func (c *Clock) Set(now time.Time) { c.move(func() { c.ahead = now.Sub(c.base()) }) }

func (c *Clock) move(change func()) {
	c.mu.Lock()
	change()
	c.mu.Unlock()
	c.ring()
}

// AfterFunc runs a function once d has passed, by itself or because the clock was moved. stop makes it not run, unless it
// has begun.
func (c *Clock) AfterFunc(d time.Duration, run func()) (stop func()) {
	set := &alarm{due: c.Now().Add(d), run: run}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.waiting = append(c.waiting, set)
	set.timer = time.AfterFunc(d, c.ring)
	return func() {
		c.mu.Lock()
		defer c.mu.Unlock()
		set.timer.Stop()
		c.waiting = slices.DeleteFunc(c.waiting, func(other *alarm) bool { return other == set })
	}
}

// ring runs what is due, in order.
func (c *Clock) ring() {
	for _, due := range c.due() {
		due.run()
	}
}

// due takes what is due from what waits. The timer of what is not due, because the clock was moved back, goes on.
func (c *Clock) due() []*alarm {
	now := c.Now()
	c.mu.Lock()
	defer c.mu.Unlock()
	var due []*alarm
	c.waiting = slices.DeleteFunc(c.waiting, func(set *alarm) bool {
		if now.Before(set.due) {
			set.timer.Reset(set.due.Sub(now))
			return false
		}
		set.timer.Stop()
		due = append(due, set)
		return true
	})
	slices.SortStableFunc(due, func(a, b *alarm) int { return a.due.Compare(b.due) })
	return due
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
