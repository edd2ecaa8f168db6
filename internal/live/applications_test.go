// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package live_test

import (
	"crypto/rsa"
	"crypto/x509"
	"encoding/pem"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/vonage/terraform-provider-vonage/internal/acctest"
	"github.com/vonage/terraform-provider-vonage/internal/vonage"
)

// read reads the account through the provider.
func (a account) read(t *testing.T, answers *report) {
	t.Helper()

	_, diags := a.protocol(t).ReadDataSource("vonage_applications", acctest.Values{})
	diags.MustBeEmpty(t)

	_, diags = a.protocol(t).ReadDataSource("vonage_numbers", acctest.Values{})
	diags.MustBeEmpty(t)

	listed := a.api(t, http.MethodGet, "/v2/applications", nil).must(t, "listing applications")
	answers.learn("How many applications does a page have when no size is asked for?", listed.at("page_size"))

	rented := a.rest(t, http.MethodGet, "/account/numbers", url.Values{"size": {"100"}}).must(t, "listing numbers")
	answers.learn("Of which types are the first hundred numbers?", types(rented))
}

// types returns the distinct types of the numbers in a response.
func types(rented answer) []string {
	found := []string{}

	numbers, _ := rented.at("numbers").([]any)
	for _, number := range numbers {
		if document, ok := number.(map[string]any); ok {
			found = append(found, fmt.Sprint(document["type"]))
		}
	}

	slices.Sort(found)

	return slices.Compact(found)
}

// applicationLifeCycle creates, plans, changes, imports and deletes an application through the provider.
func (a account) applicationLifeCycle(t *testing.T) {
	t.Helper()

	t.Cleanup(func() {
		for _, id := range a.leftovers(t) {
			a.api(t, http.MethodDelete, "/v2/applications/"+id, nil)
		}
	})

	config := acctest.Values{
		"name": prefix + "life cycle",
		"voice": acctest.Values{
			"answer_url": acctest.Values{"address": "https://example.com/answer"},
			"event_url":  acctest.Values{"address": "https://example.com/events"},
		},
		"messages": acctest.Values{
			"inbound_url": acctest.Values{"address": "https://example.com/inbound"},
			"status_url":  acctest.Values{"address": "https://example.com/status"},
		},
	}

	made, diags := a.protocol(t).Change("vonage_application", acctest.Object{}, config)
	diags.MustBeEmpty(t)
	a.mustPlanEmpty(t, "vonage_application", made, config)

	config["voice"] = acctest.Values{"answer_url": acctest.Values{"address": "https://example.com/other", "socket_timeout": 3000}}
	changed, diags := a.protocol(t).Change("vonage_application", made, config)
	diags.MustBeEmpty(t)
	a.mustPlanEmpty(t, "vonage_application", changed, config)

	id, _ := changed.State["id"].(string)
	imported, diags := a.protocol(t).Import("vonage_application", id)
	diags.MustBeEmpty(t)
	a.mustPlanEmpty(t, "vonage_application", imported, config)

	_, diags = a.protocol(t).Change("vonage_application", changed, nil)
	diags.MustBeEmpty(t)

	if left := a.api(t, http.MethodGet, "/v2/applications/"+id, nil); left.status != http.StatusNotFound {
		t.Errorf("after its deletion the application answers HTTP %d", left.status)
	}
}

// mustPlanEmpty refreshes an object and fails if the plan contains a change.
func (a account) mustPlanEmpty(t *testing.T, typeName string, object acctest.Object, config acctest.Values) {
	t.Helper()

	p := a.protocol(t)
	read, diags := p.Read(typeName, object)
	diags.MustBeEmpty(t)

	plan, diags := p.Plan(typeName, read, config)
	diags.MustBeEmpty(t)

	if plan.Changes() {
		t.Errorf("a second plan changes\n%v\nto\n%v", read.State, plan.State)
	}
}

