// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package applications

import (
	"cmp"

	"github.com/vonage/terraform-provider-vonage/internal/emulator/platform"
	"github.com/vonage/terraform-provider-vonage/internal/emulator/platform/conversation"
	"github.com/vonage/terraform-provider-vonage/internal/emulator/platform/document"
	"github.com/vonage/terraform-provider-vonage/internal/emulator/platform/shape"
	"github.com/vonage/terraform-provider-vonage/internal/emulator/platform/webhook"
)

// Properties that an application may have: Application API 2.4.1, plus what captured responses and Vonage's own SDKs
// and CLI show the API to accept (messages.version and verify on update, video secrets).

func capabilitiesShape(v platform.Variant) shape.Object {
	capabilities := shape.Object{
		{Name: "voice", Shape: voiceShape(v)},
		{Name: "messages", Shape: messagesShape()},
		{Name: "rtc", Shape: rtcShape(v)},
		{Name: "verify", Shape: verifyShape()},
		{Name: "vbc", Shape: shape.Object{}},
		{Name: "video", Shape: videoShape()},
		{Name: "network_apis", Shape: networkAPIsShape()},
	}
	if !v.RetiredCapabilitiesRefused {
		capabilities = append(capabilities,
			shape.Property{Name: "meetings", Shape: meetingsShape()}, shape.Property{Name: "bulk", Shape: bulkShape()})
	}
	return capabilities
}

var postOnly = shape.Enum{"POST"}

// webhookShape lists its properties in the order of https://github.com/Vonage/vonage-dotnet-sdk/issues/625.
func webhookShape(method shape.Enum) shape.Object {
	return shape.Object{{Name: "http_method", Shape: method}, {Name: "address", Shape: shape.URL{}, Required: true}}
}

// voiceWebhookShape adds the timeouts, in milliseconds.
func voiceWebhookShape(longestSocketTimeout int) shape.Object {
	return append(webhookShape(shape.AnyMethod),
		shape.Property{Name: "socket_timeout", Shape: shape.Between(1000, longestSocketTimeout)},
		shape.Property{Name: "connect_timeout", Shape: shape.Between(300, 1000)})
}

func webhooks(hooks ...shape.Property) shape.Property {
	return shape.Property{Name: "webhooks", Shape: shape.Object(hooks)}
}

func voiceShape(v platform.Variant) shape.Object {
	voice := shape.Object{
		webhooks(
			shape.Property{Name: "answer_url", Shape: voiceWebhookShape(5000)},
			shape.Property{Name: "fallback_answer_url", Shape: voiceWebhookShape(5000)},
			shape.Property{Name: "event_url", Shape: voiceWebhookShape(10000)},
		),
		{Name: "signed_callbacks", Shape: shape.Boolean{}},
		{Name: "conversations_ttl", Shape: shape.Between(1, 9000)},  // hours
		{Name: "leg_persistence_time", Shape: shape.Between(1, 31)}, // days
		{Name: "region", Shape: shape.Enum{"na-east", "na-west", "eu-east", "eu-west", "apac-sng", "apac-australia"}},
	}
	if v.RetiredAccepted {
		voice = append(voice, shape.Property{Name: "payment_enabled", Shape: shape.Boolean{}}, shape.Property{Name: "payments", Shape: shape.Anything{}})
	}
	return voice
}

func rtcShape(v platform.Variant) shape.Object {
	rtc := shape.Object{
		webhooks(shape.Property{Name: "event_url", Shape: webhookShape(shape.AnyMethod)}),
		{Name: "signed_callbacks", Shape: shape.Boolean{}},
	}
	if v.RetiredAccepted {
		rtc = append(rtc, shape.Property{Name: "leg_persistence_time", Shape: shape.Between(1, 31)})
	}
	return rtc
}

func messagesShape() shape.Object {
	return shape.Object{
		webhooks(
			shape.Property{Name: "inbound_url", Shape: webhookShape(postOnly)},
			shape.Property{Name: "status_url", Shape: webhookShape(postOnly)},
		),
		{Name: "version", Shape: shape.Enum{"v1", "v0.1"}},
		{Name: "authenticate_inbound_media", Shape: shape.Boolean{}},
	}
}

func verifyShape() shape.Object {
	return shape.Object{
		webhooks(shape.Property{Name: "status_url", Shape: webhookShape(postOnly)}),
		{Name: "version", Shape: shape.Enum{"v2"}},
	}
}

