// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package numbers

import (
	"errors"
	"net/http"
	"slices"

	"github.com/vonage/terraform-provider-vonage/internal/emulator/platform"
	"github.com/vonage/terraform-provider-vonage/internal/emulator/platform/document"
)

// rentalOf returns the number to buy or cancel, and the account that is to own it: the caller's, or the subaccount that
// target_api_key names.
func (a *API) rentalOf(r *platform.Request) (numberKey, *API, bool) {
	sent := r.Parameters()
	key, target := numberKey{sent.Get("country"), sent.Get("msisdn")}, sent.Get("target_api_key")
	if target == "" {
		return key, a, true
	}
	owner, related := a.Of(target)
	if !related {
		return key, nil, false
	}
	return key, a.of(owner), true
}

// buyNumber charges the first month and the initial price at once. Of several buyers of one number, exactly one
// succeeds.
func (a *API) buyNumber(r *platform.Request) platform.Response {
	a.Lock()
	defer a.Unlock()
	key, owner, related := a.rentalOf(r)
	if !related {
		return a.methodFailed()
	}
	switch err := owner.rent(key); {
	case errors.Is(err, errNotOffered):
		return a.methodFailed()
	case errors.Is(err, errAddressRequired), errors.Is(err, errNoMoney):
		return a.Refused(err.Error())
	case err != nil:
		return platform.InternalError()
	}
	return platform.RestSuccess()
}

// Why a number cannot be rented, in Vonage's words if it has any.
var (
	errNotOffered      = errors.New("nobody offers this number")
	errAddressRequired = errors.New(addressRequired)        //nolint:staticcheck // Vonage's words
	errNoMoney         = errors.New("Insufficient balance") //nolint:staticcheck // Vonage's words
)

// rent rents a number of the inventory. The caller must hold the lock.
func (a *API) rent(key numberKey) error {
	offered, there := a.inventory.get(key)
	if !there || a.has(key) {
		return errNotOffered
	}
	if document.Flag(offered, "address_required") {
		return errAddressRequired
	}
	price, err := priceOf(offered)
	if err != nil {
		return err
	}
	if !a.wallet.Charge(price) {
		return errNoMoney
	}
	a.inventory.forget(key)
	a.inventory.sold[key] = offered
	a.changeNumber(key, rented(offered))
	return nil
}

// controlRent rents a number as the account's owner does in the dashboard.
func (a *API) controlRent(w http.ResponseWriter, r *http.Request) {
	a.Lock()
	err := a.rent(numberKey{r.PathValue("country"), r.PathValue("msisdn")})
	a.Unlock()
	switch {
	case errors.Is(err, errNotOffered):
		platform.ControlError(w, http.StatusNotFound, err.Error())
	case err != nil:
		platform.ControlError(w, http.StatusConflict, err.Error())
	default:
		w.WriteHeader(http.StatusNoContent)
	}
}

// rented returns a number as its owner sees it: without prices.
func rented(offered document.Object) document.Object {
	number := document.Object{}
	for name, value := range offered {
		if !slices.Contains([]string{"cost", "initialPrice", "address_required"}, name) {
			number[name] = value
		}
	}
	return number
}

// cancelNumber ends a rental at once. The number returns to the inventory, unless Variant.CancelledNotOffered is set.
func (a *API) cancelNumber(r *platform.Request) platform.Response {
	a.Lock()
	defer a.Unlock()
	key, owner, related := a.rentalOf(r)
	if !related || !owner.has(key) {
		return a.methodFailed()
	}
	number, _ := owner.owned.get(key)
	owner.changeNumber(key, nil)
	a.offerAgain(key, number)
	return platform.RestSuccess()
}

// offerAgain returns a number to the inventory, at its old price if it was bought here.
func (a *API) offerAgain(key numberKey, owned document.Object) {
	offered, known := a.inventory.sold[key]
	delete(a.inventory.sold, key)
	if a.Variant.CancelledNotOffered {
		return
	}
	if !known {
		offered = document.Object{"country": key.country, "msisdn": key.msisdn}
		for _, name := range []string{"type", "features", "limitations"} {
			if value, has := owned[name]; has {
				offered[name] = value
			}
		}
		offered = priced(offered)
	}
	a.inventory.put(key, offered)
}
