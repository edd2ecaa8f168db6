// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package emulator_test

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/vonage/terraform-provider-vonage/internal/emulator"
)

func TestBalance(t *testing.T) {
	t.Parallel()
	a := newAccount(t, emulator.Options{})
	a.send("PUT", "/emulator/account", `{"balance":"10.28202293"}`).want(t, 204)
	if diff := cmp.Diff(document{"value": 10.28202293, "autoReload": false}, a.get("/account/get-balance").want(t, 200).json); diff != "" {
		t.Errorf("balance (-want +got):\n%s", diff)
	}
	a.postForm("/account/top-up", url.Values{"trx": {"8ef2447e"}}).want(t, 401)
	a.send("PUT", "/emulator/account", `{"auto_reload":true}`).want(t, 204)
	if diff := cmp.Diff(success, a.postForm("/account/top-up", url.Values{"trx": {"8ef2447e"}}).want(t, 200).json); diff != "" {
		t.Errorf("top-up (-want +got):\n%s", diff)
	}
	missing := document{"type": "BAD_REQUEST", "error_title": "Bad Request", "invalid_parameters": document{"trx": "Is required."}}
	if diff := cmp.Diff(missing, a.postForm("/account/top-up", url.Values{}).want(t, 400).json); diff != "" {
		t.Errorf("top-up without a reference (-want +got):\n%s", diff)
	}
	if got := a.get("/emulator/account").json["balance"]; got != "20.28202293" {
		t.Errorf("balance %v", got)
	}
	a.send("PUT", "/emulator/account", `{"balance":"plenty"}`).want(t, 400)
	a.get("/account/get-balance", without("Authorization")).want(t, 401)
}

func TestAccountSettings(t *testing.T) {
	t.Parallel()
	a := newAccount(t, emulator.Options{})
	inForce := func(mo, dr string) document {
		return document{
			"mo-callback-url": mo, "dr-callback-url": dr,
			"max-outbound-request": 30., "max-inbound-request": 30., "max-calls-per-second": 30.,
		}
	}
	for _, test := range []struct {
		sent url.Values
		want document
	}{
		{url.Values{}, inForce("", "")},
		{url.Values{"moCallBackUrl": {"http://m"}, "httpForwardMethod": {"POST_JSON"}}, inForce("http://m", "")},
		{url.Values{"drCallBackUrl": {"http://d"}}, inForce("http://m", "http://d")},
		{url.Values{}, inForce("http://m", "http://d")},
		{url.Values{"moCallBackUrl": {""}}, inForce("", "http://d")},
		{url.Values{"moCallbackUrl": {"http://wrong-case"}}, inForce("", "http://d")},
	} {
		if diff := cmp.Diff(test.want, a.postForm("/account/settings", test.sent).want(t, 200).json); diff != "" {
			t.Errorf("%v (-want +got):\n%s", test.sent, diff)
		}
	}
	if got := a.Record(); *got.HTTPForwardMethod != "POST_JSON" || *got.DrCallbackURL != "http://d" {
		t.Errorf("settings: %s, %s", *got.HTTPForwardMethod, *got.DrCallbackURL)
	}
	seed(t, a.Change(emulator.Record{MoCallbackURL: new("http://dashboard")}))
	if got := a.postForm("/account/settings", nil).want(t, 200).json["mo-callback-url"]; got != "http://dashboard" {
		t.Errorf("changed outside: %v", got)
	}
	a.postForm("/account/settings", url.Values{"httpForwardMethod": {"PIGEON"}}).want(t, 400)
	a.postForm("/account/settings", url.Values{"moCallBackUrl": {"no URL"}}).want(t, 400)
	a.get("/account/settings").want(t, 405)
}

