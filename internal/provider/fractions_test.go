// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package provider_test

import (
	"testing"

	"github.com/vonage/terraform-provider-vonage/internal/acctest"
)

// TestFractionsAreRefusedWhereTheyStand checks that every integer attribute rejects a fraction, with the error on that
// attribute.
func TestFractionsAreRefusedWhereTheyStand(t *testing.T) {
	t.Parallel()
	p := acctest.New(t).Protocol(t)
	const half = 1.5
	inVoice := func(voice values) acctest.Diagnostics {
		return p.ValidateResource("vonage_application", values{"name": "n", "voice": voice}).Errors()
	}
	inCall := func(name string) acctest.Diagnostics {
		return p.ValidateAction("vonage_voice_call", values{
			"from": "447700900000", "to": values{"number": "447700900001"}, "answer_url": "https://example.com/answer", name: half,
		})
	}
	_, listed := p.List("vonage_number", values{"pattern": "44", "search_pattern": half}, 1, false)
	for attribute, diags := range map[string]acctest.Diagnostics{
		"max_retries":                      p.ValidateProvider(values{"max_retries": half}),
		"public_key_wo_version":            p.ValidateResource("vonage_application", values{"name": "n", "public_key_wo_version": half}),
		"voice.conversations_ttl":          inVoice(values{"conversations_ttl": half}),
		"voice.leg_persistence_time":       inVoice(values{"leg_persistence_time": half}),
		"voice.answer_url.connect_timeout": inVoice(values{"answer_url": values{"address": "https://example.com", "connect_timeout": half}}),
		"voice.event_url.socket_timeout":   inVoice(values{"event_url": values{"address": "https://example.com", "socket_timeout": half}}),
		"max_results":                      p.ValidateDataSource("vonage_available_numbers", values{"country": "GB", "max_results": half}),
		"search_pattern":                   listed,
		"length_timer":                     inCall("length_timer"),
		"ringing_timer":                    inCall("ringing_timer"),
	} {
		diags.MustFail(t, attribute, "1.5 is not a whole number")
	}
}
