// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package framework

import (
	"fmt"
	"maps"
	"sync"

	"github.com/vonage/terraform-provider-vonage/internal/vonage"
)

// Resources are planned and applied in any order and know nothing of each other. What one of them learns in a run that
// concerns another is kept here.

// Claims records which resources rent or link which numbers in this run, and what its plans intend to do with them, so
// that no resource takes away a number that another one has just acquired. An owner is any text that identifies a
// resource uniquely.
type Claims struct {
	mu      sync.Mutex
	owners  map[vonage.NumberKey]map[Use]string
	intents map[intended]Intent
	plans   map[planned]string // owners
	states  map[intended]bool
	rentals map[vonage.NumberKey]func(vonage.Number) string
	left    map[vonage.NumberKey]string // application ids
	read    map[vonage.NumberKey]bool
}

// Use is what a resource does with a number.
type Use string

// Uses of a number. At most one resource may have each: one that rents the number and one that links it.
const (
	Rent Use = "rented"
	Link Use = "linked"
)

// ClaimedError reports that another resource has claimed a number in this process.
type ClaimedError struct {
	Key vonage.NumberKey
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
func (c *Claims) Claim(key vonage.NumberKey, use Use, owner string) (release func(), err error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	switch held := c.owners[key][use]; held {
	case owner:
		return func() {}, nil
	case "":
	default:
		return nil, &ClaimedError{Key: key, Use: use}
	}
	if c.owners == nil {
		c.owners = map[vonage.NumberKey]map[Use]string{}
	}
	if c.owners[key] == nil {
		c.owners[key] = map[Use]string{}
	}
	c.owners[key][use] = owner
	delete(c.plans, planned{key, use}) // Create does not get the planned private state, and so has another owner
	return func() {
		c.mu.Lock()
		defer c.mu.Unlock()
		delete(c.owners[key], use)
	}, nil
}

// ClaimedByOther returns a *ClaimedError if an owner other than owner has claimed the number for one of the uses, and
// nil otherwise.
func (c *Claims) ClaimedByOther(key vonage.NumberKey, owner string, uses ...Use) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, use := range uses {
		if held := c.owners[key][use]; held != "" && held != owner {
			return &ClaimedError{Key: key, Use: use}
		}
	}
	return nil
}

// planned is one use of a number.
type planned struct {
	number vonage.NumberKey
	use    Use
}

// Plan records that owner is to have this use of a number after the run, whether it has it already or not. It fails with
// a *ClaimedError if another owner has it or is to have it.
func (c *Claims) Plan(key vonage.NumberKey, use Use, owner string) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if held := c.owners[key][use]; held != "" && held != owner {
		return &ClaimedError{Key: key, Use: use}
	}
	what := planned{key, use}
	if held, known := c.plans[what]; known && held != owner {
		return &ClaimedError{Key: key, Use: use, Planned: true}
	}
	if c.plans == nil {
		c.plans = map[planned]string{}
	}
	c.plans[what] = owner
	return nil
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
	number      vonage.NumberKey
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
func (c *Claims) Intend(key vonage.NumberKey, intent Intent) error {
	return c.intend(intended{number: key}, intent)
}

// IntendLink is Intend for the link of a number to an application.
func (c *Claims) IntendLink(key vonage.NumberKey, applicationID string, intent Intent) error {
	return c.intend(intended{key, applicationID}, intent)
}

func (c *Claims) intend(what intended, intent Intent) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if noted, known := c.intents[what]; known && noted != intent {
		if noted == ToRent || noted == ToKeep {
			noted, intent = intent, noted
		}
		return &ContradictionError{Object: what.String(), Lose: noted, Keep: intent}
	}
	if c.intents == nil {
		c.intents = map[intended]Intent{}
	}
	c.intents[what] = intent
	return nil
}

// NoteState records that the state has a resource for the number or, with an application, for the link between the two.
// Whatever becomes of it, the run has to do with it.
func (c *Claims) NoteState(key vonage.NumberKey, applicationID string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.states == nil {
		c.states = map[intended]bool{}
	}
	c.states[intended{key, applicationID}] = true
}

// InState reports whether NoteState was called for the number or link. Terraform may still come to a resource that it
// has not refreshed or planned yet.
func (c *Claims) InState(key vonage.NumberKey, applicationID string) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.states[intended{key, applicationID}]
}

// NoteRead records that what the state says of a number is what this run has read. Other resources read numbers, too.
func (c *Claims) NoteRead(key vonage.NumberKey) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.read == nil {
		c.read = map[vonage.NumberKey]bool{}
	}
	c.read[key] = true
}

// WasRead reports whether NoteRead was called for the number.
func (c *Claims) WasRead(key vonage.NumberKey) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.read[key]
}

// NoteRental records what would be lost if a number that a plan is to rent is one that the account has: it was not read
// yet, and another resource may read it in the same run. lost returns "" if nothing is.
func (c *Claims) NoteRental(key vonage.NumberKey, lost func(vonage.Number) string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.rentals == nil {
		c.rentals = map[vonage.NumberKey]func(vonage.Number) string{}
	}
	c.rentals[key] = lost
}

// LostByRental returns what NoteRental has noted for a number that was read since.
func (c *Claims) LostByRental(number vonage.Number) string {
	c.mu.Lock()
	defer c.mu.Unlock()
	if lost, noted := c.rentals[number.Key()]; noted {
		return lost(number)
	}
	return ""
}

// LeaveLink records that a resource whose creation is unfinished left its link to the resource that replaces it.
func (c *Claims) LeaveLink(key vonage.NumberKey, applicationID string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.left == nil {
		c.left = map[vonage.NumberKey]string{}
	}
	c.left[key] = applicationID
}

// LeftLinks returns the links that LeaveLink has recorded: to which application each number was linked.
func (c *Claims) LeftLinks() map[vonage.NumberKey]string {
	c.mu.Lock()
	defer c.mu.Unlock()
	return maps.Clone(c.left)
}
