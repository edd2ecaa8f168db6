// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package conversation

import (
	"cmp"
	"time"

	"github.com/vonage/terraform-provider-vonage/internal/vonage"
)

// byArrival orders members by the time they arrived, those of whom none is known last, and then by id: the API promises
// no order, and members[0] has to be the same member in every plan.
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

// arrival is the earliest of a member's times, or the zero time if it has none that can be read.
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
