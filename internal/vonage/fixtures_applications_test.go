// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package vonage_test

import (
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/vonage/terraform-provider-vonage/internal/vonage"
)

const capturedKey = "-----BEGIN PUBLIC KEY-----\npublic_key_info_goes_here\n-----END PUBLIC KEY-----\n"

func hook(address, method string) *vonage.Webhook {
	return &vonage.Webhook{Address: address, HTTPMethod: method}
}

// timed adds timeouts, in milliseconds.
func timed(hook *vonage.Webhook, connect, socket int64) *vonage.Webhook {
	hook.ConnectTimeout, hook.SocketTimeout = &connect, &socket
	return hook
}

func improveAI(consent bool) *vonage.Privacy { return &vonage.Privacy{ImproveAI: &consent} }

func TestCapturedApplications(t *testing.T) {
	t.Parallel()
	const example = "https://example.com/"
	for name, want := range map[string]vonage.Application{
		"application_new": {
			ID: "1b1b1b1b-1b1b-1b1b-1b1b-1b1b1b1b1b1b", Name: "My Server Demo",
			Keys: vonage.Keys{PublicKey: capturedKey}, Privacy: improveAI(false),
			Capabilities: vonage.Capabilities{Voice: &vonage.Voice{
				Webhooks: vonage.VoiceWebhooks{
					AnswerURL: timed(hook("http://example.ngrok.app/webhooks/answer", "GET"), 1000, 5000),
					EventURL:  timed(hook("http://example.ngrok.app/webhooks/events", "POST"), 1000, 10000),
				},
				SignedCallbacks: new(true), ConversationsTTL: new(int64(48)), LegPersistenceTime: new(int64(7)),
			}},
		},
		"application_every_capability": {
			ID: "33e3329f-d1cc-48f3-9105-55e5a6e475c1", Name: "My Customised Application",
			Keys: vonage.Keys{PublicKey: capturedKey}, Privacy: improveAI(false),
			Capabilities: vonage.Capabilities{
				Voice: &vonage.Voice{
					Webhooks: vonage.VoiceWebhooks{
						AnswerURL:         timed(hook(example+"answer", "POST"), 500, 3000),
						FallbackAnswerURL: timed(hook(example+"fallback", "POST"), 500, 3000),
						EventURL:          timed(hook(example+"event", "POST"), 500, 3000),
					},
					SignedCallbacks: new(true), ConversationsTTL: new(int64(8000)), LegPersistenceTime: new(int64(14)), Region: "na-east",
				},
				RTC: &vonage.RTC{Webhooks: vonage.RTCWebhooks{EventURL: hook(example+"event", "POST")}, SignedCallbacks: new(true)},
				Messages: &vonage.Messages{
					Webhooks: vonage.MessagesWebhooks{InboundURL: hook(example+"inbound", "POST"), StatusURL: hook(example+"status", "POST")},
					Version:  "v1", AuthenticateInboundMedia: new(true),
				},
				Verify: &vonage.Verify{Webhooks: vonage.VerifyWebhooks{StatusURL: hook(example+"status", "POST")}},
				VBC:    &vonage.VBC{},
			},
		},
		// The misspelt timeout and the payments are obsolete and not part of the model.
		"application_retired_fields": {
			ID: "78d335fa323d01149c3dd6f0d48968cf", Name: "My Application", Privacy: improveAI(true),
			Capabilities: vonage.Capabilities{
				Voice: &vonage.Voice{
					Webhooks: vonage.VoiceWebhooks{
						AnswerURL: hook(example+"webhooks/answer", "POST"),
						FallbackAnswerURL: &vonage.Webhook{
							Address: "https://fallback.example.com/webhooks/answer", HTTPMethod: "POST", SocketTimeout: new(int64(3000)),
						},
						EventURL: hook(example+"webhooks/event", "POST"),
					},
					SignedCallbacks: new(true), ConversationsTTL: new(int64(24)), LegPersistenceTime: new(int64(7)), Region: "eu-west",
				},
				Verify: &vonage.Verify{Webhooks: vonage.VerifyWebhooks{StatusURL: hook(example+"webhooks/status", "POST")}},
			},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := replay(t, name).Applications.Get(t.Context(), want.ID)
			if diff := cmp.Diff(want, got); diff != "" || err != nil {
				t.Error(diff, err)
			}
		})
	}
}

func TestCapturedVideoApplication(t *testing.T) {
	t.Parallel()
	got, err := replay(t, "application_video").Applications.Get(t.Context(), "78d335fa323d01149c3dd6f0d48968cf")
	want := vonage.VideoWebhooks{}
	for _, event := range []string{
		"archive_status", "broadcast_status", "captions_status", "connection_created", "connection_destroyed", "render_status",
		"session_created", "session_destroyed", "session_notification", "sip_call_created", "sip_call_destroyed", "sip_call_mute_forced",
		"sip_call_updated", "stream_created", "stream_destroyed",
	} {
		want[event] = vonage.VideoWebhook{Address: "https://example.com/webhooks/event", Active: new(true)}
	}
	storage := &vonage.VideoStorage{ServerSideEncryption: new(true), EndToEndEncryption: new(true), CloudStorage: new(true)}
	if diff := cmp.Diff(vonage.Capabilities{Video: &vonage.Video{Webhooks: want, Storage: storage}}, got.Capabilities); diff != "" || err != nil {
		t.Error(diff, err)
	}
}

