// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package vonage

// Resources are planned in any order and know nothing of each other. What one of them learns that concerns another is
// kept here.

// planned is one use of a number.
type planned struct {
	number NumberKey
	use    Use
}

// Plan records that owner is to have this use of a number after the run, whether it has it already or not. It fails with
// a *ClaimedError if another owner has it or is to have it.
func (r *NumberRegistry) Plan(key NumberKey, use Use, owner string) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if held := r.owners[key][use]; held != "" && held != owner {
		return &ClaimedError{Key: key, Use: use}
	}
	what := planned{key, use}
	if held, known := r.plans[what]; known && held != owner {
		return &ClaimedError{Key: key, Use: use, Planned: true}
	}
	if r.plans == nil {
		r.plans = map[planned]string{}
	}
	r.plans[what] = owner
	return nil
}

// NoteState records that the state has a resource for the number or, with an application, for the link between the two.
// Whatever becomes of it, the run has to do with it.
func (r *NumberRegistry) NoteState(key NumberKey, applicationID string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.states == nil {
		r.states = map[intended]bool{}
	}
	r.states[intended{key, applicationID}] = true
}

// InState reports whether NoteState was called for the number or link. Terraform may still come to a resource that it
// has not refreshed or planned yet.
func (r *NumberRegistry) InState(key NumberKey, applicationID string) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.states[intended{key, applicationID}]
}

// NoteRental records what would be lost if a number that a plan is to rent is one that the account has: it was not read
// yet, and another resource may read it in the same run. lost returns "" if nothing is.
func (r *NumberRegistry) NoteRental(key NumberKey, lost func(Number) string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.rentals == nil {
		r.rentals = map[NumberKey]func(Number) string{}
	}
	r.rentals[key] = lost
}

// LostByRental returns what NoteRental has noted for a number that was read since.
func (r *NumberRegistry) LostByRental(number Number) string {
	r.mu.Lock()
	defer r.mu.Unlock()
	if lost, noted := r.rentals[number.Key()]; noted {
		return lost(number)
	}
	return ""
}
