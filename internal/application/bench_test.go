// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package application

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/vonage/terraform-provider-vonage/internal/vonage"
)

// fullApplication returns an application with most of the possible settings.
func fullApplication(tb testing.TB) vonage.Application {
	tb.Helper()
	_, public := testPair(tb, 0)
	hook := func(address string) *vonage.Webhook {
		return &vonage.Webhook{Address: address, HTTPMethod: "POST", ConnectTimeout: new(int64(1000)), SocketTimeout: new(int64(5000))}
	}
	return vonage.Application{
		ID: "00000000-0000-4000-8000-000000000001", Name: "bench",
		Keys:    vonage.Keys{PublicKey: public},
		Privacy: &vonage.Privacy{ImproveAI: new(false)},
		Capabilities: vonage.Capabilities{
			Voice: &vonage.Voice{
				Webhooks: vonage.VoiceWebhooks{
					AnswerURL: hook("https://example.com/a"), FallbackAnswerURL: hook("https://example.com/f"), EventURL: hook("https://example.com/e"),
				},
				SignedCallbacks: new(true), ConversationsTTL: new(int64(48)), LegPersistenceTime: new(int64(7)),
			},
			Messages: &vonage.Messages{Webhooks: vonage.MessagesWebhooks{InboundURL: hook("https://example.com/i")}, Version: "v1"},
			RTC:      &vonage.RTC{Webhooks: vonage.RTCWebhooks{EventURL: hook("https://example.com/r")}, SignedCallbacks: new(true)},
			VBC:      &vonage.VBC{},
		},
	}
}

// BenchmarkNewModel maps a response to the state, as every refresh does for every application.
func BenchmarkNewModel(b *testing.B) {
	app := fullApplication(b)
	prior := newModel(app, model{PrivateKey: types.StringNull()})
	b.ReportAllocs()
	for b.Loop() {
		_ = newModel(app, prior)
	}
}

// BenchmarkToRequest maps a plan to a request.
func BenchmarkToRequest(b *testing.B) {
	state := newModel(fullApplication(b), model{PrivateKey: types.StringNull()})
	b.ReportAllocs()
	for b.Loop() {
		_ = state.toRequest()
	}
}
