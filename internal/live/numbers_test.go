// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package live_test

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/vonage/terraform-provider-vonage/internal/acctest"
)

// askAboutRefusals tries to update a number that nobody can rent, because it is reserved for fiction
// (https://www.ofcom.org.uk/phones-and-broadband/phone-numbers/numbers-for-drama).
func (a account) askAboutRefusals(t *testing.T, answers *report) {
	t.Helper()

	refused := a.rest(t, http.MethodPost, "/number/update", url.Values{"country": {"GB"}, "msisdn": {"447700900999"}})
	answers.learn("How is a change of a number refused that the account does not rent?",
		fmt.Sprintf("HTTP %d, error-code %v, %v", refused.status, refused.at("error-code"), refused.at("error-code-label")))
}

// find returns the record of the number in the list, or nil.
func (a account) find(t *testing.T) map[string]any {
	t.Helper()

	country, msisdn, _ := strings.Cut(a.number, "/")
	listed := a.rest(t, http.MethodGet, "/account/numbers", url.Values{
		"country": {country}, "pattern": {msisdn}, "search_pattern": {"1"}, "size": {"100"},
	}).must(t, "listing numbers")

	numbers, _ := listed.at("numbers").([]any)
	for _, number := range numbers {
		if document, ok := number.(map[string]any); ok && document["msisdn"] == msisdn && document["country"] == country {
			return document
		}
	}

	return nil
}

// look returns the record of the number in the list; the test fails if there is none.
func (a account) look(t *testing.T) map[string]any {
	t.Helper()

	number := a.find(t)
	if number == nil {
		t.Fatalf("the account does not rent %s", a.number)
	}

	return number
}

// free fails the test if the number is in use, and later if it is not left as it was found.
func (a account) free(t *testing.T) {
	t.Helper()

	before := a.look(t)
	if setting, used := inUse(before); used {
		t.Fatalf("%s has %s set, somebody uses it: name a number that is linked to nothing", a.number, setting)
	}

	t.Cleanup(func() {
		if after := a.look(t); !cmp.Equal(before, after) {
			a.set(t, "moHttpUrl", "", "voiceStatusCallback", "")
			t.Errorf("%s was not left as it was found, and has been unlinked:\n%s", a.number, cmp.Diff(before, after))
		}
	})
}

// inUse returns the setting that shows that a number is in use.
func inUse(number map[string]any) (string, bool) {
	for _, name := range []string{"app_id", "moHttpUrl", "voiceCallbackType", "messagesCallbackType"} {
		if number[name] != nil && number[name] != "" {
			return name, true
		}
	}

	return "", false
}

// linkLifeCycle links and unlinks the number through the provider.
func (a account) linkLifeCycle(t *testing.T) {
	t.Helper()
	a.free(t)

	application := a.make(t, "link", map[string]any{
		"keys": map[string]any{"public_key": acctest.PublicKey(0)}, "capabilities": map[string]any{"voice": map[string]any{}},
	}).must(t, "making an application")

	_, msisdn, _ := strings.Cut(a.number, "/")
	config := acctest.Values{"msisdn": msisdn, "application_id": application.text("id")}

	link, diags := a.protocol(t).Change("vonage_number_link", acctest.Object{}, config)
	diags.MustBeEmpty(t)
	a.mustPlanEmpty(t, "vonage_number_link", link, config)

	imported, diags := a.protocol(t).Import("vonage_number_link", a.number)
	diags.MustBeEmpty(t)
	a.mustPlanEmpty(t, "vonage_number_link", imported, config)

	_, diags = a.protocol(t).Change("vonage_number_link", link, nil)
	diags.MustBeEmpty(t)
}

// askAboutLinks examines which changes remove a link.
func (a account) askAboutLinks(t *testing.T, answers *report) {
	t.Helper()
	a.free(t)

	application := a.make(t, "link questions", map[string]any{
		"keys": map[string]any{"public_key": acctest.PublicKey(0)}, "capabilities": map[string]any{"voice": map[string]any{}},
	}).must(t, "making an application")

	country, msisdn, _ := strings.Cut(a.number, "/")
	number := url.Values{"country": {country}, "msisdn": {msisdn}}
	linked := url.Values{"country": {country}, "msisdn": {msisdn}, "app_id": {application.text("id")}}

	a.rest(t, http.MethodPost, "/number/update", linked).must(t, "linking")
	answers.learn("How long until the list of numbers shows a new link?", a.until(t, func(n map[string]any) bool { return n["app_id"] != nil }))
	answers.learn("As what does the list show the link?", fmt.Sprintf("voiceCallbackType %v, messagesCallbackType %v",
		a.look(t)["voiceCallbackType"], a.look(t)["messagesCallbackType"]))

	a.rest(t, http.MethodPost, "/number/update", number).must(t, "updating without app_id")
	answers.learn("Does an update without app_id unlink?", a.until(t, func(n map[string]any) bool { return n["app_id"] == nil }))

	a.rest(t, http.MethodPost, "/number/update", linked).must(t, "linking")
	a.until(t, func(n map[string]any) bool { return n["app_id"] != nil })
	a.api(t, http.MethodDelete, "/v2/applications/"+application.text("id"), nil).must(t, "deleting the application")
	answers.learn("Does the deletion of an application unlink its numbers?", a.until(t, func(n map[string]any) bool { return n["app_id"] == nil }))

	a.rest(t, http.MethodPost, "/number/update", number).must(t, "unlinking")
	a.until(t, func(n map[string]any) bool { return n["app_id"] == nil })
}

// patience is how many times the list is read, at the account's pace, before a change counts as not happening.
const patience = 15

// until reads the number until it is as expected, and returns how long that took.
func (a account) until(t *testing.T, expected func(map[string]any) bool) string {
	t.Helper()

	begun := time.Now()

	for look := range patience {
		if !expected(a.find(t)) {
			continue
		}

		if look == 0 {
			return "at once"
		}

		return "after " + time.Since(begun).Round(time.Second).String()
	}

	return fmt.Sprintf("not within %d looks", patience)
}
