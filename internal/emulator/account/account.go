// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

// Package account is the Account API 1.0.4: balance, top-up, settings and API secrets.
package account

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"time"

	"github.com/vonage/terraform-provider-vonage/internal/emulator/platform"
	"github.com/vonage/terraform-provider-vonage/internal/emulator/platform/document"
	"github.com/vonage/terraform-provider-vonage/internal/emulator/platform/money"
	"github.com/vonage/terraform-provider-vonage/internal/emulator/platform/shape"
)

const (
	topUpAmount  = 10 * money.Euro
	maxPerSecond = 30 // reported as the account's limits, and the rate limit of this API
)

// API is the Account API.
type API struct{ *platform.Account }

// New returns the API of an account.
func New(account *platform.Account) *API { return &API{Account: account} }

// Routes serves the API's paths, and the account of the control API.
func (a *API) Routes(paths *platform.Paths) {
	api := platform.Family{Name: "Account", Guard: a.AuthenticateLegacy, WrongVerb: platform.RestWrongVerb}
	limit := a.Limit(maxPerSecond, a.accountThrottled)
	api.Serve(paths, "/account/get-balance", platform.Operations{http.MethodGet: limit(a.getBalance)})
	api.Serve(paths, "/account/top-up", platform.Operations{http.MethodPost: limit(a.topUp)})
	api.Serve(paths, "/account/settings", platform.Operations{http.MethodPost: limit(a.changeSettings)})
	a.secretRoutes(paths)
	a.controlAccount(paths.Control)
}

func (a *API) getBalance(*platform.Request) platform.Response {
	a.Lock()
	defer a.Unlock()
	return platform.Response{Status: http.StatusOK, Body: document.Object{"value": a.Payer().Purse.Balance.Number(), "autoReload": a.AutoReload}}
}

// topUp requires auto-reload and the reference of an earlier payment; the emulator accepts any reference and adds a fixed
// amount.
func (a *API) topUp(r *platform.Request) platform.Response {
	if r.Parameters().Get("trx") == "" {
		return badRequest("trx", "Is required.")
	}
	a.Lock()
	defer a.Unlock()
	if !a.AutoReload {
		return platform.RestAnswer(http.StatusUnauthorized, http.StatusUnauthorized, "not auto-reload enabled")
	}
	a.Payer().Purse.Balance += topUpAmount
	return platform.RestSuccess()
}

// badRequest refuses a parameter as the Account API 1.0.4 does, in a map.
func badRequest(name, reason string) platform.Response {
	return platform.Response{Status: http.StatusBadRequest, Body: document.Object{
		"type": "BAD_REQUEST", "error_title": "Bad Request", "invalid_parameters": document.Object{name: reason},
	}}
}

// Charge takes an amount from the balance, unless it exceeds it.
func (a *API) Charge(price money.Amount) bool { return a.Payer().Purse.Take(price) }

// changeSettings returns the settings in force; a request without parameters changes nothing.
func (a *API) changeSettings(r *platform.Request) platform.Response {
	sent := r.Parameters()
	if method := sent.Get("httpForwardMethod"); sent.Has("httpForwardMethod") &&
		!slices.Contains([]string{"GET_QUERY_PARAMS", "POST_QUERY_PARAMS", "POST_JSON"}, method) {
		return platform.InvalidParameter("httpForwardMethod")
	}
	for _, name := range []string{"moCallBackUrl", "drCallBackUrl"} {
		if !isURL(sent.Get(name)) {
			return platform.InvalidParameter(name)
		}
		if !a.Probe(r, sent.Get(name)) {
			return a.unreachable(name)
		}
	}
	a.Lock()
	defer a.Unlock()
	set(sent, "moCallBackUrl", &a.Settings.MoCallbackURL)
	set(sent, "drCallBackUrl", &a.Settings.DrCallbackURL)
	set(sent, "httpForwardMethod", &a.Settings.HTTPForwardMethod)
	return platform.Response{Status: http.StatusOK, Body: document.Object{
		"mo-callback-url": a.Settings.MoCallbackURL, "dr-callback-url": a.Settings.DrCallbackURL,
		"max-outbound-request": maxPerSecond, "max-inbound-request": maxPerSecond, "max-calls-per-second": maxPerSecond,
	}}
}

// isURL reports whether a callback URL can be saved: the empty string unsets it.
func isURL(address string) bool {
	var checked shape.Checker
	shape.URL{}.Check(&checked, "", address, nil)
	return address == "" || len(checked.Invalid) == 0
}

// unreachable refuses a callback URL that does not answer 200; no source has the response of the real API.
func (a *API) unreachable(name string) platform.Response {
	const problem = "Callback URL is unreachable"
	if a.Variant.UnreachableURL == "invalid_parameters" {
		return badRequest(name, problem)
	}
	return a.Refused(problem)
}

func set(sent url.Values, name string, setting *string) {
	if sent.Has(name) {
		*setting = sent.Get(name)
	}
}

func (a *API) controlAccount(mux *http.ServeMux) {
	mux.HandleFunc("GET /emulator/account", platform.ControlList(a.Record))
	mux.HandleFunc("PUT /emulator/account", func(w http.ResponseWriter, r *http.Request) {
		var record platform.Record
		if !platform.ControlBody(w, r, &record) {
			return
		}
		if err := a.Change(record); err != nil {
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
