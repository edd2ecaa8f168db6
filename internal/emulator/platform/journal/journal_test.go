// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package journal

import (
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestJournalForgetsTheOlderHalf(t *testing.T) {
	t.Parallel()
	kept := Journal[int]{Limit: 4}
	for i := range 5 {
		kept.Add(i)
	}
	if diff := cmp.Diff([]int{2, 3, 4}, kept.Entries); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// The request log drops entries when their bodies exceed the limit, even if there are few of them.
func TestRequestLogForgetsLargeBodies(t *testing.T) {
	t.Parallel()
	log := NewRequests()
	log.longest = 100
	for i := range 30 {
		body := []byte(strings.Repeat("x", 40+i))
		log.Add("", httptest.NewRequestWithContext(t.Context(), "POST", "/v2/applications", nil), body, time.Time{})
	}
	left := log.All()
	if len(left) != 1 || len(left[0].Body) != 69 {
		t.Errorf("%d requests are left", len(left))
	}
	log.Reset()
	if log.bytes != 0 {
		t.Errorf("%d bytes after the reset", log.bytes)
	}
}
