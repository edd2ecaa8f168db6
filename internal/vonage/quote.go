// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package vonage

import (
	"fmt"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/vonage/terraform-provider-vonage/internal/vonage/transport"
)

// longestQuoted is the length in characters up to which a value is quoted whole.
const longestQuoted = 80

// Quote returns a value for a message to people: in quotation marks and shortened, or, if it may be a secret, only its
// length. Of a URL, credentials, query and fragment are left out. Every message that repeats a value goes through it,
// because any argument may be given a key, a token or a password by mistake.
func Quote(value string) string {
	shown := value
	if strings.Contains(value, "://") {
		shown = withoutSecretParts(value)
	}
	if shown == "" && value != "" || mayBeSecret(shown) {
		return fmt.Sprintf("a value of %d characters (not shown, because it may be a secret)", utf8.RuneCountInString(value))
	}
	if runes := []rune(shown); len(runes) > longestQuoted {
		shown = string(runes[:longestQuoted]) + "…"
	}
	return strconv.Quote(shown)
}

// apiKeyForm matches API keys as Vonage makes them (abcd1234 in the Account API 1.0.4).
var apiKeyForm = regexp.MustCompile(`^[0-9a-z]{1,8}$`)

// IsAPIKey reports whether text has the form of an API key.
func IsAPIKey(text string) bool { return apiKeyForm.MatchString(text) }

// QuoteAPIKey is Quote for an API key, which is no secret although it looks like one. Anything that does not have the form
// of a key is treated like any other value.
func QuoteAPIKey(key string) string {
	if IsAPIKey(key) {
		return strconv.Quote(key)
	}
	return Quote(key)
}

// withoutSecretParts returns a URL without credentials, query and fragment, and "" for text that only resembles a URL.
func withoutSecretParts(address string) string {
	u, err := url.Parse(address)
	switch {
	case err != nil:
		return ""
	case u.User == nil && u.RawQuery == "" && u.Fragment == "":
		return address
	}
	return (&url.URL{Scheme: u.Scheme, Host: u.Host, Path: u.Path, RawPath: u.RawPath}).String() + "…"
}

var (
	// knownID matches the ids of Vonage's objects, which are no secrets: a UUID, or a prefix such as CON- and a UUID.
	knownID = regexp.MustCompile(`^(?:[A-Z]{3}-)?[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$`)
	// shownScheme matches the beginning of addresses: the colon in it follows no user name.
	shownScheme = regexp.MustCompile(`(?i)\b(?:sips?|tel|mailto):`)
	// credentials match user:password@host, a query, and the value of a name such as password.
	credentials = regexp.MustCompile(`(?i)[^\s:/@]+:[^\s/@]*@|\?\S*=|(?:secret|passw|key|token|jwt|credential|signature)[a-z_-]*["']?\s*[:=]\s*\S`)
)

// mayBeSecret reports whether a text contains something that is written like a key, a token or a password. In doubt it
// does: a message loses little without the value, which stands in the configuration.
func mayBeSecret(text string) bool {
	if !utf8.ValidString(text) || transport.HoldsSecret(text) || credentials.MatchString(shownScheme.ReplaceAllString(text, "")) {
		return true
	}
	for word := range strings.FieldsSeq(text) {
		if !knownID.MatchString(word) && looksRandom(word) {
			return true
		}
	}
	return false
}

// looksRandom reports whether a word could have been generated. Vonage's API secrets have at least 8 characters, among
// them an upper-case letter, a lower-case one and a digit (https://developer.vonage.com/en/api/account, Create API
// Secret); older ones, and keys in hexadecimal or base64, mix letters and digits.
func looksRandom(word string) bool {
	const shortest = 8
	if len(word) >= shortest && strings.ContainsFunc(word, unicode.IsUpper) && strings.ContainsFunc(word, unicode.IsLower) &&
		strings.ContainsFunc(word, unicode.IsDigit) {
		return true
	}
	for _, run := range strings.FieldsFunc(word, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
		changes, digit := 0, false
		for i, r := range run {
			if i > 0 && unicode.IsDigit(r) != digit {
				changes++
			}
			digit = unicode.IsDigit(r)
		}
		if len(run) >= shortest && changes > 1 || len(run) > longestWord {
			return true
		}
	}
	return false
}

// longestWord is the length in bytes of the longest run of letters that is taken for a word.
const longestWord = 32
