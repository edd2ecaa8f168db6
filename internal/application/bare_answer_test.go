// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package application_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"github.com/vonage/terraform-provider-vonage/internal/acctest"
)

// capabilityValues are each capability without settings and, if any are known here, with some.
func capabilityValues(t *testing.T) map[string][]acctest.Values {
	t.Helper()
	type values = acctest.Values
	hook := values{"address": "https://example.com/hook"}
	known := map[string][]values{
		"voice":        {{}, {"answer_url": hook, "signed_callbacks": true}},
		"messages":     {{}, {"inbound_url": hook, "version": "v0.1"}},
		"rtc":          {{}, {"event_url": hook}},
		"verify":       {{}, {"status_url": hook}},
		"video":        {{}, {"webhooks": values{"render_status": hook}, "storage": values{"cloud_storage": true}}},
		"network_apis": {{}, {"network_application_id": "x"}},
	}
	for _, attribute := range acctest.New(t).Protocol(t).Schema().ResourceSchemas["vonage_application"].Block.Attributes {
		if attribute.NestedType != nil && attribute.Name != "timeouts" && known[attribute.Name] == nil {
			known[attribute.Name] = []values{{}}
		}
	}
	return known
}

// Whatever the responses to writes leave out, and whether or not the API ever returns a capability without settings, the
// next plan is empty, and so is the one after a refresh.
func TestAnswersThatLeaveOutCapabilities(t *testing.T) {
	t.Parallel()
	for capability, variants := range capabilityValues(t) {
		for i, settings := range variants {
			for answer, members := range map[string]string{
				"bare": `{}`, "with empty capabilities": `{"capabilities":{}}`, "with null": `{"capabilities":null,"keys":null,"privacy":null}`,
			} {
				for _, silent := range []bool{false, true} {
					if silent && len(settings) > 0 {
						continue // only capabilities without settings are left out of what is read
					}
					if testing.Short() && answer != "bare" {
						continue
					}
					t.Run(fmt.Sprintf("%s %d, answered %s, reads silent %t", capability, i, answer, silent), func(t *testing.T) {
						t.Parallel()
						hidden := ""
						if silent {
							hidden = capability
						}
						a := newAccount(t, acctest.InMemory(), answering(members, hidden))
						with := func(name string) acctest.Values { return acctest.Values{"name": name, capability: settings} }
						object := a.mustSettle(a.create(with("created")), with("created"))
						object = a.mustSettle(a.apply(object, with("renamed")), with("renamed"))
						without := acctest.Values{"name": "without"}
						object = a.mustSettle(a.apply(object, without), without)
						a.mustSettle(a.apply(object, with("updated")), with("updated"))
					})
				}
			}
		}
	}
}

// answering makes the API answer writes with only the id, the name and the given members, and leave the hidden
// capability out of everything that it answers.
func answering(members, hidden string) acctest.Option {
	return acctest.Around(func(emulator http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			recorder := httptest.NewRecorder()
			emulator.ServeHTTP(recorder, r)
			var answer document
			if !strings.HasPrefix(r.URL.Path, "/v2/applications") || json.Unmarshal(recorder.Body.Bytes(), &answer) != nil {
				maps.Copy(w.Header(), recorder.Header())
				w.WriteHeader(recorder.Code)
				_, _ = recorder.Body.WriteTo(w)
				return
			}
			if slices.Contains([]string{http.MethodPost, http.MethodPut}, r.Method) {
				answer = document{"id": answer["id"], "name": answer["name"]}
				_ = json.Unmarshal([]byte(members), &answer) // adds them
			}
			hide(answer, hidden)
			var body bytes.Buffer
			_ = json.NewEncoder(&body).Encode(answer)
			w.Header().Set("Content-Type", "application/json")
			w.WriteHeader(recorder.Code)
			_, _ = body.WriteTo(w)
		})
	})
}

// hide removes a capability from an application, or from every application of a list.
func hide(answer document, capability string) {
	delete(within(answer, "capabilities"), capability)
	listed, _ := within(answer, "_embedded")["applications"].([]any)
	for _, application := range listed {
		if application, ok := application.(document); ok {
			delete(within(application, "capabilities"), capability)
		}
	}
}
