// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"errors"
	"fmt"
	"maps"
	"strconv"
	"sync"
)

// snapshots are the states of an emulator that it can go back to: all accounts with everything in them, the numbers that
// can be rented, prices, faults, the logs of requests and webhooks, and how far the clock is ahead.
type snapshots struct {
	accounts *accounts

	mu    sync.Mutex
	seed  func() // back to the seed
	taken map[string]func()
	made  int
}

// maxSnapshots is how many snapshots are kept.
const maxSnapshots = 1000

func newSnapshots(of *accounts) *snapshots {
	s := &snapshots{accounts: of, taken: map[string]func(){}}
	s.seeded()
	return s
}

// seeded makes the present state the one that Reset goes back to.
func (s *snapshots) seeded() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.accounts.server.Alone(func() { s.seed = s.accounts.save() })
}

// Reset goes back to the seed.
func (s *snapshots) Reset() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.accounts.server.Anew(s.seed)
}

var errCallInProgress = errors.New("a call is in progress, which cannot be saved: hang up, or wait until it has ended")

// Snapshot saves the present state, and returns the name by which Restore finds it.
func (s *snapshots) Snapshot() (name string, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.accounts.server.Alone(func() {
		if s.accounts.inProgress() {
			err = errCallInProgress
			return
		}
		s.made++
		name = strconv.Itoa(s.made)
		s.taken[name] = s.accounts.save()
		delete(s.taken, strconv.Itoa(s.made-maxSnapshots))
	})
	return name, err
}

// Restore goes back to a snapshot, which is kept.
func (s *snapshots) Restore(name string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	restore, known := s.taken[name]
	if !known {
		return fmt.Errorf("there is no snapshot %q", name)
	}
	s.accounts.server.Anew(restore)
	return nil
}

// inProgress reports whether any account has a call in progress. The caller must hold the lock.
func (w *accounts) inProgress() bool {
	for _, account := range w.built {
		if account.voice.InProgress() {
			return true
		}
	}
	return false
}

// save returns a function that puts everything back as it is now: see platform.Server.Save.
func (w *accounts) save() (restore func()) {
	built := maps.Clone(w.built)
	parts := []func(){w.server.Save(), w.inventory.Save(), w.prices.Save(), w.sipNames.Save()}
	for _, a := range built {
		parts = append(parts, a.store.Save(), a.webhooks.Save())
		for _, api := range a.rooms {
			if stores, ok := api.(interface{ Save() (restore func()) }); ok {
				parts = append(parts, stores.Save())
			}
		}
	}
	return func() {
		w.built = maps.Clone(built)
		for _, put := range parts {
			put()
		}
	}
}

// Load stores everything in a seed except its credentials, which belong in Options. It stores the documents of each
// kind in order of their ids and stops at the first error. Reset goes back to what the emulator holds then.
func (e *Emulator) Load(seed Seed) error {
	if err := e.Account.Load(seed); err != nil {
		return err
	}
	e.snapshots.seeded()
	return nil
}

// Reset goes back to the state after Load, or after New if nothing was loaded. It ends calls and delayed answers; accounts
// that were opened since are gone.
func (e *Emulator) Reset() { e.snapshots.Reset() }

// Snapshot saves the state of the emulator, and returns the name by which Restore finds it. It is an error if a call is in
// progress. The latest thousand snapshots are kept.
func (e *Emulator) Snapshot() (name string, err error) { return e.snapshots.Snapshot() }

// Restore goes back to a snapshot, as Reset does to the seed. It is an error if there is none of that name.
func (e *Emulator) Restore(name string) error { return e.snapshots.Restore(name) }
