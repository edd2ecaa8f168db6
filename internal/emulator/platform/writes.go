// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package platform

import (
	"cmp"
	"net/http"
	"time"
)

// writes tells whether the record of an account is being written.
type writes struct {
	underWay bool
	settled  time.Time // when the record can be written again
}

// Writes returns an operation that writes the record of the account that written returns, nil for none. While another
// such write of that account is under way, which is until its response is out, the API refuses it as outdated. It does so
// for a while afterwards under Variant.AccountSettles, as in
// https://github.com/nexmo-se/vonage-subaccounts-proxy, which waits half a second and tries again. Which operations
// exclude each other is not documented.
func (a *Account) Writes(written func(*Request) *Account, operation Endpoint) Endpoint {
	return func(r *Request) Response {
		account := written(r)
		if account == nil {
			return operation(r)
		}
		begun := account.beginWrite()
		if begun == nil {
			return ProblemJSON(Problem(cmp.Or(a.Variant.OutdatedStatus, http.StatusForbidden), "/account/subaccounts#validation", "Outdated account",
				"Attempted to update a more recent version of the account"))
		}
		answered := operation(r)
		done := answered.Status < http.StatusBadRequest
		answered.sent = func() { account.endWrite(begun, done) }
		return answered
	}
}

// beginWrite returns nil if the record cannot be written now.
func (a *Account) beginWrite() *writes {
	a.Lock()
	defer a.Unlock()
	if a.writes.underWay || a.Now().Before(a.writes.settled) {
		return nil
	}
	a.writes.underWay = true
	return a.writes
}

// endWrite ends what beginWrite has begun. If the account has been restored since, that concerns it no longer.
func (a *Account) endWrite(begun *writes, done bool) {
	a.Lock()
	defer a.Unlock()
	begun.underWay = false
	if done {
		begun.settled = a.Now().Add(a.Variant.AccountSettles)
	}
}
