// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// numberKey identifies a number: "GB/447700900001".
type numberKey struct{ country, msisdn string }

func (k numberKey) String() string { return k.country + "/" + k.msisdn }

func parseNumberKey(id string) (numberKey, error) {
	country, msisdn, _ := strings.Cut(id, "/")
	if !countryPattern.MatchString(country) || !digitsPattern.MatchString(msisdn) {
		return numberKey{}, fmt.Errorf("%q is not COUNTRY/MSISDN: two capital letters and digits, as in GB/447700900001", id)
	}
	return numberKey{country, msisdn}, nil
}

func compareNumbers(a *ownedNumber, key numberKey) int {
	if order := strings.Compare(a.key.msisdn, key.msisdn); order != 0 {
		return order
	}
	return strings.Compare(a.key.country, key.country)
}

// ownedNumber is a number of the account: its current state, and the earlier state that lists may still show. A nil
// document means that the number is not owned.
type ownedNumber struct {
	key      numberKey
	document document
	before   document
	until    time.Time // lists show before until this time
}

func (n *ownedNumber) listed(now time.Time) document {
	if now.Before(n.until) {
		return n.before
	}
	return n.document
}

// numberStore keeps the account's numbers sorted by digits, so that 50,000 numbers can be listed page by page and
// found by their first digits without visiting each one.
type numberStore struct {
	byKey  map[numberKey]*ownedNumber
	sorted []*ownedNumber
	fresh  []*ownedNumber // not yet merged into sorted
}

func newNumberStore() *numberStore { return &numberStore{byKey: map[numberKey]*ownedNumber{}} }

// get returns the current state of a number, whatever lists show.
func (s *numberStore) get(key numberKey) (document, bool) {
	owned, known := s.byKey[key]
	if !known || owned.document == nil {
		return nil, false
	}
	return owned.document, true
}

func (s *numberStore) put(key numberKey, number document) { s.change(key, number, time.Time{}) }

// change stores a number, or removes it if the document is nil. Until the given time, lists show the previous state.
func (s *numberStore) change(key numberKey, number document, until time.Time) {
	owned, known := s.byKey[key]
	if !known {
		owned = &ownedNumber{key: key}
		s.byKey[key], s.fresh = owned, append(s.fresh, owned)
	}
	owned.before, owned.document, owned.until = owned.document, number, until
	if number == nil && until.IsZero() {
		s.forget(key)
	}
}

func (s *numberStore) forget(key numberKey) {
	delete(s.byKey, key)
	if place, found := slices.BinarySearchFunc(s.inOrder(), key, compareNumbers); found {
		s.sorted = slices.Delete(s.sorted, place, place+1)
	}
}

// inOrder returns all numbers, sorted by digits. It inserts a few fresh ones individually; after many additions, such
// as seeding an account, it sorts once.
func (s *numberStore) inOrder() []*ownedNumber {
	const few = 8
	if len(s.fresh) > few {
		s.sorted = append(s.sorted, s.fresh...)
		slices.SortFunc(s.sorted, func(a, b *ownedNumber) int { return compareNumbers(a, b.key) })
		s.fresh = nil
	}
	for _, owned := range s.fresh {
		place, _ := slices.BinarySearchFunc(s.sorted, owned.key, compareNumbers)
		s.sorted = slices.Insert(s.sorted, place, owned)
	}
	s.fresh = nil
	return s.sorted
}

// startingWith returns the numbers with these first digits.
func (s *numberStore) startingWith(digits string) []*ownedNumber {
	all := s.inOrder()
	from, _ := slices.BinarySearchFunc(all, numberKey{msisdn: digits}, compareNumbers)
	to := from
	for to < len(all) && strings.HasPrefix(all[to].key.msisdn, digits) {
		to++
	}
	return all[from:to]
}

// linkedTo returns the numbers whose inbound traffic goes to an application.
func (s *numberStore) linkedTo(applicationID string) []*ownedNumber {
	var linked []*ownedNumber
	for _, owned := range s.byKey {
		if owned.document != nil && text(owned.document, "app_id") == applicationID {
			linked = append(linked, owned)
		}
	}
	return linked
}

// SeedNumber stores a number as given under an id such as "GB/447700900001"; only its country and msisdn are set to
// match. The id may be just the digits if the document has the country. moSmppSysType and voiceStatusCallback are
// kept, although the API never returns them.
func (e *Emulator) SeedNumber(id string, doc any) error {
	number, err := toDocument(doc)
	if err != nil {
		return err
	}
	if country := text(number, "country"); country != "" && !strings.Contains(id, "/") {
		id = country + "/" + id
	}
	key, err := parseNumberKey(id)
	if err != nil {
		return err
	}
	number["country"], number["msisdn"] = key.country, key.msisdn
	e.mu.Lock()
	defer e.mu.Unlock()
	e.numbers.put(key, number)
	return nil
}

// Number returns the stored number, including what the API does not return: moSmppSysType and voiceStatusCallback.
func (e *Emulator) Number(id string) (map[string]any, bool) {
	key, err := parseNumberKey(id)
	if err != nil {
		return nil, false
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	number, owned := e.numbers.get(key)
	return copyOf(number), owned
}

// Numbers returns the account's numbers by id.
func (e *Emulator) Numbers() map[string]map[string]any {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.numbers.all()
}

func (s *numberStore) all() map[string]map[string]any {
	numbers := make(map[string]map[string]any, len(s.byKey))
	for _, owned := range s.byKey {
		if owned.document != nil {
			numbers[owned.key.String()] = copyOf(owned.document)
		}
	}
	return numbers
}

// RemoveNumber removes a number from the account, as happens when the balance runs out.
func (e *Emulator) RemoveNumber(id string) bool {
	key, err := parseNumberKey(id)
	if err != nil {
		return false
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	_, owned := e.numbers.get(key)
	if owned {
		e.numbers.forget(key)
	}
	return owned
}
