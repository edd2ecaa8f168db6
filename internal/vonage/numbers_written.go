// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package vonage

import "sync"

// writtenSettings are the settings that the updates of this client have left numbers with, as far as they can be read,
// and the numbers that did not keep them.
type writtenSettings struct {
	mu          sync.Mutex
	left        map[NumberKey]NumberSettings
	overwritten map[NumberKey]bool
}

// leave records how an update has left a number.
func (w *writtenSettings) leave(number Number) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.left == nil {
		w.left, w.overwritten = map[NumberKey]NumberSettings{}, map[NumberKey]bool{}
	}
	w.left[number.Key()] = number.Settings()
}

// compare notes whether a number is as it was left.
func (w *writtenSettings) compare(current Number) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if left, known := w.left[current.Key()]; known && left != current.Settings() {
		w.overwritten[current.Key()] = true
		delete(w.left, current.Key())
	}
}

// Overwritten reports whether the latest update of a number found other settings than an earlier update by this client
// had left it with: something else changes the number, too. It makes no call, and reports so once.
func (s *NumbersService) Overwritten(key NumberKey) bool {
	s.written.mu.Lock()
	defer s.written.mu.Unlock()
	overwritten := s.written.overwritten[key]
	delete(s.written.overwritten, key)
	return overwritten
}