// askAboutApplications examines updates and defaults.
func (a account) askAboutApplications(t *testing.T, answers *report) {
	t.Helper()

	webhook := func(path string) map[string]any { return map[string]any{"address": "https://example.com/" + path} }
	capabilities := map[string]any{
		"voice":    map[string]any{"webhooks": map[string]any{"answer_url": webhook("answer"), "event_url": webhook("events")}},
		"messages": map[string]any{"webhooks": map[string]any{"inbound_url": webhook("inbound"), "status_url": webhook("status")}},
	}
	key := acctest.PublicKey(0)

	made := a.make(t, "questions", map[string]any{
		"keys": map[string]any{"public_key": key}, "privacy": map[string]any{"improve_ai": true}, "capabilities": capabilities,
	}).must(t, "making an application")

	for _, filled := range []struct{ question, path string }{
		{"Which method does an answer webhook get that names none?", "capabilities.voice.webhooks.answer_url.http_method"},
		{"Which method does an event webhook get that names none?", "capabilities.voice.webhooks.event_url.http_method"},
		{"For how many days are legs kept when nothing is said?", "capabilities.voice.leg_persistence_time"},
		{"Does fetching inbound media need a token, if nothing is said?", "capabilities.messages.authenticate_inbound_media"},
	} {
		answers.learn(filled.question, made.at(filled.path))
	}

	address := "/v2/applications/" + made.text("id")
	name := made.text("name")

	updated := a.api(t, http.MethodPut, address, map[string]any{
		"name": name, "keys": map[string]any{"public_key": key}, "capabilities": capabilities,
	}).must(t, "updating without privacy")
	answers.learn("What is improve_ai after an update that leaves out privacy, if it was true?",
		a.api(t, http.MethodGet, address, nil).must(t, "reading").at("privacy.improve_ai"))

	a.api(t, http.MethodPut, address, map[string]any{
		"name": name, "privacy": updated.at("privacy"), "capabilities": capabilities,
	}).must(t, "updating without keys")
	answers.learn("What does an update that leaves out keys do to the public key?",
		keyAfter(key, a.api(t, http.MethodGet, address, nil).must(t, "reading").text("keys.public_key")))

	a.askWhatIsTaken(t, answers)

	later := a.make(t, "listed later", map[string]any{}).must(t, "making an application")
	listed := a.leftovers(t)
	answers.learn("Is an application that was made later listed after one that was made before?",
		slices.Index(listed, made.text("id")) < slices.Index(listed, later.text("id")))
}

// askWhatIsTaken examines which values a new application may have.
func (a account) askWhatIsTaken(t *testing.T, answers *report) {
	t.Helper()

	refused := a.make(t, "PKCS 1", map[string]any{"keys": map[string]any{"public_key": pkcs1(&acctest.Key(1).PublicKey)}})
	answers.learn("Is a public key in the form \"RSA PUBLIC KEY\" (PKCS #1) taken?", fmt.Sprintf("HTTP %d", refused.status))

	refused = a.make(t, strings.Repeat("long name ", 100), map[string]any{})
	answers.learn("Is a name of more than a thousand characters taken?", fmt.Sprintf("HTTP %d", refused.status))

	for name, capabilities := range map[string]map[string]any{
		"rtc.leg_persistence_time": {"rtc": map[string]any{"leg_persistence_time": 7}},
		"voice.payment_enabled":    {"voice": map[string]any{"payment_enabled": false}},
		"meetings":                 {"meetings": map[string]any{}},
		"bulk":                     {"bulk": map[string]any{}},
	} {
		retired := a.make(t, "retired", map[string]any{"capabilities": capabilities})
		answers.learn("Is "+name+", of older specifications, taken of a new application?", fmt.Sprintf("HTTP %d", retired.status))
	}
}

func keyAfter(before, after string) string {
	switch {
	case after == "":
		return "it is cleared"
	case vonage.SamePublicKey(before, after):
		return "it is kept"
	default:
		return "another one is made"
	}
}

func pkcs1(key *rsa.PublicKey) string {
	return string(pem.EncodeToMemory(&pem.Block{Type: "RSA PUBLIC KEY", Bytes: x509.MarshalPKCS1PublicKey(key)}))
}
