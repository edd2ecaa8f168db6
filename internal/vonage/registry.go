// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package vonage

import (
	"fmt"
	"sync"
)

// Use is what an object does with a number.
type Use string

// The uses of a number. Each has room for one object: one that keeps the number rented and one that links it.
const (
	Rent Use = "rented"
	Link Use = "linked"
)

// NumberRegistry remembers which objects have rented or linked which numbers during this process, so that another object does
// not take a number away that was only just wanted. An owner is any text that tells the object from every other.
type NumberRegistry struct {
	mu      sync.Mutex
	owners  map[NumberKey]map[Use]string
	intents map[intended]Intent
}

// Intent is what a plan means to become of a number, or of its link.
type Intent string

// The intents. A number that one resource is to rent, or keeps, would be lost when another cancels it, for a while or for good;
// a link that one keeps, when another ends it. Creating a link is no intent: Claim sees to that.
const (
	ToRent   Intent = "rented"
	ToCancel Intent = "cancelled"
	ToKeep   Intent = "kept"  // of links
	ToEnd    Intent = "ended" // of links
)

// intended is what an intent is about: a number or, with an application, the link between the two.
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

// ContradictionError says that a plan means two opposite things to become of one number, or of one link.
type ContradictionError struct {
	// Object is the number or the link, as messages call it.
	Object string
	// Lose and Keep are the two.
	Lose, Keep Intent
}

// Error names the object and both intents.
func (e *ContradictionError) Error() string {
	return fmt.Sprintf("%s is to be %s for one resource and %s for another", e.Object, e.Lose, e.Keep)
}

// Intend notes what a plan means to become of a number. It fails with a *ContradictionError when the opposite was noted before.
func (r *NumberRegistry) Intend(key NumberKey, intent Intent) error {
	return r.intend(intended{number: key}, intent)
}

// IntendLink does the same for the link of a number to an application.
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

// ClaimedError says that another object has claimed a number in this process.
type ClaimedError struct {
	Key NumberKey
	Use Use
}

// Error names the number and what it is claimed for.
func (e *ClaimedError) Error() string {
	return fmt.Sprintf("number %s was %s by another resource during this run", e.Key, e.Use)
}

// Claim notes that owner uses the number. It fails with a *ClaimedError when another owner does so in the same way.
// A claim whose write then fails is to be given back by release.
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
	return func() {
		r.mu.Lock()
		defer r.mu.Unlock()
		delete(r.owners[key], use)
	}, nil
}

// ClaimedByOther gives a *ClaimedError when an object that is not owner has claimed the number for one of the uses, and
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
