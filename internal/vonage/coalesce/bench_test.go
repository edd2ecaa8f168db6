// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package coalesce_test

import (
	"context"
	"strconv"
	"sync"
	"testing"

	"github.com/vonage/terraform-provider-vonage/internal/vonage/coalesce"
)

// instantly returns a source with that many objects, in pages of 100, that answers at once: only the index is
// measured.
func instantly(objects int) coalesce.Source[int, int] {
	pages := make([]coalesce.Page[int, int], (objects+99)/100)
	for i := range pages {
		pages[i] = coalesce.Page[int, int]{Objects: map[int]int{}, Total: len(pages)}
		for key := i * 100; key < min(objects, i*100+100); key++ {
			pages[i].Objects[key] = key
		}
	}
	return coalesce.Source[int, int]{
		One:      func(_ context.Context, key int) (int, error) { return key, nil },
		IsAbsent: isAbsent,
		Page:     func(_ context.Context, number int) (coalesce.Page[int, int], error) { return pages[number-1], nil },
		LookUps:  1,
	}
}

// BenchmarkWalk reads every object of an account, ten at a time, as a refresh does.
func BenchmarkWalk(b *testing.B) {
	for _, objects := range []int{100, 1_000, 10_000} {
		b.Run(strconv.Itoa(objects), func(b *testing.B) {
			source := instantly(objects)
			b.ReportAllocs()
			for b.Loop() {
				index := coalesce.New(source)
				var readers sync.WaitGroup
				for reader := range 10 {
					readers.Go(func() {
						for key := reader; key < objects; key += 10 {
							if _, err := index.Get(b.Context(), key); err != nil {
								b.Error(err)
							}
						}
					})
				}
				readers.Wait()
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*objects), "ns/object")
		})
	}
}

// BenchmarkGetKnown reads an object that the index already holds.
func BenchmarkGetKnown(b *testing.B) {
	index := coalesce.New(instantly(1_000))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := index.Get(b.Context(), 7); err != nil {
			b.Fatal(err)
		}
	}
}
