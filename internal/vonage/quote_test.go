// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package vonage

import (
	"strings"
	"testing"
)

func TestQuote(t *testing.T) {
	t.Parallel()
	for value, want := range map[string]string{
		"":                          `""`,
		"eu-west\n":                 `"eu-west\n"`,
		"Support line":              `"Support line"`,
		"+44 07700 900001":          `"+44 07700 900001"`,
		"447700900001x":             `"447700900001x"`,
		"audio/l16;rate=8000":       `"audio/l16;rate=8000"`,
		"sip:alice@example.com":     `"sip:alice@example.com"`,
		"2026-01-31T09:00:00+01:00": `"2026-01-31T09:00:00+01:00"`,
		"CON-d66d47de-5bcb-4300-94f0-0c9d4b948e9a":         `"CON-d66d47de-5bcb-4300-94f0-0c9d4b948e9a"`,
		"https://example.com/answer":                       `"https://example.com/answer"`,
		"https://example.com/answer?source=twilio":         `"https://example.com/answer…"`,
		"https://user:pa55word@example.com/a?token=abc#fr": `"https://example.com/a…"`,
		strings.Repeat("long ", 30):                        `"` + strings.Repeat("long ", 16) + `…"`,
	} {
		if got := Quote(value); got != want {
			t.Errorf("Quote(%q) = %s, want %s", value, got, want)
		}
	}
}

func TestQuoteAPIKey(t *testing.T) {
	t.Parallel()
	for value, want := range map[string]string{
		"abcd1234": `"abcd1234"`, "a1b2c3d4": `"a1b2c3d4"`, "": `""`,
		"Secr3tXy":         "a value of 8 characters (not shown, because it may be a secret)",
		"a1b2c3d4e5f6a7b8": "a value of 16 characters (not shown, because it may be a secret)",
	} {
		if got := QuoteAPIKey(value); got != want {
			t.Errorf("QuoteAPIKey(%q) = %s, want %s", value, got, want)
		}
	}
}

func TestQuoteHidesSecrets(t *testing.T) {
	t.Parallel()
	for name, value := range map[string]string{
		"private key":            "-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBgkqhkiG\n-----END PRIVATE KEY-----\n",
		"escaped private key":    `-----BEGIN RSA PRIVATE KEY-----\nMIIEvQIBADANBgkqhkiG\n-----END RSA PRIVATE KEY-----\n`,
		"body of a key":          "MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7",
		"token":                  "eyJhbGciOiJSUzI1NiJ9.eyJhcHBsaWNhdGlvbl9pZCI6IngifQ.c2lnbmF0dXJl-_x",
		"header":                 "Authorization: Bearer abcdefghijkl",
		"API secret":             "Emulator0Secret",
		"API secret with signs":  "Sup3r-S3cret!",
		"old API secret":         "a1b2c3d4e5f6a7b8",
		"secret in a sentence":   "the secret is Emulator0Secret, I think",
		"password by name":       "password = hunter2",
		"JSON":                   `{"private_key":"x y z"}`,
		"form":                   "api_key=k&api_secret=x",
		"credentials, no scheme": "user:hunter2@example.com/path",
		"query, no scheme":       "example.com/path?t=hunter2",
		"SIP password":           "sip:alice:hunter2@example.com",
		"path with a token":      "https://hooks.example.com/services/T0Ab3dE9fGh/x",
		"broken URL":             "https://user:hunter2@example.com:port/",
		"binary":                 "\xff\xfe0",
		"long":                   strings.Repeat("long ", 30) + "Emulator0Secret",
	} {
		if got := Quote(value); !strings.HasPrefix(got, "a value of ") || strings.Contains(got, value) {
			t.Errorf("%s: %s", name, got)
		}
	}
}
