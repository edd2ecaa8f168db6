// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package emulator

import "slices"

// journal keeps the latest entries of a long-running log: when it is full, it drops the older half.
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
