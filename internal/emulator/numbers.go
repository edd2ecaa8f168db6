// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
)

// The Numbers API 1.1.0: https://developer.vonage.com/api/numbers.

func (e *Emulator) numberRoutes(mux *http.ServeMux) {
	api := family{guard: e.authenticateLegacy, wrongVerb: restWrongVerb}
	lists, writes := e.limit(numberListsPerSecond, e.restThrottled), e.limit(numberWritesPerSecond, e.restThrottled)
	api.serve(mux, "/account/numbers", operations{http.MethodGet: lists(e.listNumbers)})
	api.serve(mux, "/number/search", operations{http.MethodGet: writes(e.searchNumbers)})
	api.serve(mux, "/number/buy", operations{http.MethodPost: writes(e.buyNumber)})
	api.serve(mux, "/number/cancel", operations{http.MethodPost: writes(e.cancelNumber)})
	api.serve(mux, "/number/update", operations{http.MethodPost: writes(e.updateNumber)})
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

func (f numberFilter) matches(owned *ownedNumber, number document) bool {
	if number == nil || f.country != "" && f.country != owned.key.country || !digitsMatch(owned.key.msisdn, f.pattern, f.searchPattern) {
		return false
	}
	application := text(number, "app_id")
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
func (e *Emulator) listNumbers(r *request) response {
	query := r.URL.Query()
	size, index, invalid := window(query)
	if invalid == "" {
		invalid = invalidSearch(query)
	}
	searchPattern, _ := queryInteger(query, "search_pattern", startsWith, startsWith, endsWith)
	filter := numberFilter{
		country: query.Get("country"), applicationID: query.Get("application_id"), hasApplication: query.Get("has_application"),
		pattern: searchedDigits(query), searchPattern: searchPattern,
	}
	if filter.hasApplication != "" && filter.hasApplication != "true" && filter.hasApplication != "false" {
		invalid = "has_application"
	}
	if invalid != "" {
		return invalidParameter(invalid)
	}
	listed, count := e.numberPage(filter, (index-1)*size, size)
	if len(listed) == 0 {
		return response{status: http.StatusOK, body: document{}}
	}
	return response{status: http.StatusOK, body: document{"count": count, "numbers": listed}}
}

// window returns the requested page; invalid names an invalid parameter.
func window(query url.Values) (size, index int, invalid string) {
	size, fits := queryInteger(query, "size", 10, 1, 100)
	if !fits {
		return 0, 0, "size"
	}
	index, fits = queryInteger(query, "index", 1, 1, 1<<30)
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
	if _, fits := queryInteger(query, "search_pattern", startsWith, startsWith, endsWith); !fits {
		return "search_pattern"
	}
	return ""
}

// searchedDigits returns the pattern without the asterisks that nexmo-cli adds to it in addition to search_pattern:
// 445* for a start with 445, *445 for an end with it (https://github.com/Nexmo/nexmo-cli, src/request.js).
func searchedDigits(query url.Values) string { return strings.Trim(query.Get("pattern"), "*") }

// numberPage returns one page of the numbers that a filter selects, and their total count.
func (e *Emulator) numberPage(filter numberFilter, from, size int) (page []document, count int) {
	e.mu.Lock()
	defer e.mu.Unlock()
	candidates := e.numbers.inOrder()
	if filter.pattern != "" && filter.searchPattern == startsWith {
		candidates = e.numbers.startingWith(filter.pattern)
	}
	if filter.everything() && e.options.Variant.Consistency == 0 {
		for _, owned := range candidates[min(from, len(candidates)):min(from+size, len(candidates))] {
			page = append(page, e.shown(owned.document))
		}
		return page, len(candidates)
	}
	now := e.options.Now()
	for _, owned := range candidates {
		number := owned.listed(now)
		if !filter.matches(owned, number) {
			continue
		}
		if count >= from && len(page) < size {
			page = append(page, e.shown(number))
		}
		count++
	}
	return page, count
}

// shown returns an owned number as the API returns it: without moSmppSysType and, except under
// Variant.StatusCallbackShown, voiceStatusCallback.
func (e *Emulator) shown(number document) document {
	shown := make(document, len(number))
	for name, value := range number {
		switch name {
		case "moSmppSysType":
		case "voiceStatusCallback":
			if e.options.Variant.StatusCallbackShown {
				shown["voiceStatusCallbackUrl"] = value
			}
		default:
			shown[name] = value
		}
	}
	return shown
}
