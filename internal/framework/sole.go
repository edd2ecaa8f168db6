// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package framework

import "sync"

// Sole records which resource is to have what only one object of an account can have, such as being the default. The zero
// value is ready. An owner is any text that identifies a resource uniquely.
type Sole struct {
	mu    sync.Mutex
	owner string
}

// Want records that owner is to have it. If another owner is to have it in this run, Want returns that one, and records
// nothing.
func (s *Sole) Want(owner string) (other string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.owner != "" && s.owner != owner {
		return s.owner
	}
	s.owner = owner
	return ""
}

// Waive records that owner is not to have it.
func (s *Sole) Waive(owner string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.owner == owner {
		s.owner = ""
	}
}