// Only what answers 200 is saved, and a request that fails saves nothing; nothing is asked to unset a URL.
func TestAccountSettingsAreProbed(t *testing.T) {
	t.Parallel()
	asked := make(chan string, 10)
	reachable := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked <- r.URL.Path
		if r.URL.Path != "/good" {
			w.WriteHeader(http.StatusNotFound)
		}
	}))
	t.Cleanup(reachable.Close)
	for variant, want := range map[string]document{
		"":    {"error-code": "420", "error-code-label": "Callback URL is unreachable"},
		"420": {"error-code": "420", "error-code-label": "Callback URL is unreachable"},
		"invalid_parameters": {
			"type": "BAD_REQUEST", "error_title": "Bad Request", "invalid_parameters": document{"drCallBackUrl": "Callback URL is unreachable"},
		},
	} {
		a := newAccount(t, emulator.Options{ProbeWebhooks: true, Variant: emulator.Variant{UnreachableURL: variant}})
		good, bad := url.Values{"moCallBackUrl": {reachable.URL + "/good"}}, url.Values{"drCallBackUrl": {reachable.URL + "/bad"}, "moCallBackUrl": {""}}
		a.postForm("/account/settings", good).want(t, 200)
		if diff := cmp.Diff(want, a.postForm("/account/settings", bad).json); diff != "" {
			t.Errorf("%s (-want +got):\n%s", variant, diff)
		}
		if got := a.postForm("/account/settings", url.Values{"drCallBackUrl": {"http://127.0.0.1:1/"}}); got.status < 400 {
			t.Errorf("HTTP status %d", got.status)
		}
		if got := a.Record(); *got.MoCallbackURL != reachable.URL+"/good" || *got.DrCallbackURL != "" {
			t.Errorf("saved %s and %s", *got.MoCallbackURL, *got.DrCallbackURL)
		}
		if paths := []string{<-asked, <-asked}; !cmp.Equal(paths, []string{"/good", "/bad"}) {
			t.Errorf("asked for %v", paths)
		}
		a.postForm("/account/settings", url.Values{"moCallBackUrl": {""}}).want(t, 200)
		if len(asked) > 0 {
			t.Error("unsetting a URL asks for it")
		}
	}
}

func TestSecrets(t *testing.T) {
	t.Parallel()
	now := newClock()
	a := newAccount(t, emulator.Options{Now: now.Now})
	const path = "/accounts/" + apiKey + "/secrets"
	listed, _ := at(a.get(path).want(t, 200).json, "_embedded", "secrets").([]any)
	if len(listed) != 1 {
		t.Fatalf("secrets: %v", listed)
	}
	first := text(listed[0], "id")
	last := a.do("DELETE", path+"/"+first, nil).want(t, 403)
	if kind := last.json["type"]; kind != "https://developer.vonage.com/api-errors/account/secret-management#delete-last-secret" {
		t.Errorf("type %v", kind)
	}
	if kind := last.header.Get("Content-Type"); kind != "application/problem+json" {
		t.Errorf("content type %q", kind)
	}

	for name, refused := range map[string]reply{
		"no credentials": a.get(path, without("Authorization")).want(t, 401),
		"another key":    a.get("/accounts/other/secrets").want(t, 404),
		"a form":         a.postForm(path, nil).want(t, 415),
		"XML":            a.get(path, header("Accept", "text/xml")).want(t, 406),
		"PUT":            a.send("PUT", path, `{}`).want(t, 405),
	} {
		if kind := refused.header.Get("Content-Type"); kind != "application/problem+json" {
			t.Errorf("%s: content type %q", name, kind)
		}
	}

	const fresh = "Fresh0Secret"
	made := a.send("POST", path, `{"secret":"`+fresh+`"}`).want(t, 201).json
	id := text(made, "id")
	want := document{
		"id": id, "created_at": "2026-08-01T12:00:00Z", "_links": document{"self": document{"href": path + "/" + id}},
	}
	if diff := cmp.Diff(want, made); diff != "" {
		t.Errorf("made (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(want, a.get(path+"/"+id).want(t, 200).json); diff != "" {
		t.Errorf("read (-want +got):\n%s", diff)
	}
	a.send("POST", path, `{"secret":"Third0Secret"}`).want(t, 403)

	// Both secrets are valid until one is revoked.
	with := func(secret string) func(*http.Request) {
		return func(r *http.Request) { r.SetBasicAuth(apiKey, secret) }
	}
	a.get("/v2/applications", with(fresh)).want(t, 200)
	a.get("/v2/applications", with(apiSecret)).want(t, 200)
	a.do("DELETE", path+"/"+first, nil, with(fresh)).want(t, 204)
	a.get("/v2/applications", with(apiSecret)).want(t, 401)
	a.get("/account/numbers", with(fresh)).want(t, 200)

	a.get(path+"/"+first, with(fresh)).want(t, 404)
	a.do("DELETE", path+"/"+first, nil, with(fresh)).want(t, 404)
	if kind := a.get("/accounts/other/secrets", with(fresh)).
		want(t, 404).json["type"]; kind != "https://developer.vonage.com/api-errors#invalid-api-key" {
		t.Errorf("type %v", kind)
	}
	for _, weak := range []string{
		`{"secret":"short0A"}`, `{"secret":"nouppercase0"}`, `{"secret":"NOLOWERCASE0"}`, `{"secret":"NoDigitsHere"}`, `{}`,
		`{"secret":"Far0TooLongForThisAccountX"}`,
	} {
		refused := a.send("POST", path, weak, with(fresh)).want(t, 400).json
		if diff := cmp.Diff([]any{document{"name": "secret", "reason": "Does not meet complexity requirements"}},
			refused["invalid_parameters"]); diff != "" {
			t.Errorf("%s (-want +got):\n%s", weak, diff)
		}
	}
}
