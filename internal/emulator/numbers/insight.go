// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package numbers

import (
	"net/http"

	"github.com/google/uuid"

	"github.com/vonage/terraform-provider-vonage/internal/emulator/platform"
	"github.com/vonage/terraform-provider-vonage/internal/emulator/platform/document"
)

// Number Insight Basic, as far as the Numbers API needs it: Vonage's first command line tool, nexmo-cli, uses it to
// find the country of a number to buy, link or cancel. https://developer.vonage.com/api/number-insight.

func (a *API) insightRoutes(paths *platform.Paths) {
	api := platform.Family{Name: "Number Insight", Guard: a.AuthenticateLegacy, WrongVerb: platform.RestWrongVerb}
	api.Serve(paths, "/ni/basic/json", platform.Operations{http.MethodGet: a.insight, http.MethodPost: a.insight})
}

// insight knows the numbers that the account owns or can rent. It always responds with HTTP 200; the outcome is in the
// body's status.
func (a *API) insight(r *platform.Request) platform.Response {
	wanted := r.Parameters().Get("number")
	answered := document.Object{"request_id": uuid.NewString(), "status": 0, "status_message": "Success"}
	country := a.countryOf(wanted)
	if country == "" {
		answered["status"] = 3
		answered["status_message"] = "Invalid request :: Not valid number format detected [ " + wanted + " ]"
		return platform.Response{Status: http.StatusOK, Body: answered}
	}
	answered["international_format_number"], answered["country_code"] = wanted, country
	return platform.Response{Status: http.StatusOK, Body: answered}
}

// countryOf returns the country of a number, or "" if it is unknown.
func (a *API) countryOf(msisdn string) string {
	a.Lock()
	defer a.Unlock()
	for _, store := range []*store{a.owned, &a.inventory.store} {
		for _, candidate := range store.startingWith(msisdn) {
			if candidate.key.msisdn == msisdn && candidate.document != nil {
				return candidate.key.country
			}
		}
	}
	return ""
}
