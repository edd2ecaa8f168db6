// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package vonage_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/vonage/terraform-provider-vonage/internal/vonage"
)

func TestCapturedNumbers(t *testing.T) {
	t.Parallel()
	for name, want := range map[string][]vonage.Number{
		"numbers_linked_and_bare": {
			{Country: "ES", MSISDN: "3400000000", Type: "mobile-lvn", Features: []string{"SMS"}},
			{
				Country: "GB", MSISDN: "447007000000", Type: "mobile-lvn", Features: []string{"VOICE", "SMS"},
				ApplicationID: "29f769u7-7ce1-46c9-ade3-f2dedee4fr4t",
			},
		},
		// Before app_id existed, only the callbacks contained the link.
		"numbers_linked_before_app_id": {{
			Country: "GB", MSISDN: "447700900000", Type: "mobile-lvn", Features: []string{"VOICE", "SMS"},
			SMSWebhookURL: "https://example.com/webhooks/inbound-sms", ApplicationID: "aaaaaaaa-bbbb-cccc-dddd-0123456789ab",
		}},
		"numbers_forwarded": {
			{
				Country: "US", MSISDN: "14155550100", Type: "mobile-lvn", Features: []string{"VOICE", "SMS"},
				SMSWebhookURL: "https://example.com/message", VoiceCallbackType: "vxml", VoiceCallbackValue: "https://example.com/voice",
			},
			{
				Country: "US", MSISDN: "14155550101", Type: "mobile-lvn", Features: []string{"VOICE"},
				SMSWebhookURL: "https://example.com/second_message", VoiceCallbackType: "vxml", VoiceCallbackValue: "https://example.com/second_voice",
			},
		},
		"numbers_none":         nil,
		"numbers_none_counted": nil,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := all(t, replay(t, name).Numbers.List(t.Context(), vonage.ListNumbersOptions{}))
			if diff := cmp.Diff(want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestCapturedSearches(t *testing.T) {
	t.Parallel()
	landline := func(msisdn string) vonage.AvailableNumber {
		return vonage.AvailableNumber{Country: "GB", MSISDN: msisdn, Type: "landline", Features: []string{"VOICE"}, MonthlyCost: "1.00"}
	}
	for name, want := range map[string][]vonage.AvailableNumber{
		"search_landlines": {landline("442039050911"), landline("442039051911"), landline("442039052911")},
		"search_end": {{
			Country: "GB", MSISDN: "442039055555", Type: "mobile-lvn", Features: []string{"VOICE", "SMS"}, MonthlyCost: "0.80",
		}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := first(t, len(want), replay(t, name).Numbers.Search(t.Context(), vonage.SearchNumbersOptions{Country: "GB"}))
			if diff := cmp.Diff(want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestCapturedRentals(t *testing.T) {
	t.Parallel()
	if err := replay(t, "number_cancelled").Numbers.Cancel(t.Context(), vonage.NumberKey{Country: "GB", MSISDN: "447700900000"}, ""); err != nil {
		t.Error(err)
	}
	for name, want := range map[string]vonage.Error{
		"purchase_needs_address": {
			Status: 200, Code: "420",
			Detail: "Numbers from this country can be requested from the Dashboard (https://dashboard.nexmo.com/buy-numbers) " +
				"as they require a valid local address to be provided before being purchased.",
		},
		"purchase_wrong_credentials": {Status: 401, Code: "401", Detail: "authentication failed"},
		"purchase_invalid_token":     {Status: 401, Code: "401", Detail: "Invalid auth token"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, bought, err := replay(t, name).Numbers.Buy(t.Context(), vonage.AvailableNumber{Country: "ES", MSISDN: "34600000000"}, "")
			if bought {
				t.Error("counts as bought")
			}
			mustBeRefused(t, err, want)
		})
	}
}
