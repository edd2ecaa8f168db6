// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package platform

import (
	"maps"
	"slices"
)

// What an emulator stores can be saved and put back: each of its parts has a method Save, which returns a function that puts
// back what it stores now, any number of times. The caller of either holds the lock, and no request is being processed.
// Documents are not copied, because they are never modified.

// Save saves the accounts themselves, the faults, the log of requests and the clock.
func (s *Server) Save() (restore func()) {
	accounts, paths := slices.Clone(s.first.accounts), maps.Clone(s.paths)
	parts := make([]func(), 0, 3+len(accounts))
	parts = append(parts, s.List.Save(), s.requests.Save(), s.first.Clock.Save())
	for _, account := range accounts {
		parts = append(parts, account.saveRecord())
	}
	return func() {
		s.first.accounts, s.paths = slices.Clone(accounts), maps.Clone(paths)
		for _, put := range parts {
			put()
		}
	}
}

// saveRecord saves what an account has besides its APIs. Its limits begin anew.
func (a *Account) saveRecord() (restore func()) {
	name, suspended, purse, shares, autoReload, settings := a.Name, a.Suspended, a.Purse, a.SharesBalance, a.AutoReload, a.Settings
	secrets, revoked, settled := slices.Clone(a.Secrets), slices.Clone(a.revoked), a.writes.settled
	return func() {
		a.Name, a.Suspended, a.Purse, a.SharesBalance, a.AutoReload, a.Settings = name, suspended, purse, shares, autoReload, settings
		a.Secrets, a.revoked, a.writes = slices.Clone(secrets), slices.Clone(revoked), &writes{settled: settled}
		for _, limit := range a.buckets {
			limit.fill()
		}
	}
}

// Alone runs read with the lock held and while no request is being processed.
func (s *Server) Alone(read func()) {
	s.first.processing.Lock()
	defer s.first.processing.Unlock()
	s.first.Lock()
	defer s.first.Unlock()
	read()
}

// Anew runs change as Alone does, after calls, webhooks and delayed answers have ended.
func (s *Server) Anew(change func()) {
	s.first.processing.Lock()
	defer s.first.processing.Unlock()
	resume := s.first.Background.Interrupt()
	s.first.Lock()
	defer s.first.Unlock()
	change()
	s.first.Feed.Forget()
	resume()
}

// Together runs several writes as one: neither Alone nor Anew sees a part of them.
func (s *Server) Together(write func()) {
	s.first.processing.RLock()
	defer s.first.processing.RUnlock()
	write()
}
