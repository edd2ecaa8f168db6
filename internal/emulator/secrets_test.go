// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package emulator_test

import (
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/vonage/terraform-provider-vonage/internal/emulator"
)

const secrets = "/accounts/" + apiKey + "/secrets"

// The primary account manages the secrets of its subaccounts, and they their own; nobody else does.
func TestSecretsOfASubaccount(t *testing.T) {
	t.Parallel()
	a := newAccount(t, emulator.Options{})
	sub, sibling, stranger := a.subaccount("below123", emulator.Record{}), a.subaccount("beside12", emulator.Record{}), a.other("other123")
	const path = "/accounts/below123/secrets"
	made := a.send("POST", path, `{"secret":"Fresh0Secret"}`).want(t, 201).json
	if href := text(made, "_links", "self", "href"); href != path+"/"+text(made, "id") {
		t.Errorf("link %q", href)
	}
	fresh := sub
	fresh.secret = "Fresh0Secret"
	fresh.get("/account/numbers").want(t, 200)
	for _, nosy := range []account{sibling, stranger} {
		if kind := text(nosy.get(path).want(t, 404).json, "type"); !strings.HasSuffix(kind, "#invalid-api-key") {
			t.Errorf("type %s", kind)
		}
	}
	sub.get(secrets).want(t, 404)

	listed, _ := at(fresh.get(path).want(t, 200).json, "_embedded", "secrets").([]any)
	if len(listed) != 2 {
		t.Fatalf("secrets %v", listed)
	}
	a.do("DELETE", path+"/"+text(listed[0], "id"), nil).want(t, 204)
	sub.get("/account/numbers").want(t, 401)
	if diff := cmp.Diff(map[string]string{text(made, "id"): "Fresh0Secret"}, sub.APISecrets()); diff != "" {
		t.Errorf("secrets (-want +got):\n%s", diff)
	}
	fresh.do("DELETE", path+"/"+text(made, "id"), nil).want(t, 403)
}

// The refusals of a third secret, of one that the account has, and of an unknown one.
func TestSecretRefusals(t *testing.T) {
	t.Parallel()
	kindAndTitle := func(refused reply) []string {
		_, kind, _ := strings.Cut(text(refused.json, "type"), "#")
		return []string{kind, text(refused.json, "title"), text(refused.json, "detail")}
	}
	for name, test := range map[string]struct {
		variant emulator.Variant
		status  int
		want    []string
	}{
		"captured": {
			emulator.Variant{},
			403,
			[]string{"add-excess-secret", "Secret Addition Forbidden", "Account reached maximum number [2] of allowed secrets"},
		},
		"older": {
			emulator.Variant{OldSecretLimit: true, ThirdSecretStatus: 400},
			400,
			[]string{"maximum-secrets-allowed", "Maxmimum number of secrets already met", "This account has reached maximum number of '2' allowed secrets"},
		},
	} {
		a := newAccount(t, emulator.Options{Variant: test.variant})
		a.send("POST", secrets, `{"secret":"Second0Secret"}`).want(t, 201)
		if diff := cmp.Diff(test.want, kindAndTitle(a.send("POST", secrets, `{"secret":"Third0Secret"}`).want(t, test.status))); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}

	a := newAccount(t, emulator.Options{Variant: emulator.Variant{SecretCreatedStatus: 200}})
	sub := a.subaccount("below123", emulator.Record{})
	if got := sub.send("POST", "/accounts/below123/secrets", `{"secret":"`+otherSecret+`"}`).want(t, 400).text; !strings.Contains(got, `"name":"secret"`) {
		t.Errorf("equal secret: %s", got)
	}
	unknown := []string{"invalid-id", "Invalid ID", "ID 'nothing' could not be found"}
	if diff := cmp.Diff(unknown, kindAndTitle(a.get(secrets+"/nothing").want(t, 404))); diff != "" {
		t.Errorf("unknown (-want +got):\n%s", diff)
	}
	a.do("DELETE", secrets+"/nothing", nil).want(t, 404)
	a.send("POST", secrets, `{"secret":"Second0Secret"}`).want(t, 200)

	a = newAccount(t, emulator.Options{Variant: emulator.Variant{EqualSecretsAccepted: true}})
	a.subaccount("below123", emulator.Record{}).send("POST", "/accounts/below123/secrets", `{"secret":"`+otherSecret+`"}`).want(t, 201)
}

