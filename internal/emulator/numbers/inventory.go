// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package numbers

import (
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"

	"github.com/vonage/terraform-provider-vonage/internal/emulator/platform"
	"github.com/vonage/terraform-provider-vonage/internal/emulator/platform/document"
	"github.com/vonage/terraform-provider-vonage/internal/emulator/platform/money"
)

// Inventory contains the numbers that can be rented, by all accounts alike. A number in it has country, msisdn, type,
// features, limitations, cost (EUR per month) and initialPrice (EUR once), with prices as decimal strings.
// "address_required" marks a number that cannot be bought through the API; searches do not show that property.
type Inventory struct {
	store

	sold     map[numberKey]document.Object // the original offers of numbers that were bought here
	searches int
}

// NewInventory returns an empty inventory.
func NewInventory() *Inventory {
	return &Inventory{store: *newStore(), sold: map[numberKey]document.Object{}}
}

// Save saves the inventory: see platform.Server.Save.
func (i *Inventory) Save() (restore func()) {
	saved, sold, searches := i.copy(), maps.Clone(i.sold), i.searches
	return func() { i.store, i.sold, i.searches = *saved.copy(), maps.Clone(sold), searches }
}

// addressRequired is the refusal in regulated countries, as the Numbers API 1.1.0 documents it.
const addressRequired = "Numbers from this country can be requested from the Dashboard " +
	"(https://dashboard.nexmo.com/buy-numbers) as they require a valid local address to be provided before being purchased."

// SeedInventory adds numbers that can be rented. Properties that a number omits default to those of a mobile number
// with voice and SMS for 1.00 a month.
func (a *API) SeedInventory(docs ...any) error {
	for _, doc := range docs {
		number, err := document.From(doc)
		if err != nil {
			return err
		}
		key, err := parseNumberKey(document.Text(number, "country") + "/" + document.Text(number, "msisdn"))
		if err != nil {
			return err
		}
		if _, err := priceOf(number); err != nil {
			return err
		}
		a.Lock()
		a.inventory.put(key, priced(number))
		a.Unlock()
	}
	return nil
}

func priced(number document.Object) document.Object {
	document.Fill(number, "type", "mobile-lvn")
	document.Fill(number, "features", []any{"SMS", "VOICE"})
	document.Fill(number, "cost", "1.00")
	document.Fill(number, "initialPrice", "0.00")
	return number
}

// Inventory returns the numbers that can be rented, by id.
func (a *API) Inventory() map[string]map[string]any {
	a.Lock()
	defer a.Unlock()
	return a.inventory.all()
}

// RemoveInventory removes a number from the inventory, as if another customer had rented it.
func (a *API) RemoveInventory(id string) bool {
	key, err := parseNumberKey(id)
	if err != nil {
		return false
	}
	a.Lock()
	defer a.Unlock()
	_, there := a.inventory.get(key)
	if there {
		a.inventory.forget(key)
	}
	return there
}

// featureLists returns the values that the features parameter accepts. Their order matters.
func featureLists() []string {
	return []string{"SMS", "VOICE", "SMS,VOICE", "MMS", "SMS,MMS", "VOICE,MMS", "SMS,MMS,VOICE"}
}

func (a *API) searchNumbers(r *platform.Request) platform.Response {
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
		return platform.InvalidParameter(invalid)
	}
	searchPattern, _ := platform.QueryInteger(query, "search_pattern", startsWith, startsWith, endsWith)
	found := a.search(func(number document.Object) bool {
		return document.Text(number, "country") == query.Get("country") &&
			digitsMatch(document.Text(number, "msisdn"), searchedDigits(query), searchPattern) &&
			(query.Get("type") == "" || document.Text(number, "type") == query.Get("type")) &&
			hasFeatures(number, query.Get("features"))
	})
	from := (index - 1) * size
	page := found[min(from, len(found)):min(from+size, len(found))]
	if len(page) == 0 {
		return platform.Response{Status: http.StatusOK, Body: document.Object{}}
	}
	return platform.Response{Status: http.StatusOK, Body: document.Object{"count": len(found), "numbers": page}}
}

func hasFeatures(number document.Object, wanted string) bool {
	if wanted == "" {
		return true
	}
	for feature := range strings.SplitSeq(wanted, ",") {
		if !slices.Contains(document.List(number, "features"), any(feature)) {
			return false
		}
	}
	return true
}

// search returns the matching numbers of the inventory.
func (a *API) search(matches func(number document.Object) bool) []document.Object {
	a.Lock()
	defer a.Unlock()
	var found []document.Object
	for _, candidate := range a.inventory.inOrder() {
		if matches(candidate.document) {
			shown := maps.Clone(candidate.document)
			delete(shown, "address_required")
			found = append(found, shown)
		}
	}
	if a.Variant.SearchDrifts && len(found) > 0 {
		a.inventory.searches++
		from := a.inventory.searches % len(found)
		found = slices.Concat(found[from:], found[:from])
	}
	return found
}

// offers are the numbers that can be rented, as the control API stores them.
type offers struct{ *API }

func (o offers) Seed(id string, doc any) error {
	number, err := document.From(doc)
	if err != nil {
		return err
	}
	number["country"], number["msisdn"], _ = strings.Cut(id, "/")
	return o.SeedInventory(number)
}

func (o offers) Get(id string) (map[string]any, bool) {
	number, there := o.Inventory()[id]
	return maps.Clone(number), there
}

func (o offers) Remove(id string) bool { return o.RemoveInventory(id) }

func (a *API) controlInventory(mux *http.ServeMux) {
	platform.ServeStored(mux, "inventory/{id...}", offers{a}, a.Inventory)
	mux.HandleFunc("POST /emulator/inventory/{country}/{msisdn}/rent", a.controlRent)
}

// priceOf returns what buying a number costs at once: the first month plus the initial price.
func priceOf(number document.Object) (money.Amount, error) {
	total := money.Amount(0)
	for _, name := range []string{"cost", "initialPrice"} {
		stated, given := number[name]
		written, isText := stated.(string)
		if given && !isText {
			return 0, fmt.Errorf("%s is not a decimal amount in quotes", name)
		}
		if written == "" {
			continue
		}
		amount, err := money.Parse(written)
		if err != nil {
			return 0, fmt.Errorf("%s: %w", name, err)
		}
		total += amount
	}
	return total, nil
}
