// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package numbers

import (
	"slices"

	"github.com/vonage/terraform-provider-vonage/internal/emulator/platform"
	"github.com/vonage/terraform-provider-vonage/internal/emulator/platform/document"
)

// rental identifies a number to buy or cancel, and the account that owns it.
type rental struct {
	key        numberKey
	subaccount string // "" for the account itself
}

func (a *API) rentalOf(r *platform.Request) rental {
	sent := r.Parameters()
	asked := rental{key: numberKey{sent.Get("country"), sent.Get("msisdn")}, subaccount: sent.Get("target_api_key")}
	if asked.subaccount == a.APIKey {
		asked.subaccount = ""
	}
	return asked
}

// buyNumber charges the first month and the initial price at once. Of several buyers of one number, exactly one
// succeeds.
func (a *API) buyNumber(r *platform.Request) platform.Response {
	asked := a.rentalOf(r)
	a.Lock()
	defer a.Unlock()
	offered, there := a.inventory.get(asked.key)
	if _, owned := a.owned.get(asked.key); owned || !there {
		return a.methodFailed()
	}
	if document.Flag(offered, "address_required") {
		return a.Refused(addressRequired)
	}
	price, err := priceOf(offered)
	if err != nil {
		return platform.InternalError()
	}
	if !a.wallet.Charge(price) {
		return a.Refused("Insufficient balance")
	}
	a.inventory.forget(asked.key)
	a.sold[asked.key] = offered
	if asked.subaccount != "" {
		a.subaccountNumbers[asked] = true
		return platform.RestSuccess()
	}
	a.changeNumber(asked.key, rented(offered))
	return platform.RestSuccess()
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
	asked := a.rentalOf(r)
	a.Lock()
	defer a.Unlock()
	if asked.subaccount != "" {
		if !a.subaccountNumbers[asked] {
			return a.methodFailed()
		}
		delete(a.subaccountNumbers, asked)
		a.offerAgain(asked.key, nil)
		return platform.RestSuccess()
	}
	owned, there := a.owned.get(asked.key)
	if !there {
		return a.methodFailed()
	}
	a.changeNumber(asked.key, nil)
	a.offerAgain(asked.key, owned)
	return platform.RestSuccess()
}

// offerAgain returns a number to the inventory, at its old price if it was bought here.
func (a *API) offerAgain(key numberKey, owned document.Object) {
	offered, known := a.sold[key]
	delete(a.sold, key)
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
