// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package conversation

import (
	"cmp"
	"time"

	"github.com/vonage/terraform-provider-vonage/internal/vonage"
)

// byArrival orders members by arrival time, those without one last, and then by id: the API guarantees no order, and
// members[0] must be the same member in every plan.
func byArrival(a, b vonage.Member) int {
	return cmp.Or(compareArrival(arrival(a.Timestamp), arrival(b.Timestamp)), cmp.Compare(a.ID, b.ID))
}

func compareArrival(a, b time.Time) int {
	switch {
	case a.IsZero() && b.IsZero():
		return 0
	case a.IsZero():
		return 1
	case b.IsZero():
		return -1
	}
	return a.Compare(b)
}

// arrival returns the earliest of a member's times, or the zero time if none can be parsed.
func arrival(t vonage.MemberTimestamp) time.Time {
	var earliest time.Time
	for _, text := range []*string{t.Invited, t.Joined, t.Left} {
		if text == nil {
			continue
		}
		at, err := time.Parse(time.RFC3339, *text)
		if err == nil && (earliest.IsZero() || at.Before(earliest)) {
			earliest = at
		}
	}
	return earliest
}
