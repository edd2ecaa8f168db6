// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"maps"
	"net/http"
	"net/url"
)

// updateNumber replaces the link and the voice forwarding of a number: omitting them clears them, as three
// generations of Vonage's own command line tools rely on (https://github.com/Nexmo/nexmo-cli, commit 82c1eac). An
// empty string removes the SMS webhook; whether omission also removes it, and what happens to the other fields, is
// undocumented.
func (e *Emulator) updateNumber(r *request) response {
	sent := r.parameters()
	if sent.Get("voiceCallbackType") == "app" && sent.Get("voiceCallbackValue") == "" {
		// The live API answers this with HTTP 500: https://github.com/nyaruka/rapidpro/pull/2914.
		return restAnswer(http.StatusInternalServerError, http.StatusInternalServerError, "internal error")
	}
	if !e.options.Variant.voiceCallbackFits(sent) || !e.probe(r, sent.Get("moHttpUrl")) {
		return e.methodFailed()
	}
	key := numberKey{sent.Get("country"), sent.Get("msisdn")}
	e.mu.Lock()
	defer e.mu.Unlock()
	current, owned := e.numbers.get(key)
	link := e.options.Variant.link(sent)
	if _, exists := e.applications.documents[link]; !owned || link != "" && !exists {
		return e.methodFailed()
	}
	updated := unlinked(current)
	linkTo(updated, link)
	if kind, value := sent.Get("voiceCallbackType"), sent.Get("voiceCallbackValue"); kind != "app" && value != "" {
		updated["voiceCallbackType"], updated["voiceCallbackValue"] = kind, value
	}
	variant := e.options.Variant
	setField(updated, sent, "moHttpUrl", variant.OmittedSMSWebhookCleared)
	setField(updated, sent, "moSmppSysType", variant.OmittedWriteOnlyCleared)
	setField(updated, sent, "voiceStatusCallback", variant.OmittedWriteOnlyCleared)
	e.changeNumber(key, updated)
	return restSuccess()
}

// changeNumber stores a number, or removes it if the document is nil. Lists reflect the change after
// Variant.Consistency.
func (e *Emulator) changeNumber(key numberKey, number document) {
	if delay := e.options.Variant.Consistency; delay > 0 {
		e.numbers.change(key, number, e.options.Now().Add(delay))
		return
	}
	e.numbers.put(key, number)
}

// link returns the application that an update links to: app_id, or one of the two older forms.
func (v Variant) link(sent url.Values) string {
	switch {
	case sent.Get("app_id") != "":
		return sent.Get("app_id")
	case v.AppCallbackIgnored:
		return ""
	case sent.Get("voiceCallbackType") == "app":
		return sent.Get("voiceCallbackValue")
	case sent.Get("messagesCallbackType") == "app":
		return sent.Get("messagesCallbackValue")
	default:
		return ""
	}
}

// voiceCallbackFits reports whether type and value are consistent. vxml is a legacy type.
func (v Variant) voiceCallbackFits(sent url.Values) bool {
	switch sent.Get("voiceCallbackType") {
	case "":
		return sent.Get("voiceCallbackValue") == ""
	case "app":
		return sent.Get("voiceCallbackValue") != ""
	case "vxml", "sip", "tel":
		return sent.Get("voiceCallbackValue") != "" || v.CallbackTypeAloneClears
	default:
		return false
	}
}

// unlinked returns a copy of a number without link and voice forwarding.
func unlinked(number document) document {
	copied := maps.Clone(number)
	for _, name := range []string{
		"app_id", "voiceCallbackType", "voiceCallbackValue", "messagesCallbackType", "messagesCallbackValue",
	} {
		delete(copied, name)
	}
	return copied
}

// linkTo sets app_id and the voice callback that repeats it.
func linkTo(number document, applicationID string) {
	if applicationID == "" {
		return
	}
	number["app_id"] = applicationID
	number["voiceCallbackType"], number["voiceCallbackValue"] = "app", applicationID
}

func setField(number document, sent url.Values, name string, clearOmitted bool) {
	if value := sent.Get(name); value != "" {
		number[name] = value
	} else if sent.Has(name) || clearOmitted {
		delete(number, name)
	}
}
