// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package vonage

import (
	"fmt"
	"iter"
)

// paged returns the entries of pages numbered from 1, up to the page that reports it is the last. It ends at the
// first error, which it prefixes with doing.
func paged[T any](doing string, page func(number int) (entries []T, last bool, err error)) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		for number := 1; ; number++ {
			entries, last, err := page(number)
			if err != nil {
				var none T
				yield(none, fmt.Errorf("%s (page %d): %w", doing, number, err))
				return
			}
			for _, entry := range entries {
				if !yield(entry, nil) {
					return
				}
			}
			if last {
				return
			}
		}
	}
}
