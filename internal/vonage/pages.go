// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package vonage

import (
	"encoding/json"
	"fmt"
	"iter"
)

// pageSize is the maximum page size of the list calls (Application API 2.4.1, Numbers API 1.1.0, Conversation API
// 5.5.1).
const pageSize = 100

// listed is one object of a list.
type listed[T any] struct {
	object T
	id     string // "" if it has none
	err    error  // why the object cannot be read; then object has only what can be read
}

// readEach reads the objects of a list one by one, so that one that cannot be read does not hide the others.
func readEach[T any](entries []json.RawMessage, read func(entry []byte) (object T, id string, err error)) []listed[T] {
	objects := make([]listed[T], len(entries))
	for i, entry := range entries {
		object, id, err := read(entry)
		switch {
		case err == nil && id == "":
			err = malformed("it has no id")
		case err != nil:
			err = asMalformed(err)
		}
		objects[i] = listed[T]{object, id, err}
	}
	return objects
}

// MalformedEntryError reports an object of a list that cannot be read. The list goes on after it.
type MalformedEntryError struct {
	ID  string // "" if it has none
	err error
}

// Error names the object.
func (e *MalformedEntryError) Error() string {
	if e.ID == "" {
		return "an entry without an id: " + e.err.Error()
	}
	return Quote(e.ID) + ": " + e.err.Error()
}

// Unwrap returns why the object cannot be read.
func (e *MalformedEntryError) Unwrap() error { return e.err }

// paged returns the entries of pages numbered from 1, up to the page that reports it is the last. It goes on after an
// *MalformedEntryError, which comes with what could be read of the entry, and ends at any other error. It prefixes errors with
// doing.
func paged[T any](doing string, page func(number int) (entries []listed[T], last bool, err error)) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		for number := 1; ; number++ {
			entries, last, err := page(number)
			if err != nil {
				var none T
				yield(none, fmt.Errorf("%s (page %d): %w", doing, number, err))
				return
			}
			for _, entry := range entries {
				var err error
				if entry.err != nil {
					err = fmt.Errorf("%s (page %d): %w", doing, number, &MalformedEntryError{entry.id, entry.err})
				}
				if !yield(entry.object, err) {
					return
				}
			}
			if last {
				return
			}
		}
	}
}
