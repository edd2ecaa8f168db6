// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package numbers

import (
	"maps"
	"net/http"
	"net/url"

	"github.com/vonage/terraform-provider-vonage/internal/emulator/platform"
	"github.com/vonage/terraform-provider-vonage/internal/emulator/platform/document"
)

// updateNumber replaces the link and the voice forwarding of a number: omitting them clears them, as three
// generations of Vonage's own command line tools rely on (https://github.com/Nexmo/nexmo-cli, commit 82c1eac). An
// empty string removes the SMS webhook; whether omission also removes it, and what happens to the other fields, is
// undocumented.
func (a *API) updateNumber(r *platform.Request) platform.Response {
	sent := r.Parameters()
	if sent.Get("voiceCallbackType") == "app" && sent.Get("voiceCallbackValue") == "" {
		// The live API answers this with HTTP 500: https://github.com/nyaruka/rapidpro/pull/2914.
		return platform.RestAnswer(http.StatusInternalServerError, http.StatusInternalServerError, "internal error")
	}
	if !voiceCallbackFits(a.Variant, sent) || !a.Probe(r, sent.Get("moHttpUrl")) {
		return a.methodFailed()
	}
	key := numberKey{sent.Get("country"), sent.Get("msisdn")}
	a.Lock()
	defer a.Unlock()
	current, owned := a.owned.get(key)
	link := link(a.Variant, sent)
	if _, exists := a.applications.Find(link); !owned || link != "" && !exists {
		return a.methodFailed()
	}
	updated := unlinked(current)
	linkTo(updated, link)
	if kind, value := sent.Get("voiceCallbackType"), sent.Get("voiceCallbackValue"); kind != "app" && value != "" {
		updated["voiceCallbackType"], updated["voiceCallbackValue"] = kind, value
	}
	variant := a.Variant
	setField(updated, sent, "moHttpUrl", variant.OmittedSMSWebhookCleared)
	setField(updated, sent, "moSmppSysType", variant.OmittedWriteOnlyCleared)
	setField(updated, sent, "voiceStatusCallback", variant.OmittedWriteOnlyCleared)
	a.changeNumber(key, updated)
	return platform.RestSuccess()
}

// changeNumber stores a number, or removes it if the document is nil. Lists reflect the change after
// Variant.Consistency.
func (a *API) changeNumber(key numberKey, number document.Object) {
	if delay := a.Variant.Consistency; delay > 0 {
		a.owned.change(key, number, a.Now().Add(delay))
		return
	}
	a.owned.put(key, number)
}

// link returns the application that an update links to: app_id, or one of the two older forms.
func link(v platform.Variant, sent url.Values) string {
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
func voiceCallbackFits(v platform.Variant, sent url.Values) bool {
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
func unlinked(number document.Object) document.Object {
	copied := maps.Clone(number)
	for _, name := range []string{
		"app_id", "voiceCallbackType", "voiceCallbackValue", "messagesCallbackType", "messagesCallbackValue",
	} {
		delete(copied, name)
	}
	return copied
}

// linkTo sets app_id and the voice callback that repeats it.
func linkTo(number document.Object, applicationID string) {
	if applicationID == "" {
		return
	}
	number["app_id"] = applicationID
	number["voiceCallbackType"], number["voiceCallbackValue"] = "app", applicationID
}

func setField(number document.Object, sent url.Values, name string, clearOmitted bool) {
	if value := sent.Get(name); value != "" {
		number[name] = value
	} else if sent.Has(name) || clearOmitted {
		delete(number, name)
	}
}