func videoShape() shape.Object {
	hook := shape.Object{
		{Name: "address", Shape: shape.URL{}, Required: true},
		{Name: "active", Shape: shape.Boolean{}},
		{Name: "secret", Shape: shape.Text{}},
	}
	events := []string{
		"archive_status", "connection_created", "connection_destroyed", "session_created", "session_destroyed",
		"session_notification", "stream_created", "stream_destroyed", "render_status", "captions_status", "broadcast_status",
		"sip_call_created", "sip_call_updated", "sip_call_destroyed", "sip_call_mute_forced",
	}
	hooks := make([]shape.Property, len(events))
	for i, event := range events {
		hooks[i] = shape.Property{Name: event, Shape: hook}
	}
	return shape.Object{webhooks(hooks...), {Name: "storage", Shape: shape.Object{
		{Name: "server_side_encryption", Shape: shape.Boolean{}},
		{Name: "end_to_end_encryption", Shape: shape.Boolean{}},
		{Name: "cloud_storage", Shape: shape.Boolean{}},
	}}}
}

func networkAPIsShape() shape.Object {
	return shape.Object{{Name: "network_application_id", Shape: shape.Text{}}, {Name: "redirect_uri", Shape: shape.URL{}}}
}

// meetingsShape and bulkShape belong to discontinued products.
func meetingsShape() shape.Object {
	return shape.Object{webhooks(
		shape.Property{Name: "recording_changed", Shape: webhookShape(postOnly)},
		shape.Property{Name: "room_changed", Shape: webhookShape(postOnly)},
		shape.Property{Name: "session_changed", Shape: webhookShape(postOnly)},
	)}
}

func bulkShape() shape.Object {
	return shape.Object{webhooks(
		shape.Property{Name: "list_status_url", Shape: webhookShape(shape.AnyMethod)},
		shape.Property{Name: "run_status_url", Shape: webhookShape(shape.AnyMethod)},
	)}
}

// legPersistenceTime is the default of voice.leg_persistence_time in days.
const legPersistenceTime = 2

// fillDefaults completes the capabilities of an application that was just sent.
func fillDefaults(v platform.Variant, application document.Object) {
	capabilities := document.Within(application, "capabilities")
	if voice := document.ObjectAt(capabilities, "voice"); voice != nil {
		fillVoice(v, voice)
	}
	if rtc := document.ObjectAt(capabilities, "rtc"); rtc != nil {
		fillMethods(rtc, "POST")
		document.Fill(rtc, "signed_callbacks", true)
	}
	if messages := document.ObjectAt(capabilities, "messages"); messages != nil {
		fillMethods(messages, "POST")
		document.Fill(messages, "version", "v1")
		if !v.InboundMediaUnfilled {
			document.Fill(messages, "authenticate_inbound_media", false)
		}
	}
	if verify := document.ObjectAt(capabilities, "verify"); verify != nil {
		fillMethods(verify, "POST")
		document.Fill(verify, "version", "v2")
	}
	if video := document.ObjectAt(capabilities, "video"); video != nil {
		fillVideo(v, video)
	}
}

func fillVoice(v platform.Variant, voice document.Object) {
	hooks := document.Within(voice, "webhooks")
	for name, defaults := range map[string]struct {
		method        string
		socketTimeout int
	}{
		"answer_url":          {"GET", webhook.AnswerSocketTimeout},
		"fallback_answer_url": {"GET", webhook.AnswerSocketTimeout},
		"event_url":           {"POST", webhook.EventSocketTimeout},
	} {
		if hook := document.ObjectAt(hooks, name); hook != nil {
			document.Fill(hook, "http_method", defaults.method)
			document.Fill(hook, "socket_timeout", document.Number(defaults.socketTimeout))
			document.Fill(hook, "connect_timeout", document.Number(webhook.ConnectTimeout))
		}
	}
	if v.EmptyFallback && len(hooks) > 0 {
		document.Fill(hooks, "fallback_answer_url", document.Object{"address": "", "http_method": "GET"})
	}
	document.Fill(voice, "signed_callbacks", true)
	document.Fill(voice, "conversations_ttl", document.Number(conversation.DefaultTTL))
	document.Fill(voice, "leg_persistence_time", document.Number(cmp.Or(v.LegPersistenceDays, legPersistenceTime)))
}

func fillVideo(v platform.Variant, video document.Object) {
	for _, hook := range document.ObjectAt(video, "webhooks") {
		if hook, ok := hook.(document.Object); ok {
			document.Fill(hook, "active", true)
		}
	}
	storage := document.ObjectAt(video, "storage")
	if storage == nil {
		return
	}
	anySet := false
	for _, name := range []string{"server_side_encryption", "end_to_end_encryption", "cloud_storage"} {
		document.Fill(storage, name, false)
		anySet = anySet || document.Flag(storage, name)
	}
	if v.DefaultStorageOmitted && !anySet {
		delete(video, "storage")
	}
}

func fillMethods(capability document.Object, method string) {
	for _, hook := range document.ObjectAt(capability, "webhooks") {
		if hook, ok := hook.(document.Object); ok {
			document.Fill(hook, "http_method", method)
		}
	}
}
