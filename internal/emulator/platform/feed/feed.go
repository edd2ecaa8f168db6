// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

// Package feed passes on what happens, as it happens, to whoever watches.
package feed

import (
	"crypto/rand"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/vonage/terraform-provider-vonage/internal/emulator/platform/journal"
)

// Event is something that happened. Data is one of the types of this package, and is not changed afterwards.
type Event struct {
	Number uint64
	Kind   string
	// Account is the API key of the account that it concerns, or "" if that is not known.
	Account string
	Data    any
}

// maxEvents is the maximum number of events that are kept, maxBatch of those that After returns at once.
const (
	maxEvents = 4_000
	maxBatch  = 100
)

// Feed keeps the latest events. Nobody who watches can hold it up: a watcher asks for the events after the last one it has
// seen, and misses those that are no longer kept.
type Feed struct {
	epoch   string // tells the events of this feed from those of another, such as one before a restart
	mu      sync.Mutex
	journal journal.Journal[Event]
	last    uint64
	news    chan struct{} // closed by the next event; nil if nobody waits
}

// New returns a feed without events.
func New() *Feed {
	return &Feed{epoch: rand.Text()[:8], journal: journal.Journal[Event]{Limit: maxEvents}}
}

// Publish adds an event and returns its number.
func (f *Feed) Publish(account string, data Data) uint64 {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.last++
	f.journal.Add(Event{Number: f.last, Kind: data.kind(), Account: account, Data: data})
	if f.news != nil {
		close(f.news)
		f.news = nil
	}
	return f.last
}

// Forget drops all events, and makes whoever watches begin again.
func (f *Feed) Forget() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.last++ // so that nobody has seen the last one
	f.journal.Entries = nil
	if f.news != nil {
		close(f.news)
		f.news = nil
	}
}

// Start returns the number before the first event that is kept.
func (f *Feed) Start() uint64 {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.start()
}

func (f *Feed) start() uint64 { return f.last - uint64(len(f.journal.Entries)) }

// After returns the first events after a number, and a channel that is closed by the next event to come. whole is false if
// some of those after the number are no longer kept.
func (f *Feed) After(number uint64) (events []Event, whole bool, news <-chan struct{}) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.news == nil {
		f.news = make(chan struct{})
	}
	if number < f.start() {
		return nil, false, f.news
	}
	following := f.journal.Entries[min(number, f.last)-f.start():]
	return slices.Clone(following[:min(maxBatch, len(following))]), true, f.news
}

// ID returns the id of an event of this feed for other programs.
func (f *Feed) ID(number uint64) string { return fmt.Sprintf("%s-%d", f.epoch, number) }

// Number returns the number of the event with an id, if it is one of this feed.
func (f *Feed) Number(id string) (uint64, bool) {
	epoch, digits, _ := strings.Cut(id, "-")
	number, err := strconv.ParseUint(digits, 10, 64)
	return number, err == nil && epoch == f.epoch
}
