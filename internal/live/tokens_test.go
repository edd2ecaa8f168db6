// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package live_test

import (
	"fmt"
	"net/http"
	"testing"
	"time"

	"github.com/vonage/terraform-provider-vonage/internal/acctest"
	"github.com/vonage/terraform-provider-vonage/internal/vonage"
)

// nobody is the id of a conversation that does not exist.
const nobody = "CON-00000000-0000-4000-8000-000000000000"

// askAboutTokens examines the tolerance for clock differences, and which versions of the Conversation API respond.
func (a account) askAboutTokens(t *testing.T, answers *report) {
	t.Helper()

	made := a.make(t, "tokens", map[string]any{
		"keys":         map[string]any{"public_key": acctest.PublicKey(0)},
		"capabilities": map[string]any{"rtc": map[string]any{}},
	}).must(t, "making an application")

	token := func(ahead time.Duration) string {
		issued := time.Now().Add(ahead)

		signed, err := vonage.Claims{
			ApplicationID: made.text("id"), IssuedAt: issued, ExpiresAt: issued.Add(5 * time.Minute),
		}.Sign(acctest.Key(0))
		if err != nil {
			t.Fatal(err)
		}

		return signed
	}

	for _, version := range []string{"v1", "v0.3", "v0.1", "beta"} {
		asked := a.asApplication(t, "/"+version+"/conversations/"+nobody, token(-10*time.Second))
		answers.learn("What does the Conversation API "+version+" say of a conversation that does not exist?",
			fmt.Sprintf("HTTP %d %v", asked.status, asked.at("code")))
	}

	taken := "none"

	for _, ahead := range []time.Duration{5 * time.Second, 30 * time.Second, 2 * time.Minute, 10 * time.Minute} {
		if a.asApplication(t, "/v1/conversations/"+nobody, token(ahead)).status == http.StatusUnauthorized {
			break
		}

		taken = ahead.String()
	}

	answers.learn("How far may a client's clock be ahead (of 5s, 30s, 2m, 10m)?", taken)
}
