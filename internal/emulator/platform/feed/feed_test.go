// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package feed

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func numbers(events []Event) []uint64 {
	found := make([]uint64, len(events))
	for i, event := range events {
		found[i] = event.Number
	}
	return found
}

func TestEventsAfterANumber(t *testing.T) {
	t.Parallel()
	f := New()
	f.journal.Limit = 4
	none, whole, news := f.After(0)
	if len(none) != 0 || !whole {
		t.Errorf("a new feed has %v, whole: %t", none, whole)
	}
	for range 5 { // the fifth drops the first two
		f.Publish("key", Changed{})
	}
	select {
	case <-news:
	default:
		t.Error("nobody was told of an event")
	}
	for after, want := range map[uint64][]uint64{2: {3, 4, 5}, 4: {5}, 5: {}, 9: {}} {
		events, whole, _ := f.After(after)
		if diff := cmp.Diff(want, numbers(events)); diff != "" || !whole {
			t.Errorf("after %d, whole: %t (-want +got):\n%s", after, whole, diff)
		}
	}
	if events, whole, _ := f.After(1); whole {
		t.Errorf("event 2 is lost, but nobody says so: %v", numbers(events))
	}
	if start := f.Start(); start != 2 {
		t.Errorf("the feed starts after %d", start)
	}
}

// One answer has at most maxBatch events.
func TestManyEventsComeInParts(t *testing.T) {
	t.Parallel()
	f := New()
	for range maxBatch + 1 {
		f.Publish("", Changed{})
	}
	first, _, _ := f.After(0)
	rest, _, _ := f.After(first[len(first)-1].Number)
	if len(first) != maxBatch || len(rest) != 1 {
		t.Errorf("%d and %d events", len(first), len(rest))
	}
}

// The ids of another feed, such as one before a restart, are not those of this one.
func TestIDs(t *testing.T) {
	t.Parallel()
	f := New()
	if number, known := f.Number(f.ID(7)); !known || number != 7 {
		t.Errorf("%d, %t", number, known)
	}
	for _, foreign := range []string{"", "7", New().ID(7), f.epoch, f.epoch + "-", f.epoch + "-x"} {
		if _, known := f.Number(foreign); known {
			t.Errorf("%q is known", foreign)
		}
	}
}

func TestLongBodiesAreNotKept(t *testing.T) {
	t.Parallel()
	if short := strings.Repeat("x", longest); string(Show(short)) != short {
		t.Error("a short body is not kept")
	}
	if shown := Show(strings.Repeat("x", longest+1)); shown != "(16385 bytes, too long to be shown here)" {
		t.Error(shown)
	}
}
