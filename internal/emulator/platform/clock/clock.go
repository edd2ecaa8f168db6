// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

// Package clock is a clock that runs like another one, and can be moved.
package clock

import (
	"fmt"
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

// Farthest is how far a clock can be moved from the one that it runs like, forward or back: farther than any token, limit or
// call lasts, and less than what a time.Duration holds.
const Farthest = 50 * 365 * 24 * time.Hour

// Advance moves the clock, back if d is negative, as Move does.
func (c *Clock) Advance(d time.Duration) error { return c.Move(nil, d) }

// Set makes the clock show a time, as Move does.
func (c *Clock) Set(now time.Time) error { return c.Move(&now, 0) }

// Move makes the clock show a time, if there is one, and then moves it, in one step. What waits for a time that has come then
// has run when it returns. It is an error, and the clock stays, if that is farther than Farthest.
func (c *Clock) Move(shown *time.Time, by time.Duration) error {
	if err := c.move(shown, by); err != nil {
		return err
	}
	c.ring()
	return nil
}

func (c *Clock) move(shown *time.Time, by time.Duration) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	ahead := c.ahead
	if shown != nil {
		ahead = shown.Sub(c.base()) // at most what a Duration holds
	}
	if within(ahead) && within(by/2) && within(ahead+by) { // by/2, so that the sum fits into a Duration
		c.ahead = ahead + by
		return nil
	}
	return fmt.Errorf("the clock cannot be moved by more than %d years from the real time", int(Farthest.Hours()/24/365))
}

func within(d time.Duration) bool { return d.Abs() <= Farthest }

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
