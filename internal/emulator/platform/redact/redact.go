// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

// Package redact removes secrets from what people look at.
package redact

import (
	"cmp"
	"encoding/json"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"github.com/vonage/terraform-provider-vonage/internal/emulator/platform/document"
)

// Hidden replaces a secret.
const Hidden = "(hidden)"

// JSON encodes a value without secrets: see Redactor.JSON.
func JSON(value any, known ...string) ([]byte, error) { return New(known...).JSON(value) }

// Redactor knows secrets.
type Redactor struct{ known *strings.Replacer }

// New returns a redactor that knows secrets by their value, also as URLs have them.
func New(known ...string) Redactor {
	written := make([]string, 0, 3*len(known))
	for _, secret := range known {
		written = append(written, secret, url.QueryEscape(secret), url.PathEscape(secret))
	}
	slices.SortFunc(written, func(a, b string) int { return cmp.Compare(len(b), len(a)) }) // one may begin with another
	var hidden []string
	for _, secret := range written {
		if len(secret) >= shortest {
			hidden = append(hidden, secret, Hidden)
		}
	}
	return Redactor{strings.NewReplacer(hidden...)}
}

// shortest is the length of the shortest secret of an account. What is shorter is a word that stands in other texts, too.
const shortest = 8

// JSON encodes a value without secrets. They are told by the names that they have, wherever they stand: in headers, queries,
// forms, URLs, and bodies that are JSON within a text; by their form, as private keys and tokens are; and by their value, if they
// are among the known ones.
func (r Redactor) JSON(value any) ([]byte, error) {
	encoded, err := json.Marshal(value)
	if err != nil {
		return nil, err
	}
	parsed, err := document.Parse(encoded)
	if err != nil {
		return nil, err
	}
	return json.Marshal(r.value("", parsed))
}

func (r Redactor) value(name string, value any) any {
	switch value := value.(type) {
	case document.Object:
		shown := make(document.Object, len(value))
		for member, inner := range value {
			called := member
			if isSecret(name) {
				called = name // every part of an object that is a secret is one
			}
			shown[member] = r.value(called, inner)
		}
		return shown
	case []any:
		shown := make([]any, len(value))
		for i, inner := range value {
			called := name
			if _, object := inner.(document.Object); object {
				called = "" // a list of secrets says of each of them when it was made
			}
			shown[i] = r.value(called, inner)
		}
		return shown
	case string:
		if isSecret(name) {
			return conceal(value)
		}
		return r.text(value)
	case json.Number:
		if isSecret(name) {
			return Hidden
		}
	}
	return value
}

// isSecret reports whether something of that name is a secret: api_secret, client-secret, Authorization, accessToken.
func isSecret(name string) bool {
	plain := strings.Map(func(r rune) rune {
		if strings.ContainsRune("-_. ", r) {
			return -1
		}
		return r
	}, strings.ToLower(name))
	for _, word := range []string{"secret", "password", "passwd", "passphrase", "token", "authorization", "privatekey", "cookie", "credential", "signature"} {
		if strings.Contains(plain, word) {
			return true
		}
	}
	return slices.Contains([]string{"sig", "jwt", "xapikey", "accesskey", "auth", "xauth", "pass", "pwd"}, plain)
}

// conceal leaves of a secret nothing but the scheme of an Authorization header.
func conceal(value string) string {
	scheme, rest, more := strings.Cut(value, " ")
	switch strings.ToLower(scheme) {
	case "basic", "bearer":
		if more && rest != "" {
			return scheme + " " + Hidden
		}
	case "":
		return value
	}
	return Hidden
}

var (
	privateKey = regexp.MustCompile(`(?s)-----BEGIN [A-Z ]*PRIVATE KEY-----.*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)`)
	token      = regexp.MustCompile(`eyJ[\w-]{4,}\.[\w-]+(?:\.[\w-]*)?`)
	header     = regexp.MustCompile(`(?i)\b(basic|bearer)\s+[\w+/=.~-]{8,}`)
	userinfo   = regexp.MustCompile(`(://(?:[^/?#\s:@"]*:)?)[^/?#\s"]+@`)
	address    = regexp.MustCompile(`(?i)(sips?:[^/?#\s:@"]+:)[^/?#\s"]+@`) // RFC 3261, 19.1.1
	parameter  = regexp.MustCompile(`((?:^|[?&;#])([^=?&;#\s"]+)=)([^&;#\s"]+)`)
	property   = regexp.MustCompile(`("([^"\\]+)"\s*:\s*)("(?:[^"\\]|\\.)*"?|[-\w.+]+)`)
)

// text removes secrets from a text that is not a secret as a whole.
func (r Redactor) text(text string) string {
	if trimmed := strings.TrimSpace(text); strings.HasPrefix(trimmed, "{") || strings.HasPrefix(trimmed, "[") {
		if parsed, err := document.Parse([]byte(trimmed)); err == nil {
			if shown, err := json.Marshal(r.value("", parsed)); err == nil {
				return string(shown)
			}
		}
	}
	text = r.known.Replace(text)
	// Most texts have nothing that looks like a secret, and patterns take much longer than this.
	if strings.Contains(text, "-----BEGIN") {
		text = privateKey.ReplaceAllString(text, Hidden)
	}
	if strings.Contains(text, "eyJ") {
		text = token.ReplaceAllString(text, Hidden)
	}
	if strings.ContainsAny(text, " \t\r\n") {
		text = header.ReplaceAllString(text, "$1 "+Hidden)
	}
	if strings.Contains(text, "://") {
		text = userinfo.ReplaceAllString(text, "$1"+Hidden+"@")
	}
	if strings.Contains(text, "@") {
		text = address.ReplaceAllString(text, "$1"+Hidden+"@")
	}
	if strings.Contains(text, "=") {
		text = named(parameter, text, Hidden)
	}
	if strings.Contains(text, `"`) {
		text = named(property, text, `"`+Hidden+`"`)
	}
	return text
}

// named replaces the values that have the name of a secret: the first group of the pattern is what stands before the value, the second the name.
func named(pattern *regexp.Regexp, text string, by string) string {
	return pattern.ReplaceAllStringFunc(text, func(found string) string {
		groups := pattern.FindStringSubmatch(found)
		name, err := url.QueryUnescape(groups[2])
		if err != nil {
			name = groups[2]
		}
		if !isSecret(name) {
			return found
		}
		return groups[1] + by
	})
}
