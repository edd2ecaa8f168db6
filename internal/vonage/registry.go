// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package vonage

import (
	"fmt"
	"sync"
)

// Use is what a resource does with a number.
type Use string

// Uses of a number. At most one resource may have each: one that rents the number and one that links it.
const (
	Rent Use = "rented"
	Link Use = "linked"
)

// NumberRegistry records which resources have rented or linked which numbers in this process, so that another
// resource does not take away a number that was just acquired. An owner is any text that identifies a resource
// uniquely.
type NumberRegistry struct {
	mu      sync.Mutex
	owners  map[NumberKey]map[Use]string
	intents map[intended]Intent
	plans   map[planned]string // owners
	states  map[intended]bool
	rentals map[NumberKey]func(Number) string
}

// Intent is what a plan intends to do with a number or its link.
type Intent string

// Intents. If one resource rents a number, or already keeps it rented, and another cancels it, the number is lost,
// temporarily or for good; likewise a link that one resource keeps and another ends. Creating a link needs no intent:
// Claim detects that conflict.
const (
	ToRent   Intent = "rented" // now, or already
	ToCancel Intent = "cancelled"
	ToKeep   Intent = "kept"  // links only
	ToEnd    Intent = "ended" // links only
)

// intended is the object of an intent: a number or, with an application, the link between the two.
type intended struct {
	number      NumberKey
	application string
}

func (i intended) String() string {
	if i.application == "" {
		return "number " + i.number.String()
	}
	return "the link of number " + i.number.String() + " to application " + i.application
}

// ContradictionError reports that a plan has two contradictory intents for one number or one link.
type ContradictionError struct {
	// Object describes the number or the link for messages.
	Object string
	// Lose and Keep are the contradictory intents.
	Lose, Keep Intent
}

// Error names the object and both intents.
func (e *ContradictionError) Error() string {
	return fmt.Sprintf("%s is to be %s for one resource and %s for another", e.Object, e.Lose, e.Keep)
}

// Intend records what a plan intends to do with a number. It fails with a *ContradictionError if a different intent
// is already recorded.
func (r *NumberRegistry) Intend(key NumberKey, intent Intent) error {
	return r.intend(intended{number: key}, intent)
}

// IntendLink is Intend for the link of a number to an application.
func (r *NumberRegistry) IntendLink(key NumberKey, applicationID string, intent Intent) error {
	return r.intend(intended{key, applicationID}, intent)
}

func (r *NumberRegistry) intend(what intended, intent Intent) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if noted, known := r.intents[what]; known && noted != intent {
		if noted == ToRent || noted == ToKeep {
			noted, intent = intent, noted
		}
		return &ContradictionError{Object: what.String(), Lose: noted, Keep: intent}
	}
	if r.intents == nil {
		r.intents = map[intended]Intent{}
	}
	r.intents[what] = intent
	return nil
}

// ClaimedError reports that another resource has claimed a number in this process.
type ClaimedError struct {
	Key NumberKey
	Use Use
	// Planned is whether the other resource is only known from the plan.
	Planned bool
}

// Error names the number and its use.
func (e *ClaimedError) Error() string {
	if e.Planned {
		return fmt.Sprintf("number %s is to be %s by another resource during this run", e.Key, e.Use)
	}
	return fmt.Sprintf("number %s was %s by another resource during this run", e.Key, e.Use)
}

// Claim records that owner uses the number. It fails with a *ClaimedError if another owner already has this use. If
// the write that follows certainly did not take effect, the caller must call release. If its outcome is unknown, the
// claim stays: the number may be the owner's. The owner itself may claim it again.
func (r *NumberRegistry) Claim(key NumberKey, use Use, owner string) (release func(), err error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	switch held := r.owners[key][use]; held {
	case owner:
		return func() {}, nil
	case "":
	default:
		return nil, &ClaimedError{Key: key, Use: use}
	}
	if r.owners == nil {
		r.owners = map[NumberKey]map[Use]string{}
	}
	if r.owners[key] == nil {
		r.owners[key] = map[Use]string{}
	}
	r.owners[key][use] = owner
	delete(r.plans, planned{key, use}) // Create does not get the planned private state, and so has another owner
	return func() {
		r.mu.Lock()
		defer r.mu.Unlock()
		delete(r.owners[key], use)
	}, nil
}

// ClaimedByOther returns a *ClaimedError if an owner other than owner has claimed the number for one of the uses, and
// nil otherwise.
func (r *NumberRegistry) ClaimedByOther(key NumberKey, owner string, uses ...Use) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, use := range uses {
		if held := r.owners[key][use]; held != "" && held != owner {
			return &ClaimedError{Key: key, Use: use}
		}
	}
	return nil
}
