// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package numbers

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/vonage/terraform-provider-vonage/internal/emulator/platform"
	"github.com/vonage/terraform-provider-vonage/internal/emulator/platform/document"
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
	document document.Object
	before   document.Object
	until    time.Time // lists show before until this time
}

func (n *ownedNumber) listed(now time.Time) document.Object {
	if now.Before(n.until) {
		return n.before
	}
	return n.document
}

// store keeps the account's numbers sorted by digits, so that 50,000 numbers can be listed page by page and
// found by their first digits without visiting each one.
type store struct {
	byKey  map[numberKey]*ownedNumber
	sorted []*ownedNumber
	fresh  []*ownedNumber // not yet merged into sorted
}

func newStore() *store { return &store{byKey: map[numberKey]*ownedNumber{}} }

// get returns the current state of a number, whatever lists show.
func (s *store) get(key numberKey) (document.Object, bool) {
	owned, known := s.byKey[key]
	if !known || owned.document == nil {
		return nil, false
	}
	return owned.document, true
}

func (s *store) put(key numberKey, number document.Object) { s.change(key, number, time.Time{}) }

// change stores a number, or removes it if the document is nil. Until the given time, lists show the previous state.
func (s *store) change(key numberKey, number document.Object, until time.Time) {
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

func (s *store) forget(key numberKey) {
	delete(s.byKey, key)
	if place, found := slices.BinarySearchFunc(s.inOrder(), key, compareNumbers); found {
		s.sorted = slices.Delete(s.sorted, place, place+1)
	}
}

// inOrder returns all numbers, sorted by digits. It inserts a few fresh ones individually; after many additions, such
// as seeding an account, it sorts once.
func (s *store) inOrder() []*ownedNumber {
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
func (s *store) startingWith(digits string) []*ownedNumber {
	all := s.inOrder()
	from, _ := slices.BinarySearchFunc(all, numberKey{msisdn: digits}, compareNumbers)
	to := from
	for to < len(all) && strings.HasPrefix(all[to].key.msisdn, digits) {
		to++
	}
	return all[from:to]
}

// called returns the account's numbers with exactly these digits: at most one per country.
func (s *store) called(msisdn string) []document.Object {
	var found []document.Object
	for _, owned := range s.startingWith(msisdn) {
		if owned.key.msisdn == msisdn && owned.document != nil {
			found = append(found, owned.document)
		}
	}
	return found
}

// linkedTo returns the numbers whose inbound traffic goes to an application.
func (s *store) linkedTo(applicationID string) []*ownedNumber {
	var linked []*ownedNumber
	for _, owned := range s.byKey {
		if owned.document != nil && document.Text(owned.document, "app_id") == applicationID {
			linked = append(linked, owned)
		}
	}
	return linked
}

// Save saves the account's numbers: see platform.Server.Save.
func (a *API) Save() (restore func()) {
	saved := a.owned.copy()
	return func() { a.owned = saved.copy() }
}

func (s *store) copy() *store {
	copied := &store{byKey: make(map[numberKey]*ownedNumber, len(s.byKey)), sorted: make([]*ownedNumber, len(s.byKey))}
	for i, owned := range s.inOrder() {
		same := *owned
		copied.byKey[owned.key], copied.sorted[i] = &same, &same
	}
	return copied
}

// Seed stores a number as given under an id such as "GB/447700900001"; only its country and msisdn are set to
// match. The id may be just the digits if the document has the country. moSmppSysType and voiceStatusCallback are
// kept, although the API never returns them.
func (a *API) Seed(id string, doc any) error {
	number, err := document.From(doc)
	if err != nil {
		return err
	}
	if country := document.Text(number, "country"); country != "" && !strings.Contains(id, "/") {
		id = country + "/" + id
	}
	key, err := parseNumberKey(id)
	if err != nil {
		return err
	}
	number["country"], number["msisdn"] = key.country, key.msisdn
	a.Lock()
	defer a.Unlock()
	a.owned.put(key, number)
	return nil
}

// Get returns the stored number, including what the API does not return: moSmppSysType and voiceStatusCallback.
func (a *API) Get(id string) (map[string]any, bool) {
	key, err := parseNumberKey(id)
	if err != nil {
		return nil, false
	}
	a.Lock()
	defer a.Unlock()
	number, owned := a.owned.get(key)
	return document.Copy(number), owned
}

// All returns the account's numbers by id.
func (a *API) All() map[string]map[string]any {
	a.Lock()
	defer a.Unlock()
	return a.owned.all()
}

func (s *store) all() map[string]map[string]any {
	numbers := make(map[string]map[string]any, len(s.byKey))
	for _, owned := range s.byKey {
		if owned.document != nil {
			numbers[owned.key.String()] = document.Copy(owned.document)
		}
	}
	return numbers
}

// Remove removes a number from the account, as happens when the balance runs out.
func (a *API) Remove(id string) bool {
	key, err := parseNumberKey(id)
	if err != nil {
		return false
	}
	a.Lock()
	defer a.Unlock()
	_, owned := a.owned.get(key)
	if owned {
		a.owned.forget(key)
	}
	return owned
}

func (a *API) has(key numberKey) bool {
	_, owned := a.owned.get(key)
	return owned
}

// unlinkAll ends the links of an application's numbers.
func (s *store) unlinkAll(applicationID string) {
	for _, owned := range s.linkedTo(applicationID) {
		s.put(owned.key, unlinked(owned.document))
	}
}

// Called returns the account's numbers with exactly these digits: at most one per country. The caller must hold the lock.
func (a *API) Called(msisdn string) []document.Object { return a.owned.called(msisdn) }

// Unlink ends the links of an application's numbers. The caller must hold the lock.
func (a *API) Unlink(applicationID string) { a.owned.unlinkAll(applicationID) }

// Has reports whether the account owns a number. The caller must hold the lock.
func (a *API) Has(country, msisdn string) bool { return a.has(numberKey{country, msisdn}) }

// Transfer moves a number of the account to another one. What becomes of its link, its forwarding and its webhooks is not
// documented. The caller must hold the lock, and have asked Has.
func (a *API) Transfer(to *platform.Account, country, msisdn string) {
	key := numberKey{country, msisdn}
	moved, _ := a.owned.get(key)
	if !a.Variant.TransferKeepsLinks {
		moved = unlinked(moved)
		for _, name := range []string{"moHttpUrl", "moSmppSysType", "voiceStatusCallback"} {
			delete(moved, name)
		}
	}
	a.changeNumber(key, nil)
	a.of(to).changeNumber(key, moved)
}
