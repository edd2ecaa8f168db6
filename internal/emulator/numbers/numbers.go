// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

// Package numbers is the Numbers API 1.1.0: https://developer.vonage.com/api/numbers.
package numbers

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"

	"github.com/vonage/terraform-provider-vonage/internal/emulator/platform"
	"github.com/vonage/terraform-provider-vonage/internal/emulator/platform/document"
	"github.com/vonage/terraform-provider-vonage/internal/emulator/platform/money"
)

// Applications finds the application that a number is linked to. The caller holds the account's lock.
type Applications interface {
	Find(id string) (document.Object, bool)
}

// Wallet pays for numbers. The caller holds the account's lock.
type Wallet interface {
	// Charge takes an amount from the balance, unless it exceeds it.
	Charge(price money.Amount) bool
}

// Limits in requests per second:
// https://api.support.vonage.com/hc/en-us/articles/5667853760284-How-fast-can-I-send-Numbers-API-requests.
const (
	listsPerSecond  = 1
	writesPerSecond = 3 // search, buy, cancel and update together
)

// API is the Numbers API of an account, and what Number Insight knows of its numbers.
type API struct {
	*platform.Account

	applications Applications
	wallet       Wallet
	// of returns the API of another account.
	of func(*platform.Account) *API

	owned     *store
	inventory *Inventory
}

// New returns the API of an account without numbers, which can be rented from an inventory. of returns the API of another
// account.
func New(
	account *platform.Account, applications Applications, wallet Wallet, inventory *Inventory, of func(*platform.Account) *API,
) *API {
	return &API{Account: account, applications: applications, wallet: wallet, of: of, owned: newStore(), inventory: inventory}
}

// Routes serves the APIs' paths, and the numbers and the inventory of the control API.
func (a *API) Routes(paths *platform.Paths) {
	api := platform.Family{Name: "Numbers", Guard: a.AuthenticateLegacy, WrongVerb: platform.RestWrongVerb}
	lists, writes := a.Limit(listsPerSecond, a.restThrottled), a.Limit(writesPerSecond, a.restThrottled)
	api.Serve(paths, "/account/numbers", platform.Operations{http.MethodGet: lists(a.listNumbers)})
	api.Serve(paths, "/number/search", platform.Operations{http.MethodGet: writes(a.searchNumbers)})
	api.Serve(paths, "/number/buy", platform.Operations{http.MethodPost: writes(a.buyNumber)})
	api.Serve(paths, "/number/cancel", platform.Operations{http.MethodPost: writes(a.cancelNumber)})
	api.Serve(paths, "/number/update", platform.Operations{http.MethodPost: writes(a.updateNumber)})
	a.insightRoutes(paths)
	paths.Keep("numbers", "numbers/{id...}", a)
	a.controlInventory(paths.Control)
}

// numberFilter selects owned numbers.
type numberFilter struct {
	country, applicationID string
	pattern                string
	searchPattern          int // how pattern is matched: see matches
	hasApplication         string
}

const (
	startsWith = iota // including the country code
	contains
	endsWith
)

func (f numberFilter) everything() bool { return f == numberFilter{} }

func (f numberFilter) matches(owned *ownedNumber, number document.Object) bool {
	if number == nil || f.country != "" && f.country != owned.key.country || !digitsMatch(owned.key.msisdn, f.pattern, f.searchPattern) {
		return false
	}
	application := document.Text(number, "app_id")
	if f.applicationID != "" && f.applicationID != application {
		return false
	}
	return f.hasApplication == "" || (f.hasApplication == "true") == (application != "")
}

func digitsMatch(msisdn, pattern string, searchPattern int) bool {
	switch searchPattern {
	case contains:
		return strings.Contains(msisdn, pattern)
	case endsWith:
		return strings.HasSuffix(msisdn, pattern)
	default:
		return strings.HasPrefix(msisdn, pattern)
	}
}

