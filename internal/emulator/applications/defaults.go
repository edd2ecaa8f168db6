// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package applications

import (
	"cmp"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/pem"
	"strings"

	"github.com/vonage/terraform-provider-vonage/internal/emulator/platform"
	"github.com/vonage/terraform-provider-vonage/internal/emulator/platform/conversation"
	"github.com/vonage/terraform-provider-vonage/internal/emulator/platform/document"
	"github.com/vonage/terraform-provider-vonage/internal/emulator/platform/webhook"
)

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

// canonicalPEM makes the PEM end in exactly one newline, as in every captured key.
func canonicalPEM(encoded string) string { return strings.TrimSpace(encoded) + "\n" }

// newKeyPair generates the RSA 2048 key pair of an application created without a public key, as SPKI and PKCS#8 PEM.
func newKeyPair() (public, private string, err error) {
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		return "", "", err
	}
	privateDER, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		return "", "", err
	}
	publicDER, err := x509.MarshalPKIXPublicKey(&key.PublicKey)
	if err != nil {
		return "", "", err
	}
	encode := func(kind string, der []byte) string {
		return string(pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: der}))
	}
	return encode("PUBLIC KEY", publicDER), encode("PRIVATE KEY", privateDER), nil
}
