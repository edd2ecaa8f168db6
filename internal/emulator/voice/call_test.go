// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package voice

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// A full store drops its oldest leg, but only if that has ended.
func TestOldLegsAreForgotten(t *testing.T) {
	t.Parallel()
	ended := time.Date(2026, time.November, 27, 12, 0, 0, 0, time.UTC)
	calls := newCallStore(2)
	for _, l := range []*leg{{uuid: "a", ended: ended}, {uuid: "b"}, {uuid: "c"}, {uuid: "d"}} {
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