// listNumbers answers {} if there is nothing to list: neither count nor numbers.
func (a *API) listNumbers(r *platform.Request) platform.Response {
	query := r.URL.Query()
	size, index, invalid := window(query)
	if invalid == "" {
		invalid = invalidSearch(query)
	}
	searchPattern, _ := platform.QueryInteger(query, "search_pattern", startsWith, startsWith, endsWith)
	filter := numberFilter{
		country: query.Get("country"), applicationID: query.Get("application_id"), hasApplication: query.Get("has_application"),
		pattern: searchedDigits(query), searchPattern: searchPattern,
	}
	if filter.hasApplication != "" && filter.hasApplication != "true" && filter.hasApplication != "false" {
		invalid = "has_application"
	}
	if invalid != "" {
		return platform.InvalidParameter(invalid)
	}
	listed, count := a.numberPage(filter, (index-1)*size, size)
	if len(listed) == 0 {
		return platform.Response{Status: http.StatusOK, Body: document.Object{}}
	}
	return platform.Response{Status: http.StatusOK, Body: document.Object{"count": count, "numbers": listed}}
}

// window returns the requested page; invalid names an invalid parameter.
func window(query url.Values) (size, index int, invalid string) {
	size, fits := platform.QueryInteger(query, "size", 10, 1, 100)
	if !fits {
		return 0, 0, "size"
	}
	index, fits = platform.QueryInteger(query, "index", 1, 1, 1<<30)
	if !fits {
		return 0, 0, "index"
	}
	return size, index, ""
}

var (
	countryPattern = regexp.MustCompile(`^[A-Z]{2}$`)
	digitsPattern  = regexp.MustCompile(`^[0-9]+$`)
)

// invalidSearch names an invalid search parameter. An empty parameter is valid: old clients send empty ones.
func invalidSearch(query url.Values) string {
	if query.Get("country") != "" && !countryPattern.MatchString(query.Get("country")) {
		return "country"
	}
	if pattern := searchedDigits(query); pattern != "" && !digitsPattern.MatchString(pattern) {
		return "pattern"
	}
	if _, fits := platform.QueryInteger(query, "search_pattern", startsWith, startsWith, endsWith); !fits {
		return "search_pattern"
	}
	return ""
}

// searchedDigits returns the pattern without the asterisks that nexmo-cli adds to it in addition to search_pattern:
// 445* for a start with 445, *445 for an end with it (https://github.com/Nexmo/nexmo-cli, src/request.js).
func searchedDigits(query url.Values) string { return strings.Trim(query.Get("pattern"), "*") }

// numberPage returns one page of the numbers that a filter selects, and their total count.
func (a *API) numberPage(filter numberFilter, from, size int) (page []document.Object, count int) {
	a.Lock()
	defer a.Unlock()
	candidates := a.owned.inOrder()
	if filter.pattern != "" && filter.searchPattern == startsWith {
		candidates = a.owned.startingWith(filter.pattern)
	}
	if filter.everything() && a.Variant.Consistency == 0 {
		for _, owned := range candidates[min(from, len(candidates)):min(from+size, len(candidates))] {
			page = append(page, a.shown(owned.document))
		}
		return page, len(candidates)
	}
	now := a.Now()
	for _, owned := range candidates {
		number := owned.listed(now)
		if !filter.matches(owned, number) {
			continue
		}
		if count >= from && len(page) < size {
			page = append(page, a.shown(number))
		}
		count++
	}
	return page, count
}

// shown returns an owned number as the API returns it: without moSmppSysType and, except under
// Variant.StatusCallbackShown, voiceStatusCallback.
func (a *API) shown(number document.Object) document.Object {
	shown := make(document.Object, len(number))
	for name, value := range number {
		switch name {
		case "moSmppSysType":
		case "voiceStatusCallback":
			if a.Variant.StatusCallbackShown {
				shown["voiceStatusCallbackUrl"] = value
			}
		default:
			shown[name] = value
		}
	}
	return shown
}

// restThrottled has no body, or an HTML page: the real body is unknown.
func (a *API) restThrottled(int) platform.Response {
	if a.Variant.ThrottledHTML {
		return platform.Response{
			Status: http.StatusTooManyRequests, Raw: "<html><body><h1>429 Too Many Requests</h1></body></html>",
			Header: http.Header{"Content-Type": {"text/html"}},
		}
	}
	return platform.Response{Status: http.StatusTooManyRequests}
}

// methodFailed is error-code 420, the response to almost any invalid write.
func (a *API) methodFailed() platform.Response { return a.Refused("method failed") }
