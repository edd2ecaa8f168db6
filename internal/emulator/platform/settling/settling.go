// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

// Package settling keeps documents that reads may see as they were before a write, for a while.
package settling

import (
	"slices"
	"time"

	"github.com/vonage/terraform-provider-vonage/internal/emulator/platform/document"
)

// Store keeps documents by key, in order of creation. The zero value is empty.
type Store struct{ entries []*entry }

// entry is a document, nil if it is not there, and the one that reads see until a time.
type entry struct {
	key             string
	current, before document.Object
	until           time.Time
}

// Copy returns a store with the same documents, which changes by itself.
func (s *Store) Copy() *Store {
	copied := &Store{entries: make([]*entry, len(s.entries))}
	for i, e := range s.entries {
		same := *e
		copied.entries[i] = &same
	}
	return copied
}

// CopyAll copies stores by key.
func CopyAll(stores map[string]*Store) map[string]*Store {
	copied := make(map[string]*Store, len(stores))
	for key, store := range stores {
		copied[key] = store.Copy()
	}
	return copied
}

func (s *Store) find(key string) (*entry, bool) {
	place := slices.IndexFunc(s.entries, func(e *entry) bool { return e.key == key })
	if place < 0 {
		return nil, false
	}
	return s.entries[place], true
}

// Put stores a document, or removes it if it is nil. Until the given time, reads see what was before.
func (s *Store) Put(key string, doc document.Object, until time.Time) {
	found, known := s.find(key)
	if !known {
		found = &entry{key: key}
		s.entries = append(s.entries, found)
	}
	found.before, found.current, found.until = found.current, doc, until
	if doc == nil && until.IsZero() {
		s.entries = slices.DeleteFunc(s.entries, func(e *entry) bool { return e == found })
	}
}

// Current returns a document as it is, whatever reads see.
func (s *Store) Current(key string) (document.Object, bool) {
	found, known := s.find(key)
	if !known || found.current == nil {
		return nil, false
	}
	return found.current, true
}

// Keys returns the keys of the current documents.
func (s *Store) Keys() []string {
	var keys []string
	for _, e := range s.entries {
		if e.current != nil {
			keys = append(keys, e.key)
		}
	}
	return keys
}

// Seen returns a document as reads see it.
func (s *Store) Seen(key string, now time.Time) (document.Object, bool) {
	found, known := s.find(key)
	if !known {
		return nil, false
	}
	doc := found.seen(now)
	return doc, doc != nil
}

// All returns the documents that reads see, in order of creation.
func (s *Store) All(now time.Time) []document.Object {
	all := []document.Object{}
	for _, e := range s.entries {
		if doc := e.seen(now); doc != nil {
			all = append(all, doc)
		}
	}
	return all
}

func (e *entry) seen(now time.Time) document.Object {
	if now.Before(e.until) {
		return e.before
	}
	return e.current
}
