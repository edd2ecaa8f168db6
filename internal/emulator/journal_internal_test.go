// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"net/http/httptest"
	"strings"
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

// The request log drops entries when their bodies exceed the limit, even if there are few of them.
func TestRequestLogForgetsLargeBodies(t *testing.T) {
	t.Parallel()
	e := New(Options{})
	e.requests.longest = 100
	for i := range 30 {
		r := httptest.NewRequestWithContext(t.Context(), "POST", "/v2/applications", strings.NewReader(strings.Repeat("x", 40+i)))
		e.ServeHTTP(httptest.NewRecorder(), r)
	}
	left := e.Requests()
	if len(left) != 1 || len(left[0].Body) != 69 {
		t.Errorf("%d requests are left", len(left))
	}
	e.ResetRequests()
	if e.requests.bytes != 0 {
		t.Errorf("%d bytes after the reset", e.requests.bytes)
	}
}

// A full store drops its oldest leg, but only if that has ended.
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
