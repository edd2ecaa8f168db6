// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package vonage

import (
	"cmp"
	"encoding/json"
	"time"
)

// Subaccount is an account below a primary account (Subaccounts API 1.0.8).
type Subaccount struct {
	APIKey, Name, PrimaryAPIKey string
	// CreatedAt is a time in RFC 3339. Its fraction of a second differs between the responses to a creation and to a read.
	CreatedAt                    string
	Suspended, UsePrimaryBalance bool
	// Balance and CreditLimit are decimal numbers in EUR; "" if the subaccount uses the balance of the primary account.
	Balance, CreditLimit string
	// Secret is the first API secret. No response but that to the creation has it.
	Secret string
}

// subaccountDocument is a subaccount as the API returns it. A list has both balances as numbers or null.
type subaccountDocument struct {
	APIKey            string `json:"api_key"`
	Name              string `json:"name"`
	PrimaryAPIKey     string `json:"primary_account_api_key"`
	CreatedAt         string `json:"created_at"`
	Suspended         *bool  `json:"suspended"`
	UsePrimaryBalance *bool  `json:"use_primary_account_balance"`
	Balance           any    `json:"balance"`
	CreditLimit       any    `json:"credit_limit"`
	Secret            string `json:"secret"`
}

// subaccount returns the subaccount of a response. What the response leaves out is taken from known.
func (d subaccountDocument) subaccount(known Subaccount) Subaccount {
	return Subaccount{
		APIKey:            cmp.Or(d.APIKey, known.APIKey),
		Name:              cmp.Or(d.Name, known.Name),
		PrimaryAPIKey:     cmp.Or(d.PrimaryAPIKey, known.PrimaryAPIKey),
		CreatedAt:         cmp.Or(d.CreatedAt, known.CreatedAt),
		Suspended:         *cmp.Or(d.Suspended, &known.Suspended),
		UsePrimaryBalance: *cmp.Or(d.UsePrimaryBalance, &known.UsePrimaryBalance),
		Balance:           decimalOf(d.Balance),
		CreditLimit:       decimalOf(d.CreditLimit),
		Secret:            cmp.Or(d.Secret, known.Secret),
	}
}

// decodeSubaccount decodes a response about one subaccount.
func decodeSubaccount(body []byte, known Subaccount) (Subaccount, error) {
	var document subaccountDocument
	if err := decode(body, &document); err != nil {
		return Subaccount{}, err
	}
	if document.APIKey == "" {
		return Subaccount{}, unreadable("it has no api_key")
	}
	return document.subaccount(known), nil
}

// readSubaccount reads an entry of a list. A subaccount that uses the primary account's balance is the default of the API.
func readSubaccount(entry []byte) (subaccount Subaccount, id string, err error) {
	var document subaccountDocument
	if err = decode(entry, &document); err != nil { // which may have ended before the key
		var known struct {
			APIKey string `json:"api_key"`
			Name   string `json:"name"`
		}
		_ = decode(entry, &known)
		document.APIKey, document.Name = known.APIKey, known.Name
	}
	subaccount = document.subaccount(Subaccount{UsePrimaryBalance: true})
	return subaccount, subaccount.APIKey, err
}

// decimalOf returns an amount of a response as a decimal number, and "" if there is none. What is no number is shown as it is.
func decimalOf(value any) string {
	text, _ := textOf(value)
	return Decimal(text)
}

// SameMoment reports whether two times of creation may be the same: their fractions of a second differ between responses, and
// so may the second that they were rounded to.
func SameMoment(a, b string) bool {
	x, errX := time.Parse(time.RFC3339, a)
	y, errY := time.Parse(time.RFC3339, b)
	return a == b || errX == nil && errY == nil && x.Sub(y).Abs() <= time.Second
}

// createdBefore reports whether a subaccount was made before another one for certain.
func createdBefore(a, b string) bool {
	x, errX := time.Parse(time.RFC3339, a)
	y, errY := time.Parse(time.RFC3339, b)
	return errX == nil && errY == nil && x.Before(y) && !SameMoment(a, b)
}

// SubaccountList is every subaccount of a primary account.
type SubaccountList struct {
	entries []listed[Subaccount]
	// TotalBalance and TotalCreditLimit are decimal numbers in EUR, of the primary account and its subaccounts together; "" if
	// the response does not have them.
	TotalBalance, TotalCreditLimit string
}

// subaccountListDocument is the list, which has one page (Subaccounts API 1.0.8; the totals are undocumented).
type subaccountListDocument struct {
	Embedded *struct {
		Subaccounts []json.RawMessage `json:"subaccounts"`
	} `json:"_embedded"`
	TotalBalance     any `json:"total_balance"`
	TotalCreditLimit any `json:"total_credit_limit"`
}

func decodeSubaccounts(body []byte) (SubaccountList, error) {
	var document subaccountListDocument
	if err := decode(body, &document); err != nil {
		return SubaccountList{}, err
	}
	if document.Embedded == nil { // otherwise every subaccount would look gone
		return SubaccountList{}, unreadable("it has no list of subaccounts")
	}
	return SubaccountList{
		entries:          readEach(document.Embedded.Subaccounts, readSubaccount),
		TotalBalance:     decimalOf(document.TotalBalance),
		TotalCreditLimit: decimalOf(document.TotalCreditLimit),
	}, nil
}
