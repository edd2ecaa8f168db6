// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package transport

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"unicode/utf8"
)

const (
	redacted = "(redacted)"
	// longestShown is the length in bytes up to which bodies are shown; of longer ones only the length is.
	longestShown = 64 << 10
)

// Redact renders a body for a log. In JSON and forms it replaces the values of secret keys; in any text it replaces
// whatever looks like a private key, a token or an Authorization value.
func Redact(body []byte) string {
	return redactText(redactMembers(body))
}

// HoldsSecret reports whether Redact would leave out a part of a text.
func HoldsSecret(text string) bool {
	// The mark is looked for without its parentheses, which forms escape.
	return strings.Contains(Redact([]byte(text)), strings.Trim(redacted, "()"))
}

// withoutSent returns the body of an error without the secrets that the request had: the words of an error may repeat what it refuses,
// and they go to people. Nothing in the words themselves tells a password that somebody chose.
func withoutSent(body []byte, req *http.Request) []byte {
	secrets := secretsIn(requestBody(req))
	if _, password, ok := req.BasicAuth(); ok {
		secrets = append(secrets, password)
	}
	for _, secret := range secrets {
		if len(secret) < shortestSent {
			continue
		}
		body = bytes.ReplaceAll(body, []byte(secret), []byte(redacted))
		if escaped, err := json.Marshal(secret); err == nil {
			body = bytes.ReplaceAll(body, bytes.Trim(escaped, `"`), []byte(redacted))
		}
	}
	return body
}

// shortestSent is the length of the shortest secret that can be told from the words around it.
const shortestSent = 6

// secretsIn returns the values of secret keys in a body of JSON.
func secretsIn(body []byte) (secrets []string) {
	document, _ := decodeJSON(body)
	var walk func(value any)
	walk = func(value any) {
		switch value := value.(type) {
		case map[string]any:
			for key, member := range value {
				if text, ok := member.(string); ok && isSecret(key) {
					secrets = append(secrets, text)
				}
				walk(member)
			}
		case []any:
			for _, member := range value {
				walk(member)
			}
		}
	}
	walk(document)
	return secrets
}

func redactMembers(body []byte) string {
	switch {
	case len(body) == 0:
		return ""
	case len(body) > longestShown || !utf8.Valid(body):
		return fmt.Sprintf("(%d bytes)", len(body))
	}
	if document, ok := decodeJSON(body); ok {
		text, err := json.Marshal(redactValue(document))
		if err != nil {
			return redacted
		}
		return string(text)
	}
	if form, ok := decodeForm(string(body)); ok {
		return form.Encode()
	}
	return secretMember.ReplaceAllString(string(body), "${1}"+redacted)
}

func decodeJSON(body []byte) (any, bool) {
	decoder := json.NewDecoder(bytes.NewReader(body))
	decoder.UseNumber()
	var document any
	if decoder.Decode(&document) != nil || decoder.More() {
		return nil, false
	}
	return document, true
}

func redactValue(value any) any {
	switch value := value.(type) {
	case map[string]any:
		for key, member := range value {
			if isSecret(key) {
				value[key] = redacted
			} else {
				value[key] = redactValue(member)
			}
		}
	case []any:
		for i := range value {
			value[i] = redactValue(value[i])
		}
	case string:
		return redactText(value)
	}
	return value
}

// formKey matches a form's keys, so that a text that merely contains an equals sign is not parsed as a form.
var formKey = regexp.MustCompile(`^[A-Za-z0-9_.-]+$`)

func decodeForm(body string) (url.Values, bool) {
	form, err := url.ParseQuery(body)
	if err != nil || !strings.Contains(body, "=") {
		return nil, false
	}
	for key, values := range form {
		if !formKey.MatchString(key) {
			return nil, false
		}
		for i := range values {
			if isSecret(key) {
				values[i] = redacted
			} else {
				values[i] = redactText(values[i])
			}
		}
	}
	return form, true
}

// secretKeys are the parts of a key, in lower case without separators, that mark its value as secret. public_key
// matches none.
var secretKeys = []string{"secret", "password", "privatekey", "token", "jwt", "authorization", "credential", "signature"}

func isSecret(key string) bool {
	key = strings.NewReplacer("_", "", "-", "").Replace(strings.ToLower(key))
	for _, secret := range secretKeys {
		if strings.Contains(key, secret) {
			return true
		}
	}
	return false
}

var (
	// secretMember finds the value of a secret key in JSON too broken to decode. The value may contain escaped quotes
	// and may be cut off.
	secretMember = regexp.MustCompile(
		`(?i)("[^"]*(?:secret|password|private_?key|token|jwt|authorization|credential|signature)[^"]*"\s*:\s*)` +
			`(?:"(?:[^"\\]|\\.)*(?:"|\\?$)|[^",}\]\s]+)`)
	secretTexts = []*regexp.Regexp{
		// Spaces may be written as + or %20.
		regexp.MustCompile(`(?s)-----BEGIN[A-Z0-9 +%]*PRIVATE[0-9 +%]+KEY-----.*?(?:-----END[A-Z0-9 +%]*PRIVATE[0-9 +%]+KEY-----|$)`),
		regexp.MustCompile(`eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]*(?:\.[A-Za-z0-9_-]*)?`),
		regexp.MustCompile(`://[^\s/?#@"]*:[^\s/?#@"]*@`),
	}
	authorization = regexp.MustCompile(`(?i)\b(?:basic|bearer)\s+[A-Za-z0-9+/=._~-]{8,}`)
)

func redactText(text string) string {
	return authorization.ReplaceAllString(RedactWords(text), redacted)
}

// RedactWords replaces whatever looks like a private key, a token or the credentials in a URL in a text for people, in
// which "basic authentication" is no secret.
func RedactWords(text string) string {
	for _, pattern := range secretTexts {
		text = pattern.ReplaceAllString(text, redacted)
	}
	return text
}
