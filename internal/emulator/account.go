// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"time"
)

// The Account API 1.0.4: balance, top-up, settings.

const (
	defaultBalance = 1000 * euro
	topUpAmount    = 10 * euro
	maxPerSecond   = 30 // reported as the account's limits, and the rate limit of this API
	probeTimeout   = 5 * time.Second
)

func (e *Emulator) accountRoutes(mux *http.ServeMux) {
	api := family{guard: e.authenticateLegacy, wrongVerb: restWrongVerb}
	limit := e.limit(maxPerSecond, e.accountThrottled)
	api.serve(mux, "/account/get-balance", operations{http.MethodGet: limit(e.getBalance)})
	api.serve(mux, "/account/top-up", operations{http.MethodPost: limit(e.topUp)})
	api.serve(mux, "/account/settings", operations{http.MethodPost: limit(e.changeSettings)})
}

func (e *Emulator) getBalance(*request) response {
	e.mu.Lock()
	defer e.mu.Unlock()
	return response{status: http.StatusOK, body: document{"value": json.Number(e.balance.String()), "autoReload": false}}
}

// topUp requires the reference of an earlier payment; the emulator accepts any reference and adds a fixed amount.
func (e *Emulator) topUp(r *request) response {
	if r.parameters().Get("trx") == "" {
		return invalidParameter("trx")
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	e.balance += topUpAmount
	return restSuccess()
}

// settings are the account's SMS webhooks. The forwarding method of inbound messages can be set, but not read.
type settings struct{ moCallBackURL, drCallBackURL, httpForwardMethod string }

// changeSettings returns the settings in force; a request without parameters changes nothing.
func (e *Emulator) changeSettings(r *request) response {
	sent := r.parameters()
	if method := sent.Get("httpForwardMethod"); sent.Has("httpForwardMethod") &&
		!slices.Contains([]string{"GET_QUERY_PARAMS", "POST_QUERY_PARAMS", "POST_JSON"}, method) {
		return invalidParameter("httpForwardMethod")
	}
	for _, name := range []string{"moCallBackUrl", "drCallBackUrl"} {
		if !e.probe(r, sent.Get(name)) {
			return e.refused("Callback URL is unreachable")
		}
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	set(sent, "moCallBackUrl", &e.settings.moCallBackURL)
	set(sent, "drCallBackUrl", &e.settings.drCallBackURL)
	set(sent, "httpForwardMethod", &e.settings.httpForwardMethod)
	return response{status: http.StatusOK, body: document{
		"mo-callback-url": e.settings.moCallBackURL, "dr-callback-url": e.settings.drCallBackURL,
		"max-outbound-request": maxPerSecond, "max-inbound-request": maxPerSecond, "max-calls-per-second": maxPerSecond,
	}}
}

func set(sent url.Values, name string, setting *string) {
	if sent.Has(name) {
		*setting = sent.Get(name)
	}
}

// SetBalance sets the account's balance to a decimal amount in euros.
func (e *Emulator) SetBalance(amount string) error {
	balance, err := parseMoney(amount)
	if err != nil {
		return err
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	e.balance = balance
	return nil
}

// Balance returns the account's balance in euros with two decimals.
func (e *Emulator) Balance() string {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.balance.String()
}

func (e *Emulator) controlAccount(mux *http.ServeMux) {
	mux.HandleFunc("GET /emulator/account", func(w http.ResponseWriter, _ *http.Request) {
		controlAnswer(w, http.StatusOK, document{"balance": e.Balance()})
	})
	mux.HandleFunc("PUT /emulator/account", func(w http.ResponseWriter, r *http.Request) {
		var account struct {
			Balance string `json:"balance"`
		}
		if !controlBody(w, r, &account) {
			return
		}
		if err := e.SetBalance(account.Balance); err != nil {
			controlError(w, http.StatusBadRequest, err.Error())
			return
		}
		w.WriteHeader(http.StatusNoContent)
	})
}
