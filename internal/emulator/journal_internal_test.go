// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestJournalForgetsTheOlderHalf(t *testing.T) {
	t.Parallel()
	kept := journal[int]{limit: 4}
	for i := range 5 {
		kept.add(i)
	}
	if diff := cmp.Diff([]int{2, 3, 4}, kept.entries); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// Legs are forgotten when they are over, and only the oldest.
func TestOldLegsAreForgotten(t *testing.T) {
	t.Parallel()
	now := New(Options{}).options.Now()
	calls := newCallStore(2)
	for _, l := range []*leg{{uuid: "a", ended: now}, {uuid: "b"}, {uuid: "c"}, {uuid: "d"}} {
		calls.add(l)
	}
	left := make([]string, len(calls.ordered))
	for i, l := range calls.ordered {
		left[i] = l.uuid
	}
	if _, known := calls.byID["a"]; known || !cmp.Equal(left, []string{"b", "c", "d"}) {
		t.Errorf("left: %v", left)
	}
}
