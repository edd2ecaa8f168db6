// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package platform

import (
	"net/url"
	"strconv"
	"time"
)

// The page sizes of the lists.
const (
	DefaultPageSize = 10
	LargestPageSize = 100
)

// QueryInteger parses an integer parameter; the second result is false if the value is not an integer in [from, to].
func QueryInteger(query url.Values, name string, fallback, from, to int) (int, bool) {
	if !query.Has(name) {
		return fallback, true
	}
	whole, err := strconv.Atoi(query.Get(name))
	return whole, err == nil && whole >= from && whole <= to
}

// DateRange parses date_start and date_end; a zero time means no bound.
func DateRange(r *Request) (from, to time.Time, refusal Response, ok bool) {
	for name, into := range map[string]*time.Time{"date_start": &from, "date_end": &to} {
		given := r.URL.Query().Get(name)
		if given == "" {
			continue
		}
		parsed, err := time.Parse(time.RFC3339, given)
		if err != nil {
			return from, to, ValidationFailed(name, "\""+name+"\" must be in ISO 8601 date format"), false
		}
		*into = parsed
	}
	return from, to, Response{}, true
}
