// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

// Package pricing is the Pricing API 0.0.3, https://developer.vonage.com/api/pricing: what messages and calls cost.
package pricing

import (
	"maps"
	"net/http"
	"regexp"
	"strconv"
	"strings"

	"github.com/vonage/terraform-provider-vonage/internal/emulator/platform"
	"github.com/vonage/terraform-provider-vonage/internal/emulator/platform/document"
)

// perSecond is the limit of requests, as the API's description states it.
const perSecond = 1

// API is the Pricing API of an account. The prices are the same for all accounts.
type API struct {
	*platform.Account

	table *Table
}

// New returns the API of an account.
func New(account *platform.Account, table *Table) *API { return &API{Account: account, table: table} }

// Routes serves the API's paths, and the prices of the control API.
func (a *API) Routes(paths *platform.Paths) {
	api := platform.Family{Name: "Pricing", Guard: a.guard, WrongVerb: platform.RestWrongVerb}
	limit := a.Limit(perSecond, func(int) platform.Response { return platform.Response{Status: http.StatusTooManyRequests} })
	for path, read := range map[string]platform.Endpoint{
		"get-pricing": a.ofCountry, "get-full-pricing": a.ofAll, "get-prefix-pricing": a.ofPrefix, "get-phone-pricing": a.ofNumber,
	} {
		api.Serve(paths, "/account/"+path+"/outbound/{type}", platform.Operations{http.MethodGet: limit(read)})
	}
	platform.KeepListed(paths, platform.Kind{Name: "prices", Path: "prices/{id...}", Shared: true, Documents: a}, a.byService)
}

// guard refuses in the words of this API.
func (a *API) guard(r *platform.Request) (platform.Response, bool) {
	refusal, ok := a.AuthenticateLegacy(r)
	if refusal.Status == http.StatusUnauthorized && document.Text(refusal.Body, "error-code") != "" {
		refusal.Body = document.Object{"currency": currency, "code": "401", "error-code-label": document.Text(refusal.Body, "error-code-label")}
	}
	return refusal, ok
}

func invalid(parameter, message string) platform.Response {
	return platform.Response{Status: http.StatusBadRequest, Body: document.Object{
		"type": "BAD_REQUEST", "error_title": "Bad Request",
		"invalid_parameters": document.Object{"parameter": parameter, "message": message},
	}}
}

// noPage is the response to a service or a country without prices.
func noPage() platform.Response {
	return platform.Response{
		Status: http.StatusNotFound, Raw: "404 - Page does not exist", Header: http.Header{"Content-Type": {"text/html"}},
	}
}

var countryCode = regexp.MustCompile(`^[A-Z]{2}$`)

func (a *API) ofCountry(r *platform.Request) platform.Response {
	country := r.URL.Query().Get("country")
	switch {
	case country == "":
		return invalid("country", "Is required.")
	case !countryCode.MatchString(country):
		return invalid("country", "Is invalid.")
	}
	a.Lock()
	defer a.Unlock()
	price, known := a.table.prices[r.PathValue("type")][country]
	if !known {
		return noPage()
	}
	return platform.Response{Status: http.StatusOK, Body: price}
}

func (a *API) ofAll(r *platform.Request) platform.Response {
	return a.listed(r, func(document.Object) bool { return true })
}

var dialled = regexp.MustCompile(`^[0-9]+$`)

func (a *API) ofPrefix(r *platform.Request) platform.Response {
	prefix := r.URL.Query().Get("prefix")
	if !dialled.MatchString(prefix) {
		return invalid("prefix", "Is required.")
	}
	return a.listed(r, func(price document.Object) bool { return document.Text(price, "dialingPrefix") == prefix })
}

// listed responds with the prices of the countries that match. Captured lists have a code for each country and count in a
// number, the specification's neither: https://github.com/Vonage/vonage-python-sdk, account/tests/data.
func (a *API) listed(r *platform.Request, matches func(price document.Object) bool) platform.Response {
	a.Lock()
	defer a.Unlock()
	if _, known := a.table.prices[r.PathValue("type")]; !known {
		return noPage()
	}
	countries := []document.Object{}
	for _, price := range a.table.inOrder(r.PathValue("type")) {
		if !matches(price) {
			continue
		}
		if a.Variant.PricesAsSpecified {
			price = maps.Clone(price)
			delete(price, "countryCode")
		}
		countries = append(countries, price)
	}
	body := document.Object{"count": len(countries), "countries": countries}
	if a.Variant.PricesAsSpecified {
		body["count"] = strconv.Itoa(len(countries))
	}
	return platform.Response{Status: http.StatusOK, Body: body}
}

// ofNumber responds with the price of one number, as nexmo-cli reads it: the longest dialling prefix counts.
func (a *API) ofNumber(r *platform.Request) platform.Response {
	phone := r.URL.Query().Get("phone")
	if !dialled.MatchString(phone) {
		return invalid("phone", "Is required.")
	}
	a.Lock()
	defer a.Unlock()
	var found document.Object
	for _, price := range a.table.inOrder(r.PathValue("type")) {
		prefix := document.Text(price, "dialingPrefix")
		if strings.HasPrefix(phone, prefix) && document.Text(price, "defaultPrice") != "" && len(prefix) > len(document.Text(found, "dialingPrefix")) {
			found = price
		}
	}
	if found == nil {
		return noPage()
	}
	return platform.Response{Status: http.StatusOK, Body: document.Object{
		"phone": phone, "country-code": found["countryCode"], "price": found["defaultPrice"], "currency": found["currency"],
	}}
}
