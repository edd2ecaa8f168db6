// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"maps"
	"net/http"
	"slices"
	"strings"
)

// The inventory contains the numbers that can be rented. A number in it has country, msisdn, type, features,
// limitations, cost (EUR per month) and initialPrice (EUR once), with prices as decimal strings. "address_required"
// marks a number that cannot be bought through the API; searches do not show that property.

// addressRequired is the refusal in regulated countries, as the Numbers API 1.1.0 documents it.
const addressRequired = "Numbers from this country can be requested from the Dashboard " +
	"(https://dashboard.nexmo.com/buy-numbers) as they require a valid local address to be provided before being purchased."

// SeedInventory adds numbers that can be rented. Properties that a number omits default to those of a mobile number
// with voice and SMS for 1.00 a month.
func (e *Emulator) SeedInventory(docs ...any) error {
	for _, doc := range docs {
		number, err := toDocument(doc)
		if err != nil {
			return err
		}
		key, err := parseNumberKey(text(number, "country") + "/" + text(number, "msisdn"))
		if err != nil {
			return err
		}
		if _, err := priceOf(number); err != nil {
			return err
		}
		e.mu.Lock()
		e.inventory.put(key, priced(number))
		e.mu.Unlock()
	}
	return nil
}

func priced(number document) document {
	fill(number, "type", "mobile-lvn")
	fill(number, "features", []any{"SMS", "VOICE"})
	fill(number, "cost", "1.00")
	fill(number, "initialPrice", "0.00")
	return number
}

// Inventory returns the numbers that can be rented, by id.
func (e *Emulator) Inventory() map[string]map[string]any {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.inventory.all()
}

// RemoveInventory removes a number from the inventory, as if another customer had rented it.
func (e *Emulator) RemoveInventory(id string) bool {
	key, err := parseNumberKey(id)
	if err != nil {
		return false
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	_, there := e.inventory.get(key)
	if there {
		e.inventory.forget(key)
	}
	return there
}

// featureLists returns the values that the features parameter accepts. Their order matters.
func featureLists() []string {
	return []string{"SMS", "VOICE", "SMS,VOICE", "MMS", "SMS,MMS", "VOICE,MMS", "SMS,MMS,VOICE"}
}

func (e *Emulator) searchNumbers(r *request) response {
	query := r.URL.Query()
	size, index, invalid := window(query)
	switch {
	case invalid != "":
	case query.Get("country") == "":
		invalid = "country"
	case query.Get("type") != "" && !slices.Contains([]string{"landline", "mobile-lvn", "landline-toll-free"}, query.Get("type")):
		invalid = "type"
	case query.Get("features") != "" && !slices.Contains(featureLists(), query.Get("features")):
		invalid = "features"
	default:
		invalid = invalidSearch(query)
	}
	if invalid != "" {
		return invalidParameter(invalid)
	}
	searchPattern, _ := queryInteger(query, "search_pattern", startsWith, startsWith, endsWith)
	found := e.search(func(number document) bool {
		return text(number, "country") == query.Get("country") &&
			digitsMatch(text(number, "msisdn"), searchedDigits(query), searchPattern) &&
			(query.Get("type") == "" || text(number, "type") == query.Get("type")) &&
			hasFeatures(number, query.Get("features"))
	})
	from := (index - 1) * size
	page := found[min(from, len(found)):min(from+size, len(found))]
	if len(page) == 0 {
		return response{status: http.StatusOK, body: document{}}
	}
	return response{status: http.StatusOK, body: document{"count": len(found), "numbers": page}}
}

func hasFeatures(number document, wanted string) bool {
	if wanted == "" {
		return true
	}
	for feature := range strings.SplitSeq(wanted, ",") {
		if !slices.Contains(list(number, "features"), any(feature)) {
			return false
		}
	}
	return true
}

// search returns the matching numbers of the inventory.
func (e *Emulator) search(matches func(number document) bool) []document {
	e.mu.Lock()
	defer e.mu.Unlock()
	var found []document
	for _, candidate := range e.inventory.inOrder() {
		if matches(candidate.document) {
			shown := maps.Clone(candidate.document)
			delete(shown, "address_required")
			found = append(found, shown)
		}
	}
	if e.options.Variant.SearchDrifts && len(found) > 0 {
		e.searches++
		from := e.searches % len(found)
		found = slices.Concat(found[from:], found[:from])
	}
	return found
}
