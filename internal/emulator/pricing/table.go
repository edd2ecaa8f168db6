// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package pricing

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/vonage/terraform-provider-vonage/internal/emulator/platform/document"
)

// currency is what accounts are billed in.
const currency = "EUR"

// kinds are the services that have prices.
func kinds() []string { return []string{"sms", "sms-transit", "voice"} }

// Table is the prices of each service by country. The lock of the accounts guards it.
type Table struct {
	prices map[string]map[string]document.Object
}

// Save saves the prices: see platform.Server.Save.
func (t *Table) Save() (restore func()) {
	saved := clone(t.prices)
	return func() { t.prices = clone(saved) }
}

func clone(prices map[string]map[string]document.Object) map[string]map[string]document.Object {
	cloned := maps.Clone(prices)
	for kind, countries := range cloned {
		cloned[kind] = maps.Clone(countries)
	}
	return cloned
}

// NewTable returns invented prices of a few countries, one of which has no price, like the Vatican City in the response that
// https://github.com/Vonage/vonage-python-sdk captured.
func NewTable() *Table {
	table := &Table{prices: map[string]map[string]document.Object{}}
	for i, kind := range kinds() {
		table.prices[kind] = map[string]document.Object{
			"GB": country("GB", "United Kingdom", "44", fmt.Sprintf("0.0%d330000", i+3),
				network("mobile", "23410", "Example Mobile", fmt.Sprintf("0.0%d330000", i+3), 447700, 447701),
				network("landline", "GB-FIXED", "United Kingdom Landline", fmt.Sprintf("0.0%d120000", i+1))),
			"US": country("US", "United States", "1", fmt.Sprintf("0.00%d09000", i+7), network("mobile", "310004", "Example Wireless", fmt.Sprintf("0.00%d09000", i+7))),
			"VA": {"countryCode": "VA", "countryName": "Vatican City", "countryDisplayName": "Vatican City", "currency": currency, "dialingPrefix": "39"},
		}
	}
	return table
}

func country(code, name, prefix, price string, networks ...any) document.Object {
	return document.Object{
		"countryCode": code, "countryName": name, "countryDisplayName": name, "currency": currency, "defaultPrice": price,
		"dialingPrefix": prefix, "networks": networks,
	}
}

// network returns the price of one network. Only those of mobile phones have mcc and mnc, and only some have ranges.
func network(kind, code, name, price string, ranges ...int) document.Object {
	made := document.Object{"type": kind, "price": price, "currency": currency, "networkCode": code, "networkName": name}
	if kind == "mobile" {
		made["mcc"], made["mnc"] = code[:3], code[3:]
	}
	if len(ranges) > 0 {
		made["ranges"] = ranges
	}
	return made
}

// inOrder returns the prices of a service by country.
func (t *Table) inOrder(kind string) []document.Object {
	prices := t.prices[kind]
	ordered := make([]document.Object, 0, len(prices))
	for _, code := range slices.Sorted(maps.Keys(prices)) {
		ordered = append(ordered, prices[code])
	}
	return ordered
}

// Seed stores the prices of a country as given, under an id such as "sms/GB"; only the country's code is set to match.
func (a *API) Seed(id string, doc any) error {
	price, err := document.From(doc)
	if err != nil {
		return err
	}
	kind, code, _ := strings.Cut(id, "/")
	if !slices.Contains(kinds(), kind) || !countryCode.MatchString(code) {
		return fmt.Errorf("%q is not SERVICE/COUNTRY: one of %q and two capital letters, as in sms/GB", id, kinds())
	}
	price["countryCode"] = code
	a.Lock()
	defer a.Unlock()
	a.table.prices[kind][code] = price
	return nil
}

// Get returns the prices of a country, by an id such as "sms/GB".
func (a *API) Get(id string) (map[string]any, bool) {
	kind, code, _ := strings.Cut(id, "/")
	a.Lock()
	defer a.Unlock()
	price, known := a.table.prices[kind][code]
	return document.Copy(price), known
}

// Remove removes the prices of a country.
func (a *API) Remove(id string) bool {
	kind, code, _ := strings.Cut(id, "/")
	a.Lock()
	defer a.Unlock()
	_, known := a.table.prices[kind][code]
	delete(a.table.prices[kind], code)
	return known
}

// All returns all prices by an id such as "sms/GB".
func (a *API) All() map[string]map[string]any {
	all := map[string]map[string]any{}
	for kind, prices := range a.byService() {
		for code, price := range prices {
			all[kind+"/"+code] = price
		}
	}
	return all
}

// byService returns all prices by service and country.
func (a *API) byService() map[string]map[string]document.Object {
	a.Lock()
	defer a.Unlock()
	all := map[string]map[string]document.Object{}
	for kind, prices := range a.table.prices {
		all[kind] = maps.Clone(prices)
	}
	return all
}
