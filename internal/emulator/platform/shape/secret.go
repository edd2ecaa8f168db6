// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package shape

import "strings"

// Secret accepts what can be an API secret.
type Secret struct{}

// Check implements Shape.
func (Secret) Check(c *Checker, name string, value, _ any) {
	if word, ok := value.(string); !ok || !IsSecret(word) {
		c.Refuse(name, "Does not meet complexity requirements")
	}
}

// IsSecret reports whether a text can be an API secret: 8 to 25 characters with a lower-case letter, an upper-case one and
// a digit (Account API 1.0.4).
func IsSecret(word string) bool {
	const lower, upper, digits = "abcdefghijklmnopqrstuvwxyz", "ABCDEFGHIJKLMNOPQRSTUVWXYZ", "0123456789"
	return len(word) >= 8 && len(word) <= 25 &&
		strings.ContainsAny(word, lower) && strings.ContainsAny(word, upper) && strings.ContainsAny(word, digits)
}
