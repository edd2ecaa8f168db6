// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package redact

import (
	"encoding/json"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const secret = "S3cretValue0123"

// Every name under which the emulator knows a secret, and others that people use.
func TestSecretsByName(t *testing.T) {
	t.Parallel()
	for _, name := range []string{
		"api_secret", "secret", "signature_secret", "private_key", "password", "access_token", "client_secret", "newSecret", "new_api_secret",
		"Authorization", "Proxy-Authorization", "Cookie", "Set-Cookie", "X-Api-Key", "sig", "jwt", "token", "accessToken", "passphrase",
		"credentials", "VONAGE_API_SECRET", "api.secret", "access_key", "auth", "X-Auth", "pass", "pwd",
	} {
		body := `{"` + name + `":"` + secret + `"}`
		for where, value := range map[string]any{
			"a property":       map[string]any{name: secret},
			"a list":           map[string]any{name: []string{"", secret}},
			"deep inside":      map[string]any{"a": []any{map[string]any{"b": map[string]any{name: secret}}}},
			"an object":        map[string]any{name: map[string]any{"type": "custom", "value": map[string]any{"x": secret}}},
			"a body":           map[string]any{"body": body},
			"a body in a body": map[string]any{"body": `[{"text":` + strconv.Quote(body) + `}]`},
			"a broken body":    map[string]any{"body": body[:len(body)-2]},
			"a broken list":    map[string]any{"body": "[" + body},
			"a query":          map[string]any{"url": "https://example.com/x?a=1&" + name + "=" + secret + "&b=2"},
			"the first of it":  map[string]any{"url": "https://example.com/x?" + name + "=" + secret},
			"a fragment":       map[string]any{"url": "https://example.com/x#" + name + "=" + secret},
			"a form":           map[string]any{"body": name + "=" + secret + "&country=GB"},
		} {
			shown, err := JSON(value)
			if err != nil || strings.Contains(string(shown), secret) || !strings.Contains(string(shown), "hidden") {
				t.Errorf("%s in %s: %s, %v", name, where, shown, err)
			}
		}
	}
}

// What is a secret by its form is one under any name.
func TestSecretsByForm(t *testing.T) {
	t.Parallel()
	for name, text := range map[string]string{
		"a private key":    "x\n-----BEGIN PRIVATE KEY-----\n" + secret + "\n-----END PRIVATE KEY-----\ny",
		"an RSA key":       "-----BEGIN RSA PRIVATE KEY-----\n" + secret + "\n-----END RSA PRIVATE KEY-----",
		"half a key":       "-----BEGIN PRIVATE KEY-----\n" + secret,
		"a JWT":            "see eyJhbGciOi.eyJ" + secret + "." + secret,
		"Basic":            "curl -H 'Authorization: Basic " + secret + "=='",
		"a bearer":         "bearer " + secret,
		"a URL with login": "https://user:" + secret + "@example.com/",
		"without a user":   "redis://:" + secret + "@example.com/",
		"without password": "https://" + secret + "@example.com/",
		"with an at sign":  "https://user:p@" + secret + "@example.com/",
		"a SIP address":    "sip:alice:" + secret + "@example.com;transport=tls",
		"a JWT in a word":  "session_eyJhbGciOi.eyJ" + secret + "." + secret,
	} {
		if shown, err := JSON(map[string]any{"text": text}); err != nil || strings.Contains(string(shown), secret) {
			t.Errorf("%s: %s, %v", name, shown, err)
		}
	}
	const path = "/account/get-balance/abcd1234/" + secret
	if shown, _ := JSON(map[string]any{"path": path, "body": `{"reason":"` + secret + ` is wrong"}`}, "", secret); strings.Contains(string(shown), secret) {
		t.Errorf("a known secret is shown: %s", shown)
	}
}

// A known secret is one in every way in which a URL has it; a word that happens to be one does not make a text unreadable.
func TestKnownSecrets(t *testing.T) {
	t.Parallel()
	const known = "p@ss&wörd/ 1"
	for _, text := range []string{known, url.QueryEscape(known), url.PathEscape(known), "https://example.com/?x=" + url.QueryEscape(known)} {
		shown, err := JSON(map[string]any{"text": text}, known)
		if err != nil || !strings.Contains(string(shown), "hidden") || strings.Contains(string(shown), "rd") {
			t.Errorf("%s: %s, %v", text, shown, err)
		}
	}
	if shown, err := JSON(map[string]any{"text": "Emulator0SecretMore"}, "Emulator0Secret", "Emulator0SecretMore"); err != nil || strings.Contains(string(shown), "More") {
		t.Errorf("%s, %v", shown, err)
	}
	if shown, err := JSON(map[string]any{"text": "a test of tests"}, "test", ""); err != nil || strings.Contains(string(shown), "hidden") {
		t.Errorf("%s, %v", shown, err)
	}
}

// What is no secret stays as it is.
func TestTheRestIsShown(t *testing.T) {
	t.Parallel()
	for given, want := range map[string]string{
		`{"api_key":"abcd1234","public_key":"-----BEGIN PUBLIC KEY-----\nMIIB\n-----END PUBLIC KEY-----"}`:                                 "",
		`{"signed_callbacks":true,"secrets":[{"id":"1","created_at":"now"}],"token":null,"secret":""}`:                                     "",
		`{"header":{"Authorization":["Basic YTpi"],"Accept":["*/*"]}}`:                                                                     `{"header":{"Accept":["*/*"],"Authorization":["Basic (hidden)"]}}`,
		`{"url":"https://example.com/a?to=44&token=x#y"}`:                                                                                  `{"url":"https://example.com/a?to=44\u0026token=(hidden)#y"}`,
		`{"body":"{\"country\":\"GB\",\"cost\":1.50}"}`:                                                                                    `{"body":"{\"cost\":1.50,\"country\":\"GB\"}"}`,
		`{"from":"sip:alice@example.com","to":"sip:bob@example.com:5060,sip:eve@example.com","url":"https://example.com/@alice?to=a@b.c"}`: "",
		`{"text":"basic work, bearer of news, a=b"}`:                                                                                       "",
		`{"pin_token":1234,"ttl":60}`:                                                                                                      `{"pin_token":"(hidden)","ttl":60}`,
	} {
		shown, err := JSON(json.RawMessage(given))
		if err != nil {
			t.Fatal(err)
		}
		var one, other any
		if want == "" {
			want = given
		}
		if json.Unmarshal(shown, &one) != nil || json.Unmarshal([]byte(want), &other) != nil || !cmp.Equal(one, other) {
			t.Errorf("%s: %s, want %s", given, shown, want)
		}
	}
}

func TestWhatDoesNotEncode(t *testing.T) {
	t.Parallel()
	if _, err := JSON(make(chan int)); err == nil {
		t.Error("a channel was encoded")
	}
}
