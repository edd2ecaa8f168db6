// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"crypto/rsa"
	"crypto/x509"
	"encoding/pem"
)

// Properties that an application may have: Application API 2.4.1, plus what captured answers and Vonage's own SDKs
// and CLI show the API to accept (messages.version and verify on update, video secrets).

var (
	anyMethod = enumShape{"GET", "POST"}
	postOnly  = enumShape{"POST"}
)

// webhookShape lists its properties in the order of https://github.com/Vonage/vonage-dotnet-sdk/issues/625.
func webhookShape(method enumShape) objectShape {
	return objectShape{{name: "http_method", shape: method}, {name: "address", shape: urlShape{}, required: true}}
}

// voiceWebhookShape adds the timeouts, in milliseconds.
func voiceWebhookShape(longestSocketTimeout int) objectShape {
	return append(webhookShape(anyMethod),
		property{name: "socket_timeout", shape: integerShape{1000, longestSocketTimeout}},
		property{name: "connect_timeout", shape: integerShape{300, 1000}})
}

func webhooks(hooks ...property) property {
	return property{name: "webhooks", shape: objectShape(hooks)}
}

func (v Variant) voiceShape() objectShape {
	voice := objectShape{
		webhooks(
			property{name: "answer_url", shape: voiceWebhookShape(5000)},
			property{name: "fallback_answer_url", shape: voiceWebhookShape(5000)},
			property{name: "event_url", shape: voiceWebhookShape(10000)},
		),
		{name: "signed_callbacks", shape: booleanShape{}},
		{name: "conversations_ttl", shape: integerShape{1, 9000}},  // hours
		{name: "leg_persistence_time", shape: integerShape{1, 31}}, // days
		{name: "region", shape: enumShape{"na-east", "na-west", "eu-east", "eu-west", "apac-sng", "apac-australia"}},
	}
	if v.RetiredAccepted {
		voice = append(voice, property{name: "payment_enabled", shape: booleanShape{}}, property{name: "payments", shape: anything{}})
	}
	return voice
}

func (v Variant) rtcShape() objectShape {
	rtc := objectShape{
		webhooks(property{name: "event_url", shape: webhookShape(anyMethod)}),
		{name: "signed_callbacks", shape: booleanShape{}},
	}
	if v.RetiredAccepted {
		rtc = append(rtc, property{name: "leg_persistence_time", shape: integerShape{1, 31}})
	}
	return rtc
}

func messagesShape() objectShape {
	return objectShape{
		webhooks(
			property{name: "inbound_url", shape: webhookShape(postOnly)},
			property{name: "status_url", shape: webhookShape(postOnly)},
		),
		{name: "version", shape: enumShape{"v1", "v0.1"}},
		{name: "authenticate_inbound_media", shape: booleanShape{}},
	}
}

func verifyShape() objectShape {
	return objectShape{
		webhooks(property{name: "status_url", shape: webhookShape(postOnly)}),
		{name: "version", shape: enumShape{"v2"}},
	}
}

func videoShape() objectShape {
	hook := objectShape{
		{name: "address", shape: urlShape{}, required: true},
		{name: "active", shape: booleanShape{}},
		{name: "secret", shape: textShape{}},
	}
	events := []string{
		"archive_status", "connection_created", "connection_destroyed", "session_created", "session_destroyed",
		"session_notification", "stream_created", "stream_destroyed", "render_status", "captions_status", "broadcast_status",
		"sip_call_created", "sip_call_updated", "sip_call_destroyed", "sip_call_mute_forced",
	}
	hooks := make([]property, len(events))
	for i, event := range events {
		hooks[i] = property{name: event, shape: hook}
	}
	return objectShape{webhooks(hooks...), {name: "storage", shape: objectShape{
		{name: "server_side_encryption", shape: booleanShape{}},
		{name: "end_to_end_encryption", shape: booleanShape{}},
		{name: "cloud_storage", shape: booleanShape{}},
	}}}
}

func networkAPIsShape() objectShape {
	return objectShape{{name: "network_application_id", shape: textShape{}}, {name: "redirect_uri", shape: urlShape{}}}
}

// meetingsShape and bulkShape belong to discontinued products.
func meetingsShape() objectShape {
	return objectShape{webhooks(
		property{name: "recording_changed", shape: webhookShape(postOnly)},
		property{name: "room_changed", shape: webhookShape(postOnly)},
		property{name: "session_changed", shape: webhookShape(postOnly)},
	)}
}

func bulkShape() objectShape {
	return objectShape{webhooks(
		property{name: "list_status_url", shape: webhookShape(anyMethod)},
		property{name: "run_status_url", shape: webhookShape(anyMethod)},
	)}
}

// applicationShape is the body of POST and PUT. It accepts and ignores the server's own members, id and _links,
// because clients send back what they received.
func (v Variant) applicationShape() objectShape {
	capabilities := objectShape{
		{name: "voice", shape: v.voiceShape()},
		{name: "messages", shape: messagesShape()},
		{name: "rtc", shape: v.rtcShape()},
		{name: "verify", shape: verifyShape()},
		{name: "vbc", shape: objectShape{}},
		{name: "video", shape: videoShape()},
		{name: "network_apis", shape: networkAPIsShape()},
	}
	if !v.RetiredCapabilitiesRefused {
		capabilities = append(capabilities,
			property{name: "meetings", shape: meetingsShape()}, property{name: "bulk", shape: bulkShape()})
	}
	return objectShape{
		{name: "name", shape: textShape{required: true}, required: true},
		{name: "keys", shape: objectShape{{name: "public_key", shape: publicKeyShape{}}}},
		{name: "capabilities", shape: capabilities},
		{name: "privacy", shape: objectShape{{name: "improve_ai", shape: booleanShape{}}}},
		{name: "id", shape: anything{}},
		{name: "_links", shape: anything{}},
	}
}

// publicKeyShape accepts an RSA public key as SPKI PEM, and null, which the PHP SDK sends for an unset key.
type publicKeyShape struct{}

func (publicKeyShape) check(c *checker, name string, value, _ any) {
	if value == nil {
		return
	}
	encoded, ok := value.(string)
	if !ok || parsePublicKey(encoded) == nil {
		c.refuse(name, "must be a valid RSA public key in PEM format")
	}
}

// parsePublicKey returns nil if encoded is not the SPKI PEM of an RSA key.
func parsePublicKey(encoded string) *rsa.PublicKey {
	block, _ := pem.Decode([]byte(encoded))
	if block == nil || block.Type != "PUBLIC KEY" {
		return nil
	}
	parsed, err := x509.ParsePKIXPublicKey(block.Bytes)
	if err != nil {
		return nil
	}
	key, _ := parsed.(*rsa.PublicKey)
	return key
}