// A new secret may be accepted late, and a revoked one for a while.
func TestSecretDelays(t *testing.T) {
	t.Parallel()
	now := newClock()
	a := newAccount(t, emulator.Options{Now: now.Now, Variant: emulator.Variant{SecretDelay: time.Second, RevokedSecretWorks: time.Minute}})
	var old string
	for id := range a.APISecrets() {
		old = id
	}
	a.send("POST", secrets, `{"secret":"Fresh0Secret"}`).want(t, 201)
	fresh := a
	fresh.secret = "Fresh0Secret"
	fresh.get("/account/numbers").want(t, 401)
	now.advance(time.Second)
	fresh.do("DELETE", secrets+"/"+old, nil).want(t, 204)
	a.get("/account/numbers").want(t, 200)
	now.advance(time.Minute)
	a.get("/account/numbers").want(t, 401)
	fresh.get("/account/numbers").want(t, 200)
}

// While a write of an account's record is under way, another one of the same account is outdated; one of another account
// is not, and neither are reads.
func TestOverlappingWritesAreOutdated(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		e := emulator.New(emulator.Options{APIKey: apiKey, APISecret: apiSecret, Latency: time.Second})
		defer e.Close()
		for _, key := range []string{"below123", "beside12"} {
			_, err := e.OpenSubaccount(emulator.Opening{APIKey: key, APISecret: otherSecret})
			seed(t, err)
		}
		statuses := make(chan int, 8)
		send := func(method, path, body string) {
			r := httptest.NewRequestWithContext(t.Context(), method, path, strings.NewReader(body))
			r.SetBasicAuth(apiKey, apiSecret)
			r.Header.Set("Content-Type", "application/json")
			w := httptest.NewRecorder()
			e.ServeHTTP(w, r)
			if w.Code == http.StatusForbidden && !strings.Contains(w.Body.String(), `"title":"Outdated account"`) {
				t.Errorf("refused: %s", w.Body)
			}
			statuses <- w.Code
		}
		began := func(method, path, body string) {
			go send(method, path, body)
			synctest.Wait()
		}
		began("POST", "/accounts/below123/secrets", `{"secret":"Fresh0Secret"}`)
		began("PATCH", subaccounts+"/below123", `{"name":"n"}`)
		began("POST", "/accounts/below123/secrets", `{"secret":"Third0Secret"}`)
		began("PATCH", subaccounts+"/beside12", `{"name":"n"}`)
		began("GET", "/accounts/below123/secrets", "")
		began("POST", subaccounts, `{"name":"made"}`)
		began("POST", subaccounts, `{"name":"too soon"}`)
		got := []int{}
		for range 7 {
			got = append(got, <-statuses)
		}
		slices.Sort(got)
		if want := []int{200, 200, 200, 201, 403, 403, 403}; !cmp.Equal(got, want) {
			t.Errorf("HTTP statuses %v, want %v", got, want)
		}
		send("PATCH", subaccounts+"/below123", `{"name":"n"}`)
		if got := <-statuses; got != http.StatusOK {
			t.Errorf("HTTP status %d after the others", got)
		}
	})
}

// One write soon after another may be outdated, but not after one that was refused.
func TestWritesSoonAfterAnother(t *testing.T) {
	t.Parallel()
	now := newClock()
	a := newAccount(t, emulator.Options{Now: now.Now, Variant: emulator.Variant{AccountSettles: time.Second, OutdatedStatus: 409}})
	sub := a.subaccount("below123", emulator.Record{})
	const path = "/accounts/below123/secrets"
	a.send("POST", path, `{"secret":"weak"}`).want(t, 400)
	a.send("POST", path, `{"secret":"Fresh0Secret"}`).want(t, 201)
	outdated := a.send("PATCH", subaccounts+"/below123", `{"suspended":true}`).want(t, 409)
	if !strings.HasSuffix(text(outdated.json, "type"), "/account/subaccounts#validation") ||
		outdated.header.Get("Content-Type") != "application/problem+json" {
		t.Errorf("outdated: %s", outdated.text)
	}
	sub.get("/account/numbers").want(t, 200)
	now.advance(time.Second)
	a.send("PATCH", subaccounts+"/below123", `{"suspended":true}`).want(t, 200)
}
