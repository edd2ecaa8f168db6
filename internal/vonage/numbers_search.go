// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package vonage

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/vonage/terraform-provider-vonage/internal/vonage/transport"
)

// AvailableNumber is a number that can be rented, as the search of the Numbers API 1.1.0 returns it.
type AvailableNumber struct {
	Country string `json:"country"` // ISO 3166-1 alpha-2
	MSISDN  string `json:"msisdn"`  // E.164 digits
	// Type is an open set; documented values are landline, mobile-lvn and landline-toll-free.
	Type        string       `json:"type"`
	Features    []string     `json:"features"` // SMS, VOICE, MMS in no particular order
	Limitations []Limitation `json:"limitations,omitempty"`
	// MonthlyCost and InitialCost are decimal numbers in EUR: the monthly rent and the one-off setup cost. They are
	// empty if the API does not say.
	MonthlyCost string `json:"cost"`
	InitialCost string `json:"initialPrice"`
}

// Key returns the number's key.
func (n AvailableNumber) Key() NumberKey { return NumberKey{Country: n.Country, MSISDN: n.MSISDN} }

// SearchNumbersOptions filters a search for numbers to rent. Zero values do not filter; Country is required.
type SearchNumbersOptions struct {
	Country string // ISO 3166-1 alpha-2, upper case; required
	Type    string // landline, mobile-lvn or landline-toll-free
	// Features are the features that a number must have: any of SMS, VOICE, MMS, in any order.
	Features []string
	// Pattern is the digits to search for; SearchPattern is where: 0 at the start (the API's default), 1 anywhere, 2
	// at the end.
	Pattern       string
	SearchPattern *int
}

// featureSets are the values that the API accepts for features: it accepts each set in one order only.
var featureSets = []string{"SMS", "VOICE", "SMS,VOICE", "MMS", "SMS,MMS", "VOICE,MMS", "SMS,MMS,VOICE"}

// features returns a set of features as the API writes it.
func features(set []string) string {
	set = slices.Compact(slices.Sorted(slices.Values(set)))
	for _, written := range featureSets {
		if slices.Equal(set, slices.Sorted(strings.SplitSeq(written, ","))) {
			return written
		}
	}
	return strings.Join(set, ",")
}

func (o SearchNumbersOptions) query() url.Values {
	query := url.Values{"country": {o.Country}}
	for name, value := range map[string]string{"type": o.Type, "features": features(o.Features), "pattern": o.Pattern} {
		if value != "" {
			query.Set(name, value)
		}
	}
	if o.SearchPattern != nil {
		query.Set("search_pattern", strconv.Itoa(*o.SearchPattern))
	}
	return query
}

// Search returns the numbers that can be rented, page by page in the API's order, which is undocumented and changes
// from call to call: if others rent numbers meanwhile, a number can be missing or returned twice. It goes on after an
// *MalformedEntryError, which comes with what can be read of a number, and ends at any other error.
//
// GET /number/search.
func (s *NumbersService) Search(ctx context.Context, options SearchNumbersOptions) iter.Seq2[AvailableNumber, error] {
	return paged("searching for numbers", func(index int) ([]listed[AvailableNumber], bool, error) {
		return s.searchPage(ctx, options, index)
	})
}

func (s *NumbersService) searchPage(
	ctx context.Context, options SearchNumbersOptions, index int,
) (numbers []listed[AvailableNumber], last bool, err error) {
	query := options.query()
	query.Set("size", strconv.Itoa(pageSize))
	query.Set("index", strconv.Itoa(index))
	body, err := s.wire.do(ctx, request{
		method: http.MethodGet, origin: s.origin, path: pathOf("number", "search"), fixed: true, query: query,
		call: &transport.Call{Family: transport.NumbersWrite},
	})
	if err != nil {
		return nil, false, err
	}
	var page struct {
		Count   int64             `json:"count"` // of all pages
		Numbers []json.RawMessage `json:"numbers"`
	}
	if err := decode(body, &page); err != nil {
		return nil, false, err
	}
	last = len(page.Numbers) == 0 || int64(index)*pageSize >= page.Count
	return readEach(page.Numbers, decodeOffer), last, nil
}

func decodeOffer(entry []byte) (offer AvailableNumber, id string, err error) {
	err = decode(entry, &offer)
	if err == nil && offer.Country == "" {
		err = malformed("it has no country")
	}
	return offer, idOf(offer.Key()), err
}

// Offer looks up one number among those that can be rented. IsNotFound holds for the error if it cannot be rented.
//
// GET /number/search.
func (s *NumbersService) Offer(ctx context.Context, key NumberKey) (AvailableNumber, error) {
	options := SearchNumbersOptions{Country: key.Country, Pattern: key.MSISDN, SearchPattern: new(patternAnywhere)}
	for number, err := range s.Search(ctx, options) {
		_, isMalformed := errors.AsType[*MalformedEntryError](err)
		switch {
		case err != nil && (!isMalformed || number.Key() == key):
			return AvailableNumber{}, fmt.Errorf("looking for number %s: %w", key, err)
		case number.Key() == key:
			return number, nil
		}
	}
	return AvailableNumber{}, fmt.Errorf("number %s: %w among the numbers that can be rented", key, ErrNotFound)
}
