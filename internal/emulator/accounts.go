// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"errors"
	"fmt"

	"github.com/vonage/terraform-provider-vonage/internal/emulator/control"
	"github.com/vonage/terraform-provider-vonage/internal/emulator/numbers"
	"github.com/vonage/terraform-provider-vonage/internal/emulator/platform"
	"github.com/vonage/terraform-provider-vonage/internal/emulator/pricing"
	"github.com/vonage/terraform-provider-vonage/internal/emulator/sip"
)

// accounts are all accounts of an emulator, and what they share.
type accounts struct {
	server    *platform.Server
	inventory *numbers.Inventory
	prices    *pricing.Table
	sipNames  sip.Names

	built map[*platform.Account]*Account // guarded by the lock of all accounts
}

// open makes an account reachable.
func (w *accounts) open(a *Account) error {
	return w.server.Open(a.account, a.paths, func() { w.built[a.account] = a })
}

// Lookup returns the account with a key.
func (a *Account) Lookup(key string) (*Account, bool) {
	a.account.Lock()
	defer a.account.Unlock()
	for account, built := range a.all.built {
		if account.APIKey == key {
			return built, true
		}
	}
	return nil, false
}

// OpenAccount opens a further account, which has nothing to do with this one.
func (a *Account) OpenAccount(opening Opening) (*Account, error) { return a.opened(opening, nil) }

// OpenSubaccount opens a subaccount, as a request of the account would. It shares the account's balance unless the
// opening says otherwise.
func (a *Account) OpenSubaccount(opening Opening) (*Account, error) {
	if a.account.Primary != nil {
		return nil, fmt.Errorf("%s is a subaccount, which has no subaccounts", a.account.APIKey)
	}
	return a.opened(opening, a.account)
}

func (a *Account) opened(opening Opening, primary *platform.Account) (*Account, error) {
	if opening.APIKey == "" || opening.APISecret == "" {
		return nil, errors.New("a further account needs api_key and api_secret")
	}
	made := a.account.Another(opening.APIKey, opening.APISecret, opening.SignatureSecret)
	if primary != nil {
		made.BecomeSubaccount(primary)
	}
	if err := made.Change(opening.Record); err != nil {
		return nil, fmt.Errorf("account %s: %w", opening.APIKey, err)
	}
	built := a.all.build(made)
	if err := a.all.open(built); err != nil {
		return nil, err
	}
	return built, nil
}

// content is an account as seeds fill it.
type content struct{ *Account }

func (c content) OpenAccount(opening Opening) (control.Content, error) {
	opened, err := c.Account.OpenAccount(opening)
	return content{opened}, err
}

func (c content) OpenSubaccount(opening Opening) (control.Content, error) {
	opened, err := c.Account.OpenSubaccount(opening)
	return content{opened}, err
}

// Subaccounts returns the subaccounts of the account in order of creation.
func (a *Account) Subaccounts() []*Account {
	a.account.Lock()
	defer a.account.Unlock()
	below := a.account.Subaccounts()
	subaccounts := make([]*Account, len(below))
	for i, account := range below {
		subaccounts[i] = a.all.built[account]
	}
	return subaccounts
}
