// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package transport

import (
	"encoding/json"
	"net/url"
	"strings"
	"testing"
)

const (
	pemText = "-----BEGIN PRIVATE KEY-----\nMIIE+topsecret/==\n-----END PRIVATE KEY-----\n"
	jwtText = "eyJhbGciOiJSUzI1NiJ9.eyJhcHBsaWNhdGlvbl9pZCI6IngifQ.c2lnbmF0dXJl-_x"
)

func TestRedact(t *testing.T) {
	t.Parallel()
	quoted, err := json.Marshal(pemText)
	if err != nil {
		t.Fatal(err)
	}
	for body, want := range map[string]string{
		``:         ``,
		`{"a":1}`:  `{"a":1}`,
		`[1,"b"]`:  `[1,"b"]`,
		`a plain`:  `a plain`,
		"a=1&b=c+": "a=1&b=c+",
		`{"big":12345678901234567890,"public_key":"P"}`:           `{"big":12345678901234567890,"public_key":"P"}`,
		`{"api_secret":"x","deep":[{"Client-Secret":{"a":"b"}}]}`: `{"api_secret":"(redacted)","deep":[{"Client-Secret":"(redacted)"}]}`,
		`{"text":` + string(quoted) + `}`:                         `{"text":"(redacted)\n"}`,
		`{"text":"got ` + jwtText + `, thanks"}`:                  `{"text":"got (redacted), thanks"}`,
		`{"text":"Authorization: Basic YWJjZDEyMzQ6c2VjcmV0"}`:    `{"text":"Authorization: (redacted)"}`,
		`api_key=k&api_secret=x`:                                  `api_key=k&api_secret=%28redacted%29`,
		`moHttpUrl=` + url.QueryEscape("https://h/?t="+jwtText):   `moHttpUrl=https%3A%2F%2Fh%2F%3Ft%3D%28redacted%29`,
		`{"private_key":"cut off`:                                 `{"private_key":(redacted)`,
		`{"private_key":"a\"b","secret" : 12,"x":"y`:              `{"private_key":(redacted),"secret" : (redacted),"x":"y`,
		`{"name":"n","api_secret":"a\`:                            `{"name":"n","api_secret":(redacted)`,
		"<html>" + pemText + "</html>":                            "<html>(redacted)\n</html>",
		"<html>-----BEGIN RSA PRIVATE KEY-----\nMIIE cut":         "<html>(redacted)",
		"\xff\xfe":                          "(2 bytes)",
		strings.Repeat("x", longestShown+1): "(65537 bytes)",
		`{"a":1} {"api_secret":"x"}`:        `{"a":1} {"api_secret":(redacted)}`,
		`<p a=1>` + jwtText:                 `<p a=1>(redacted)`,
		`{"signed_callbacks":true,"credential":"c","jwt":"j"}`: `{"credential":"(redacted)","jwt":"(redacted)","signed_callbacks":true}`,
	} {
		if got := Redact([]byte(body)); got != want {
			t.Errorf("%s\n became %s\n   want %s", body, got, want)
		}
	}
}

// FuzzRedact: no body, however malformed, reveals a secret written the way the APIs write them.
func FuzzRedact(f *testing.F) {
	for _, seed := range []string{`{"a":`, `}`, `[`, `]`, `a=`, `&b=c`, `"`, `\`, "\n", `{"name":"x",`, `,"y":1}`} {
		f.Add(seed, "}")
	}
	f.Fuzz(func(t *testing.T, before, after string) {
		for _, secret := range []string{pemText, jwtText} {
			for _, text := range []string{secret, url.QueryEscape(secret)} {
				got := Redact([]byte(before + " " + text + " " + after))
				if strings.Contains(got, "topsecret") || strings.Contains(got, "c2lnbmF0dXJl") {
					t.Errorf("%q shows %q", before+" "+text+" "+after, got)
				}
			}
		}
	})
}
