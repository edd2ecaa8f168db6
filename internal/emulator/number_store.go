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

// ownedNumber is a number of the account: what it is now, and what lists still say of it. A nil document is no number.
type ownedNumber struct {
	key      numberKey
	document document
	before   document
	until    time.Time // lists answer before until then
}

func (n *ownedNumber) listed(now time.Time) document {
	if now.Before(n.until) {
		return n.before
	}
	return n.document
}

// numberStore holds the account's numbers in the order of their digits, so that 50,000 of them can be listed page by
// page, and found by their first digits, without looking at each.
type numberStore struct {
	byKey  map[numberKey]*ownedNumber
	sorted []*ownedNumber
	fresh  []*ownedNumber // not among sorted yet
}

func newNumberStore() *numberStore { return &numberStore{byKey: map[numberKey]*ownedNumber{}} }

// get is the number as it is, whatever lists say.
func (s *numberStore) get(key numberKey) (document, bool) {
	owned, known := s.byKey[key]
	if !known || owned.document == nil {
		return nil, false
	}
	return owned.document, true
}

func (s *numberStore) put(key numberKey, number document) { s.change(key, number, time.Time{}) }

// change puts a number, or removes it when the document is nil; until then, lists say what they said before.
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

// inOrder are all numbers in the order of their digits. A few fresh ones are put where they belong; for many, as when an
// account is seeded, everything is sorted once.
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

// startingWith are the numbers with these first digits.
func (s *numberStore) startingWith(digits string) []*ownedNumber {
	all := s.inOrder()
	from, _ := slices.BinarySearchFunc(all, numberKey{msisdn: digits}, compareNumbers)
	to := from
	for to < len(all) && strings.HasPrefix(all[to].key.msisdn, digits) {
		to++
	}
	return all[from:to]
}

// linkedTo are the numbers whose inbound traffic goes to an application.
func (s *numberStore) linkedTo(applicationID string) []*ownedNumber {
	var linked []*ownedNumber
	for _, owned := range s.byKey {
		if owned.document != nil && text(owned.document, "app_id") == applicationID {
			linked = append(linked, owned)
		}
	}
	return linked
}

// SeedNumber puts a number, "GB/447700900001", into the account as it is given; only its country and msisdn are made to
// agree. The digits alone will do where the document names the country. moSmppSysType and voiceStatusCallback are
// kept, though the API never answers them.
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

// Number is the stored number, with what the API does not answer: moSmppSysType and voiceStatusCallback.
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

// Numbers are the account's numbers by id.
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

// RemoveNumber takes a number out of the account, as an empty balance would.
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
