// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package vonage

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"

	"github.com/vonage/terraform-provider-vonage/internal/vonage/transport"
)

// PricingService is the Pricing API 0.0.3.
type PricingService struct {
	wire   *wire
	origin string
}

// Kinds of prices.
const (
	PriceOfSMS        = "sms"
	PriceOfSMSTransit = "sms-transit"
	PriceOfVoice      = "voice"
)

// CountryPrices are the prices of messages or calls to a country. Prices are decimal numbers in Currency; whatever an answer
// leaves out is "".
type CountryPrices struct {
	Currency      string          `json:"currency"`
	DefaultPrice  string          `json:"defaultPrice"`
	DialingPrefix string          `json:"dialingPrefix"`
	Networks      []NetworkPrices `json:"-"`
	// Malformed is, for each network that cannot be read completely, a *MalformedEntryError.
	Malformed []error `json:"-"`
}

// NetworkPrices are the prices of a network. Landlines have no MCC and MNC.
type NetworkPrices struct {
	Name   string  `json:"networkName"`
	Code   string  `json:"networkCode"`
	MCC    string  `json:"mcc"`
	MNC    string  `json:"mnc"`
	Type   string  `json:"type"`
	Price  string  `json:"price"`
	Ranges []int64 `json:"ranges"`
}

// Get reads the prices to a country (ISO 3166-1 alpha-2, upper case): GET /account/get-pricing/outbound/{kind}.
func (s *PricingService) Get(ctx context.Context, kind, country string) (CountryPrices, error) {
	body, err := s.wire.do(ctx, request{
		method: http.MethodGet, origin: s.origin, path: pathOf("account", "get-pricing", "outbound", kind),
		query: url.Values{"country": {country}}, call: &transport.Call{Family: transport.Pricing},
	})
	var prices struct {
		CountryPrices

		Networks []json.RawMessage `json:"networks"`
	}
	if err == nil {
		err = decode(body, &prices)
	}
	if err != nil {
		return CountryPrices{}, fmt.Errorf("reading the prices (%s) to %s: %w", kind, country, err)
	}
	prices.DefaultPrice = Decimal(prices.DefaultPrice)
	for _, entry := range prices.Networks {
		var network NetworkPrices
		if err := decode(entry, &network); err != nil {
			prices.Malformed = append(prices.Malformed, &MalformedEntryError{ID: network.Code, err: asMalformed(err)})
		}
		network.Price = Decimal(network.Price)
		prices.CountryPrices.Networks = append(prices.CountryPrices.Networks, network)
	}
	return prices.CountryPrices, nil
}
