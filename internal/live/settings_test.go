// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package live_test

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/vonage/terraform-provider-vonage/internal/acctest"
)

// askAboutSettings examines what updates do to a number's webhooks, and another way to link a number.
func (a account) askAboutSettings(t *testing.T, answers *report) {
	t.Helper()
	a.free(t)

	// Vonage calls an SMS webhook before it saves it. This one responds; names below .invalid do not resolve (RFC 6761).
	const answering, unreachable = "https://example.com/", "https://nobody.invalid/"

	refused := a.set(t, "moHttpUrl", unreachable)
	answers.learn("How is an SMS webhook refused that cannot be reached?",
		fmt.Sprintf("HTTP %d, error-code %v, %v", refused.status, refused.at("error-code"), refused.at("error-code-label")))

	if a.set(t, "moHttpUrl", answering).status == http.StatusOK {
		shown := func(n map[string]any) bool { return n["moHttpUrl"] == answering }
		answers.learn("How long until the list shows a new SMS webhook?", a.until(t, shown))
		a.set(t).must(t, "updating without moHttpUrl")
		answers.learn("Does an update without moHttpUrl clear it?", a.until(t, func(n map[string]any) bool { return !shown(n) }))
	}

	a.set(t, "moHttpUrl", "", "voiceStatusCallback", answering)
	number := a.look(t)
	answers.learn("Does the list show the voice status callback?", fmt.Sprintf("voiceStatusCallback %v, voiceStatusCallbackUrl %v",
		number["voiceStatusCallback"], number["voiceStatusCallbackUrl"]))
	a.set(t, "voiceStatusCallback", "")

	application := a.make(t, "callback", map[string]any{
		"keys": map[string]any{"public_key": acctest.PublicKey(0)}, "capabilities": map[string]any{"voice": map[string]any{}},
	}).must(t, "making an application")
	a.set(t, "voiceCallbackType", "app", "voiceCallbackValue", application.text("id"))
	answers.learn("Does voiceCallbackType app link without app_id?",
		a.until(t, func(n map[string]any) bool { return n["app_id"] == application.text("id") }))
	a.set(t).must(t, "unlinking")
	a.until(t, func(n map[string]any) bool { return n["app_id"] == nil })
}

// set sends an update of the number with only the given names and values.
func (a account) set(t *testing.T, fields ...string) answer {
	t.Helper()

	country, msisdn, _ := strings.Cut(a.number, "/")
	values := url.Values{"country": {country}, "msisdn": {msisdn}}

	for i := 0; i < len(fields); i += 2 {
		values.Set(fields[i], fields[i+1])
	}

	return a.rest(t, http.MethodPost, "/number/update", values)
}