// Old applications have no timeouts, a different TTL, or no webhooks at all.
func TestCapturedApplicationLists(t *testing.T) {
	t.Parallel()
	ofAge := func(id, name string, improve bool, ttl int64, webhooks vonage.VoiceWebhooks) vonage.Application {
		return vonage.Application{
			ID: id, Name: name, Keys: vonage.Keys{PublicKey: capturedKey}, Privacy: improveAI(improve),
			Capabilities: vonage.Capabilities{Voice: &vonage.Voice{
				Webhooks: webhooks, SignedCallbacks: new(true), ConversationsTTL: &ttl, LegPersistenceTime: new(int64(7)),
			}},
		}
	}
	oldest := ofAge("1b1b1b1b-1b1b-1b1b-1b1b-1b1b1b1b1b1b", "dev-application", true, 9000, vonage.VoiceWebhooks{
		AnswerURL: hook("http://example.com", "GET"), EventURL: hook("http://example.com", "POST"),
	})
	want := []vonage.Application{
		oldest,
		ofAge("2b2b2b2b-2b2b-2b2b-2b2b-2b2b2b2b2b2b", "My Test Server Application", false, 48, vonage.VoiceWebhooks{
			AnswerURL: timed(hook("http://9ff8266be1ed.ngrok.app/webhooks/answer", "GET"), 1000, 5000),
			EventURL:  timed(hook("http://9ff8266be1ed.ngrok.app/webhooks/events", "POST"), 1000, 10000),
		}),
		ofAge("3b3b3b3b-3b3b-3b3b-3b3b-3b3b3b3b3b3b", "test-application", false, 9000, vonage.VoiceWebhooks{}),
	}
	if diff := cmp.Diff(want, first(t, 3, replay(t, "applications_of_all_ages").Applications.List(t.Context()))); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]vonage.Application{oldest}, all(t, replay(t, "applications_one_page").Applications.List(t.Context()))); diff != "" {
		t.Error(diff)
	}
	const webhooks = "https://example.com/webhooks/"
	bare := []vonage.Application{{
		ID: "78d335fa323d01149c3dd6f0d48968cf", Name: "My Application",
		Capabilities: vonage.Capabilities{
			Voice: &vonage.Voice{Webhooks: vonage.VoiceWebhooks{
				AnswerURL:         timed(hook(webhooks+"answer", "GET"), 1000, 500),
				FallbackAnswerURL: timed(hook("https://fallback.example.com/webhooks/answer", "GET"), 1000, 500),
				EventURL:          timed(hook(webhooks+"events", "POST"), 1000, 500),
			}},
			Messages: &vonage.Messages{Webhooks: vonage.MessagesWebhooks{
				InboundURL: hook(webhooks+"inbound", "POST"), StatusURL: hook(webhooks+"status", "POST"),
			}},
			NetworkAPIs: &vonage.NetworkAPIs{
				NetworkApplicationID: "2bzfIFqRG128IcjSj1YhZNtw6LADG", RedirectURI: "https://my-redirect-uri.example.com",
			},
			RTC: &vonage.RTC{}, VBC: &vonage.VBC{},
		},
	}}
	got := all(t, replay(t, "applications_without_keys_and_links").Applications.List(t.Context()))
	if diff := cmp.Diff(bare, got); diff != "" {
		t.Error(diff)
	}
}

func TestCapturedRefusals(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]vonage.Error{
		"refusal_unknown_property": {
			Status: 400, Code: "payload-validation", Title: "Bad Request", Instance: "023ddcf9-f031-4800-934f-097f2caf46c7",
			Detail: `connection_timeout is not a known json property (4 known properties: "http_method", "address", "socket_timeout", ` +
				`"connect_timeout" ]) : please see https://developer.nexmo.com/api/application.v2`,
		},
		"refusal_invalid_parameter": {
			Status: 400, Code: "payload-validation", Title: "Bad Request", Detail: "The request failed due to validation errors",
			Instance: "797a8f199c45014ab7b08bfe9cc1c12c",
			InvalidParameters: []vonage.InvalidParameter{{
				Name: "capabilities.voice.webhooks.answer_url.http_method", Reason: "must be one of: GET, POST",
			}},
		},
		"refusal_unauthorized": {
			Status: 401, Code: "unauthorized", Title: "Unauthorized", Detail: "You did not provide correct credentials.",
			Instance: "a813c536-43f6-4568-acbf-f36ef2db955a",
		},
		"refusal_forbidden": {
			Status: 403, Code: "forbidden", Title: "Forbidden", Detail: "Your account does not have permission to perform this action.",
			Instance: "bf0ca0bf927b3b52e3cb03217e1a1ddf",
		},
		"refusal_rate_limit": {
			Status: 429, Code: "rate-limit", Title: "Rate Limit Hit", Detail: "Please wait, then retry your request",
			Instance: "bf0ca0bf927b3b52e3cb03217e1a1ddf",
		},
		"refusal_server_error": {Status: 500, Title: "Internal Server Error", Instance: "272c5fa3-c02a-4451-b33c-d01e8de74023"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := replay(t, name).Applications.Get(t.Context(), "x")
			mustBeRefused(t, err, want)
		})
	}
}

func mustBeRefused(t *testing.T, err error, want vonage.Error) {
	t.Helper()
	var apiError *vonage.Error
	if !errors.As(err, &apiError) {
		t.Fatalf("got %v", err)
	}
	if diff := cmp.Diff(want, *apiError); diff != "" {
		t.Error(diff)
	}
}
