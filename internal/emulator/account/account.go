// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

// Package account is the Account API 1.0.4: balance, top-up, settings and API secrets.
package account

import (
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"time"

	"github.com/vonage/terraform-provider-vonage/internal/emulator/platform"
	"github.com/vonage/terraform-provider-vonage/internal/emulator/platform/document"
)

const (
	defaultBalance = 1000 * platform.Euro
	topUpAmount    = 10 * platform.Euro
	maxPerSecond   = 30 // reported as the account's limits, and the rate limit of this API
)

// API is the Account API.
type API struct {
	*platform.Account

	balance  platform.Money
	settings settings
}

// New returns the API of an account with 1,000 euros.
func New(account *platform.Account) *API { return &API{Account: account, balance: defaultBalance} }

// Routes serves the API's paths, and the account of the control API.
func (a *API) Routes(server *platform.Server) {
	api := platform.Family{Name: "Account", Guard: a.AuthenticateLegacy, WrongVerb: platform.RestWrongVerb}
	limit := a.Limit(maxPerSecond, a.accountThrottled)
	api.Serve(server, "/account/get-balance", platform.Operations{http.MethodGet: limit(a.getBalance)})
	api.Serve(server, "/account/top-up", platform.Operations{http.MethodPost: limit(a.topUp)})
	api.Serve(server, "/account/settings", platform.Operations{http.MethodPost: limit(a.changeSettings)})
	a.secretRoutes(server)
	a.controlAccount(server.Control)
}

func (a *API) getBalance(*platform.Request) platform.Response {
	a.Lock()
	defer a.Unlock()
	return platform.Response{Status: http.StatusOK, Body: document.Object{"value": json.Number(a.balance.String()), "autoReload": false}}
}

// topUp requires the reference of an earlier payment; the emulator accepts any reference and adds a fixed amount.
func (a *API) topUp(r *platform.Request) platform.Response {
	if r.Parameters().Get("trx") == "" {
		return platform.InvalidParameter("trx")
	}
	a.Lock()
	defer a.Unlock()
	a.balance += topUpAmount
	return platform.RestSuccess()
}

// Charge takes an amount from the balance, unless it exceeds it.
func (a *API) Charge(price platform.Money) bool {
	if price > a.balance {
		return false
	}
	a.balance -= price
	return true
}

// settings are the account's SMS webhooks. The forwarding method of inbound messages can be set, but not read.
type settings struct{ moCallBackURL, drCallBackURL, httpForwardMethod string }

// changeSettings returns the settings in force; a request without parameters changes nothing.
func (a *API) changeSettings(r *platform.Request) platform.Response {
	sent := r.Parameters()
	if method := sent.Get("httpForwardMethod"); sent.Has("httpForwardMethod") &&
		!slices.Contains([]string{"GET_QUERY_PARAMS", "POST_QUERY_PARAMS", "POST_JSON"}, method) {
		return platform.InvalidParameter("httpForwardMethod")
	}
	for _, name := range []string{"moCallBackUrl", "drCallBackUrl"} {
		if !a.Probe(r, sent.Get(name)) {
			return a.Refused("Callback URL is unreachable")
		}
	}
	a.Lock()
	defer a.Unlock()
	set(sent, "moCallBackUrl", &a.settings.moCallBackURL)
	set(sent, "drCallBackUrl", &a.settings.drCallBackURL)
	set(sent, "httpForwardMethod", &a.settings.httpForwardMethod)
	return platform.Response{Status: http.StatusOK, Body: document.Object{
		"mo-callback-url": a.settings.moCallBackURL, "dr-callback-url": a.settings.drCallBackURL,
		"max-outbound-request": maxPerSecond, "max-inbound-request": maxPerSecond, "max-calls-per-second": maxPerSecond,
	}}
}

func set(sent url.Values, name string, setting *string) {
	if sent.Has(name) {
		*setting = sent.Get(name)
	}
}

// SetBalance sets the account's balance to a decimal amount in euros.
func (a *API) SetBalance(amount string) error {
	balance, err := platform.ParseMoney(amount)
	if err != nil {
		return err
	}
	a.Lock()
	defer a.Unlock()
	a.balance = balance
	return nil
}

// Balance returns the account's balance in euros with two decimals.
func (a *API) Balance() string {
	a.Lock()
	defer a.Unlock()
	return a.balance.String()
}

func (a *API) controlAccount(mux *http.ServeMux) {
	mux.HandleFunc("GET /emulator/account", func(w http.ResponseWriter, _ *http.Request) {
		platform.ControlAnswer(w, http.StatusOK, document.Object{"balance": a.Balance()})
	})
	mux.HandleFunc("PUT /emulator/account", func(w http.ResponseWriter, r *http.Request) {
		var account struct {
			Balance string `json:"balance"`
		}
		if !platform.ControlBody(w, r, &account) {
			return
		}
		if err := a.SetBalance(account.Balance); err != nil {
			platform.ControlError(w, http.StatusBadRequest, err.Error())
			return
		}
		w.WriteHeader(http.StatusNoContent)
	})
}

// accountThrottled sends the only documented headers: Account API 1.0.4, whose sample of a reset time is in
// milliseconds.
func (a *API) accountThrottled(perSecond int) platform.Response {
	refusal := platform.Throttled()
	refusal.Header = http.Header{
		"Retry-After": {"1"}, "X-Ratelimit-Limit": {strconv.Itoa(perSecond)}, "X-Ratelimit-Remaining": {"0"},
		"X-Ratelimit-Reset": {strconv.FormatInt(a.Now().Add(time.Second).UnixMilli(), 10)},
	}
	return refusal
}
