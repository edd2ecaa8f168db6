// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package vonage

import (
	"context"
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
	Networks      []NetworkPrices `json:"networks"`
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
	var prices CountryPrices
	if err == nil {
		err = decode(body, &prices)
	}
	if err != nil {
		return CountryPrices{}, fmt.Errorf("reading the prices (%s) to %s: %w", kind, country, err)
	}
	prices.DefaultPrice = Decimal(prices.DefaultPrice)
	for i := range prices.Networks {
		prices.Networks[i].Price = Decimal(prices.Networks[i].Price)
	}
	return prices, nil
}
