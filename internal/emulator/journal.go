// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package emulator

import "slices"

// journal keeps the latest entries of something that goes on for days: when it is full, the older half goes.
type journal[T any] struct {
	limit   int
	entries []T
}

func (j *journal[T]) add(entry T) {
	if len(j.entries) >= j.limit {
		j.halve()
	}
	j.entries = append(j.entries, entry)
}

func (j *journal[T]) halve() { j.entries = slices.Delete(j.entries, 0, (len(j.entries)+1)/2) }
