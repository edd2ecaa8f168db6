// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package platform

import (
	"fmt"

	"github.com/vonage/terraform-provider-vonage/internal/emulator/platform/money"
)

// Settings are an account's SMS webhooks, which the Account API sets. How inbound messages are forwarded cannot be read
// there.
type Settings struct{ MoCallbackURL, DrCallbackURL, HTTPForwardMethod string }

// Record is what can be changed of an account without its credentials, as in the dashboard. What is nil stays as it is.
type Record struct {
	Name *string `json:"name,omitempty"`
	// Balance and CreditLimit are in euros: "10.28"; the limit is zero or below.
	Balance     *string `json:"balance,omitempty"`
	CreditLimit *string `json:"credit_limit,omitempty"`
	AutoReload  *bool   `json:"auto_reload,omitempty"`
	Suspended   *bool   `json:"suspended,omitempty"`
	// UsePrimaryAccountBalance concerns subaccounts only.
	UsePrimaryAccountBalance *bool   `json:"use_primary_account_balance,omitempty"`
	MoCallbackURL            *string `json:"mo_callback_url,omitempty"`
	DrCallbackURL            *string `json:"dr_callback_url,omitempty"`
	HTTPForwardMethod        *string `json:"http_forward_method,omitempty"`
}

// Change stores what a record names.
func (a *Account) Change(record Record) error {
	a.Lock()
	defer a.Unlock()
	purse := a.Purse
	for name, amount := range map[string]struct {
		given *string
		into  *money.Amount
	}{"balance": {record.Balance, &purse.Balance}, "credit_limit": {record.CreditLimit, &purse.CreditLimit}} {
		if amount.given == nil {
			continue
		}
		parsed, err := money.Parse(*amount.given)
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		*amount.into = parsed
	}
	a.Purse = purse
	change(record.Name, &a.Name)
	change(record.AutoReload, &a.AutoReload)
	change(record.Suspended, &a.Suspended)
	change(record.UsePrimaryAccountBalance, &a.SharesBalance)
	change(record.MoCallbackURL, &a.Settings.MoCallbackURL)
	change(record.DrCallbackURL, &a.Settings.DrCallbackURL)
	change(record.HTTPForwardMethod, &a.Settings.HTTPForwardMethod)
	return nil
}

func change[T any](given, into *T) {
	if given != nil {
		*into = *given
	}
}

// Record returns what Change changes.
func (a *Account) Record() Record {
	a.Lock()
	defer a.Unlock()
	balance, limit, name, settings := a.Purse.Balance.String(), a.Purse.CreditLimit.String(), a.Name, a.Settings
	autoReload, suspended, shares := a.AutoReload, a.Suspended, a.SharesBalance
	return Record{
		Name: &name, Balance: &balance, CreditLimit: &limit, AutoReload: &autoReload, Suspended: &suspended, UsePrimaryAccountBalance: &shares,
		MoCallbackURL: &settings.MoCallbackURL, DrCallbackURL: &settings.DrCallbackURL, HTTPForwardMethod: &settings.HTTPForwardMethod,
	}
}
