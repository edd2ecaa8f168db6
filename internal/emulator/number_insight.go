// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package emulator

import "net/http"

// Number Insight Basic, as far as the Numbers API needs it: Vonage's first command line tool, nexmo-cli, uses it to
// find the country of a number to buy, link or cancel. https://developer.vonage.com/api/number-insight.

func (e *Emulator) insightRoutes(mux *http.ServeMux) {
	api := family{guard: e.authenticateLegacy, wrongVerb: restWrongVerb}
	api.serve(mux, "/ni/basic/json", operations{http.MethodGet: e.insight, http.MethodPost: e.insight})
}

// insight knows the numbers that the account owns or can rent. It always answers with HTTP 200; the outcome is in the
// body's status.
func (e *Emulator) insight(r *request) response {
	wanted := r.parameters().Get("number")
	answered := document{"request_id": newUUID(), "status": 0, "status_message": "Success"}
	country := e.countryOf(wanted)
	if country == "" {
		answered["status"] = 3
		answered["status_message"] = "Invalid request :: Not valid number format detected [ " + wanted + " ]"
		return response{status: http.StatusOK, body: answered}
	}
	answered["international_format_number"], answered["country_code"] = wanted, country
	return response{status: http.StatusOK, body: answered}
}

// countryOf returns the country of a number, or "" if it is unknown.
func (e *Emulator) countryOf(msisdn string) string {
	e.mu.Lock()
	defer e.mu.Unlock()
	for _, store := range []*numberStore{e.numbers, e.inventory} {
		for _, candidate := range store.startingWith(msisdn) {
			if candidate.key.msisdn == msisdn && candidate.document != nil {
				return candidate.key.country
			}
		}
	}
	return ""
}
