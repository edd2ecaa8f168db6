// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"cmp"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/pem"
	"strings"
)

// Defaults that the API fills into and returns for a capability sent without them: Application API 2.4.1.

const (
	connectTimeout      = 1000  // ms
	answerSocketTimeout = 5000  // ms
	eventSocketTimeout  = 10000 // ms
	conversationsTTL    = 48    // hours
	legPersistenceTime  = 2     // days
)

// fillDefaults completes the capabilities of an application that was just sent.
func (v Variant) fillDefaults(application document) {
	capabilities := within(application, "capabilities")
	if voice := object(capabilities, "voice"); voice != nil {
		v.fillVoice(voice)
	}
	if rtc := object(capabilities, "rtc"); rtc != nil {
		fillMethods(rtc, "POST")
		fill(rtc, "signed_callbacks", true)
	}
	if messages := object(capabilities, "messages"); messages != nil {
		fillMethods(messages, "POST")
		fill(messages, "version", "v1")
		if !v.InboundMediaUnfilled {
			fill(messages, "authenticate_inbound_media", false)
		}
	}
	if verify := object(capabilities, "verify"); verify != nil {
		fillMethods(verify, "POST")
		fill(verify, "version", "v2")
	}
	if video := object(capabilities, "video"); video != nil {
		v.fillVideo(video)
	}
}

func (v Variant) fillVoice(voice document) {
	hooks := within(voice, "webhooks")
	for name, defaults := range map[string]struct {
		method        string
		socketTimeout int
	}{
		"answer_url":          {"GET", answerSocketTimeout},
		"fallback_answer_url": {"GET", answerSocketTimeout},
		"event_url":           {"POST", eventSocketTimeout},
	} {
		if hook := object(hooks, name); hook != nil {
			fill(hook, "http_method", defaults.method)
			fill(hook, "socket_timeout", number(defaults.socketTimeout))
			fill(hook, "connect_timeout", number(connectTimeout))
		}
	}
	if v.EmptyFallback && len(hooks) > 0 {
		fill(hooks, "fallback_answer_url", document{"address": "", "http_method": "GET"})
	}
	fill(voice, "signed_callbacks", true)
	fill(voice, "conversations_ttl", number(conversationsTTL))
	fill(voice, "leg_persistence_time", number(cmp.Or(v.LegPersistenceDays, legPersistenceTime)))
}

func (v Variant) fillVideo(video document) {
	for _, hook := range object(video, "webhooks") {
		if hook, ok := hook.(document); ok {
			fill(hook, "active", true)
		}
	}
	storage := object(video, "storage")
	if storage == nil {
		return
	}
	anySet := false
	for _, name := range []string{"server_side_encryption", "end_to_end_encryption", "cloud_storage"} {
		fill(storage, name, false)
		anySet = anySet || flag(storage, name)
	}
	if v.DefaultStorageOmitted && !anySet {
		delete(video, "storage")
	}
}

func fillMethods(capability document, method string) {
	for _, hook := range object(capability, "webhooks") {
		if hook, ok := hook.(document); ok {
			fill(hook, "http_method", method)
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
