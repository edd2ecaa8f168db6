// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"context"
	"net/http"
	"slices"
)

// rental identifies a number to buy or cancel, and the account that owns it.
type rental struct {
	key        numberKey
	subaccount string // "" for the account itself
}

func (e *Emulator) rentalOf(r *request) rental {
	sent := r.parameters()
	asked := rental{key: numberKey{sent.Get("country"), sent.Get("msisdn")}, subaccount: sent.Get("target_api_key")}
	if asked.subaccount == e.options.APIKey {
		asked.subaccount = ""
	}
	return asked
}

// buyNumber charges the first month and the initial price at once. Of several buyers of one number, exactly one
// succeeds.
func (e *Emulator) buyNumber(r *request) response {
	asked := e.rentalOf(r)
	e.mu.Lock()
	defer e.mu.Unlock()
	offered, there := e.inventory.get(asked.key)
	if _, owned := e.numbers.get(asked.key); owned || !there {
		return e.methodFailed()
	}
	if flag(offered, "address_required") {
		return e.refused(addressRequired)
	}
	price, err := priceOf(offered)
	if err != nil {
		return internalError()
	}
	if price > e.balance {
		return e.refused("Insufficient balance")
	}
	e.balance -= price
	e.inventory.forget(asked.key)
	e.sold[asked.key] = offered
	if asked.subaccount != "" {
		e.subaccountNumbers[asked] = true
		return restSuccess()
	}
	e.changeNumber(asked.key, rented(offered))
	return restSuccess()
}

// rented returns a number as its owner sees it: without prices.
func rented(offered document) document {
	number := document{}
	for name, value := range offered {
		if !slices.Contains([]string{"cost", "initialPrice", "address_required"}, name) {
			number[name] = value
		}
	}
	return number
}

// cancelNumber ends a rental at once. The number returns to the inventory, unless Variant.CancelledNotOffered is set.
func (e *Emulator) cancelNumber(r *request) response {
	asked := e.rentalOf(r)
	e.mu.Lock()
	defer e.mu.Unlock()
	if asked.subaccount != "" {
		if !e.subaccountNumbers[asked] {
			return e.methodFailed()
		}
		delete(e.subaccountNumbers, asked)
		e.offerAgain(asked.key, nil)
		return restSuccess()
	}
	owned, there := e.numbers.get(asked.key)
	if !there {
		return e.methodFailed()
	}
	e.changeNumber(asked.key, nil)
	e.offerAgain(asked.key, owned)
	return restSuccess()
}

// offerAgain returns a number to the inventory, at its old price if it was bought here.
func (e *Emulator) offerAgain(key numberKey, owned document) {
	offered, known := e.sold[key]
	delete(e.sold, key)
	if e.options.Variant.CancelledNotOffered {
		return
	}
	if !known {
		offered = document{"country": key.country, "msisdn": key.msisdn}
		for _, name := range []string{"type", "features", "limitations"} {
			if value, has := owned[name]; has {
				offered[name] = value
			}
		}
		offered = priced(offered)
	}
	e.inventory.put(key, offered)
}

// probe checks a webhook as the API does before saving it: it sends a GET and expects 200.
func (e *Emulator) probe(r *request, address string) bool {
	if address == "" || !e.options.ProbeWebhooks {
		return true
	}
	ctx, cancel := context.WithTimeout(r.Context(), probeTimeout)
	defer cancel()
	probing, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil) //nolint:gosec // calling the given URL is the purpose
	if err != nil {
		return false
	}
	got, err := e.options.HTTPClient.Do(probing) //nolint:gosec // as above
	if err != nil {
		return false
	}
	_ = got.Body.Close()
	return got.StatusCode == http.StatusOK
}
