// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package applications

import (
	"crypto/rsa"
	"crypto/x509"
	"encoding/pem"
	"net/http"

	"github.com/google/uuid"

	"github.com/vonage/terraform-provider-vonage/internal/emulator/platform"
	"github.com/vonage/terraform-provider-vonage/internal/emulator/platform/document"
	"github.com/vonage/terraform-provider-vonage/internal/emulator/platform/shape"
)

// readApplication decodes the body of POST and PUT. stored is the application to be updated, nil for a new one.
func (a *API) readApplication(body []byte, stored document.Object) (document.Object, platform.Response, bool) {
	sent, err := document.ParseObject(body)
	if err != nil {
		return nil, platform.InvalidJSON(err.Error()), false
	}
	if value, given := sent["capabilities"]; given && document.ObjectAt(sent, "capabilities") == nil && value != nil {
		// PHP encodes an empty object as an empty array:
		// https://github.com/Vonage/vonage-php-sdk-core/blob/main/src/Application/Application.php
		return nil, platform.InternalError(), false
	}
	var checked shape.Checker
	applicationShape(a.Variant).Check(&checked, "", sent, valueOrNil(stored))
	if checked.Unknown != "" {
		return nil, unknownProperty(checked.Unknown), false
	}
	if len(checked.Invalid) > 0 {
		return nil, platform.Problem(http.StatusBadRequest, "/application#payload-validation", "Bad Request",
			"The request failed due to validation errors", checked.Invalid...), false
	}
	return sent, platform.Response{}, true
}

// unknownProperty is the live API's refusal. It differs from the specification's: its type has another host, its
// instance is a UUID, and it has no invalid_parameters. See https://github.com/Vonage/vonage-dotnet-sdk/issues/625.
func unknownProperty(detail string) platform.Response {
	return platform.Response{Status: http.StatusBadRequest, Body: document.Object{
		"type":     "https://developer.nexmo.com/api-errors/application#payload-validation",
		"instance": uuid.NewString(),
		"title":    "Bad Request",
		"detail":   detail,
	}}
}

// valueOrNil prevents a nil map from becoming a non-nil interface value.
func valueOrNil(stored document.Object) any {
	if stored == nil {
		return nil
	}
	return stored
}

// Properties that an application may have: Application API 2.4.1, plus what captured answers and Vonage's own SDKs
// and CLI show the API to accept (messages.version and verify on update, video secrets).

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

// applicationShape is the body of POST and PUT. It accepts and ignores the server's own members, id and _links,
// because clients send back what they received.
func applicationShape(v platform.Variant) shape.Object {
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
	return shape.Object{
		{Name: "name", Shape: shape.Text{Required: true}, Required: true},
		{Name: "keys", Shape: shape.Object{{Name: "public_key", Shape: publicKeyShape{}}}},
		{Name: "capabilities", Shape: capabilities},
		{Name: "privacy", Shape: shape.Object{{Name: "improve_ai", Shape: shape.Boolean{}}}},
		{Name: "id", Shape: shape.Anything{}},
		{Name: "_links", Shape: shape.Anything{}},
	}
}

// publicKeyShape accepts an RSA public key as SPKI PEM, and null, which the PHP SDK sends for an unset key.
type publicKeyShape struct{}

func (publicKeyShape) Check(c *shape.Checker, name string, value, _ any) {
	if value == nil {
		return
	}
	encoded, ok := value.(string)
	if !ok || parsePublicKey(encoded) == nil {
		c.Refuse(name, "must be a valid RSA public key in PEM format")
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
