// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

// Package money counts euros exactly.
package money

import (
	"encoding/json"
	"fmt"
	"math/big"
	"regexp"
	"strings"
)

// Amount is an amount in hundred-millionths of a euro: balances and prices have up to eight decimals (Account API 1.0.4,
// Pricing API 0.0.3), and their sums stay exact.
type Amount int64

const (
	// Euro is one euro.
	Euro Amount = 100_000_000
	// decimals is how many decimals an amount can have.
	decimals = 8
)

// written matches the decimal numbers that JSON knows, within reason.
var written = regexp.MustCompile(`^-?[0-9]{1,20}(\.[0-9]{1,20})?([eE][-+]?[0-9]{1,2})?$`)

// Parse parses a decimal amount in euros, such as "10.28".
func Parse(text string) (Amount, error) {
	if !written.MatchString(text) {
		return 0, fmt.Errorf("%q is no decimal amount", text)
	}
	exact, _ := new(big.Rat).SetString(text)
	exact.Mul(exact, new(big.Rat).SetInt64(int64(Euro)))
	if !exact.IsInt() {
		return 0, fmt.Errorf("%q has more than eight decimals", text)
	}
	if !exact.Num().IsInt64() {
		return 0, fmt.Errorf("%q is too large an amount", text)
	}
	return Amount(exact.Num().Int64()), nil
}

// String returns the amount in euros with two to eight decimals.
func (a Amount) String() string {
	text := new(big.Rat).SetFrac64(int64(a), int64(Euro)).FloatString(decimals)
	whole, fraction, _ := strings.Cut(text, ".")
	return whole + "." + fraction[:2] + strings.TrimRight(fraction[2:], "0")
}

// Number returns the amount as documents represent it.
func (a Amount) Number() json.Number { return json.Number(a.String()) }

// Purse is the money of one account.
type Purse struct {
	Balance Amount
	// CreditLimit is how far the balance may fall: zero or below. An account without credit has none.
	CreditLimit Amount
}

// Available returns what can be spent, or transferred: the distance from the balance to the credit limit
// (https://developer.vonage.com/en/account/subaccounts/overview).
func (p *Purse) Available() Amount { return p.Balance - p.CreditLimit }

// Take takes an amount from the balance, unless that exceeds what is available.
func (p *Purse) Take(amount Amount) bool {
	if amount > p.Available() {
		return false
	}
	p.Balance -= amount
	return true
}
