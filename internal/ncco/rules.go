// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package ncco

import (
	"encoding/json"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/vonage/terraform-provider-vonage/internal/vonage"
)

// text accepts a string that is not empty. Numbers and booleans are converted, as everywhere in Terraform.
func text(found *problems, at string, value any) any {
	s, ok := asText(value)
	switch {
	case !ok:
		found.addf(at, "must be a string, not %s", kind(value))
	case s == "":
		found.addf(at, "must not be empty")
	}
	return s
}

func asText(value any) (string, bool) {
	switch v := value.(type) {
	case string:
		return v, true
	case bool:
		return strconv.FormatBool(v), true
	case json.Number:
		n, ok := parseNumber(v.String())
		if !ok {
			return "", false
		}
		return canonical(n).String(), true
	}
	return "", false
}

// matching accepts strings that match the pattern; meaning describes them in words.
func matching(pattern, meaning string) rule {
	expression := regexp.MustCompile(pattern)
	return func(found *problems, at string, value any) any {
		s, ok := asText(value)
		if !ok || !expression.MatchString(s) {
			found.addf(at, "must be %s, not %s", meaning, quote(value))
		}
		return s
	}
}

// oneOf accepts the words in any case and returns them as listed.
func oneOf(words ...string) rule {
	return func(found *problems, at string, value any) any {
		s, _ := value.(string)
		for _, word := range words {
			if strings.EqualFold(s, word) {
				return word
			}
		}
		found.addf(at, "must be %s, not %s", alternatives(words), quote(value))
		return value
	}
}

// spoken accepts text for speech synthesis: up to 1,500 characters, not counting SSML tags.
func spoken(found *problems, at string, value any) any {
	normal := text(found, at, value)
	said, _ := normal.(string)
	if strings.HasPrefix(said, "<speak") {
		said = ssmlTag.ReplaceAllString(said, "")
	}
	if n := utf8.RuneCountInString(said); n > 1500 {
		found.addf(at, "must have at most 1500 characters (SSML tags not counted), not %d", n)
	}
	return normal
}

var ssmlTag = regexp.MustCompile("<[^>]*>")

// msisdn accepts a phone number in any usual spelling and returns its E.164 digits.
func msisdn(found *problems, at string, value any) any {
	s, ok := asText(value)
	if !ok {
		found.addf(at, "must be a phone number, not %s", kind(value))
		return value
	}
	number, err := vonage.NormalizeMSISDN(s)
	if err != nil {
		found.addf(at, "%w", err)
	}
	return number
}

func boolean(found *problems, at string, value any) any {
	switch value {
	case true, "true":
		return true
	case false, "false":
		return false
	}
	found.addf(at, "must be true or false, not %s", quote(value))
	return value
}

// list accepts a list of a valid length, or a single value in place of a list of one.
func list(count count, element rule) rule {
	return func(found *problems, at string, value any) any {
		values, ok := value.([]any)
		if !ok && count != anyCount && !isJSON(value) {
			values, ok = []any{value}, true
		}
		if !ok {
			found.addf(at, "must be a list, not %s", kind(value))
			return value
		}
		if count == exactlyOne && len(values) != 1 || count == oneOrMore && len(values) == 0 {
			found.addf(at, "must hold %s, not %d", count, len(values))
		}
		normal := make([]any, len(values))
		for i, v := range values {
			position := fmt.Sprintf("%s[%d]", at, i)
			if v == nil {
				found.addf(position, "must not be null")
				continue
			}
			normal[i] = element(found, position, v)
		}
		return normal
	}
}

// count is the permitted number of elements of a list.
type count string

const (
	anyCount   count = "any number of values"
	oneOrMore  count = "at least one value"
	exactlyOne count = "exactly one value"
)
