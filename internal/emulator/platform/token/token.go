// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

// Package token checks the bearer tokens of the Conversation, Users and Voice APIs:
// https://developer.vonage.com/en/getting-started/concepts/authentication and
// https://api.support.vonage.com/hc/en-us/articles/360000958407-How-long-is-my-JSON-Web-Token-valid-for.
package token

import (
	"crypto/rsa"
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/golang-jwt/jwt/v5"

	"github.com/vonage/terraform-provider-vonage/internal/emulator/platform/document"
)

const (
	longestLifetime  = 24 * time.Hour // from iat, whatever exp says
	shortestLifetime = 30 * time.Second
	defaultLifetime  = 15 * time.Minute // of a token without exp
)

// Token identifies the caller: an application and, if the token has a subject, one of its users.
type Token struct {
	ApplicationID string
	Subject       string
}

// Error is the reason for refusing a token.
type Error struct{ Kind, Detail string }

// Error returns the kind, such as "expired-token".
func (e *Error) Error() string { return e.Kind }

// Invalid refuses a token without saying why.
func Invalid() *Error {
	return &Error{"invalid-token", "You did not provide a valid token. Please provide a valid token."}
}

// Rules are what an account accepts.
type Rules struct {
	// KeyOf returns the public key of an application, nil if there is none.
	KeyOf func(applicationID string) *rsa.PublicKey
	Now   time.Time
	// Skew is how far a token may come from the future.
	Skew time.Duration
}

// Check returns the token of a request, or why it is refused.
func (rules Rules) Check(r *http.Request) (Token, *Error) {
	authorization := r.Header.Get("Authorization")
	if authorization == "" {
		return Token{}, &Error{"missing-token", "You did not provide a token. Please provide a valid token."}
	}
	scheme, encoded, _ := strings.Cut(authorization, " ")
	if !strings.EqualFold(scheme, "Bearer") {
		return Token{}, Invalid()
	}
	claims := jwt.MapClaims{}
	// The claims are checked below: the API's rules differ from the library's.
	parser := jwt.NewParser(jwt.WithValidMethods([]string{"RS256"}), jwt.WithoutClaimsValidation(), jwt.WithJSONNumber())
	if _, err := parser.ParseWithClaims(encoded, claims, rules.verificationKey); err != nil {
		return Token{}, Invalid()
	}
	if err := rules.checkLifetime(claims); err != nil {
		return Token{}, err
	}
	if id, _ := claims["jti"].(string); id == "" {
		return Token{}, Invalid()
	}
	if list, given := claims["acl"]; given && !aclAllows(list, r.Method, r.URL.Path) {
		return Token{}, &Error{"permission", "You do not have permission to perform this action."}
	}
	applicationID, _ := claims["application_id"].(string)
	subject, _ := claims["sub"].(string)
	return Token{ApplicationID: applicationID, Subject: subject}, nil
}

// verificationKey returns the public key of the application that the token names.
func (rules Rules) verificationKey(unverified *jwt.Token) (any, error) {
	claims, _ := unverified.Claims.(jwt.MapClaims)
	id, _ := claims["application_id"].(string)
	key := rules.KeyOf(id)
	if key == nil {
		return nil, Invalid()
	}
	return key, nil
}

// checkLifetime requires iat or exp, and limits the token's validity by both.
func (rules Rules) checkLifetime(claims jwt.MapClaims) *Error {
	issued, hasIssued, issuedFits := date(claims, "iat")
	expires, hasExpires, expiresFits := date(claims, "exp")
	notBefore, hasNotBefore, notBeforeFits := date(claims, "nbf")
	latest := rules.Now.Add(rules.Skew)
	switch {
	case !issuedFits || !expiresFits || !notBeforeFits || !hasIssued && !hasExpires,
		hasIssued && issued.After(latest),
		hasNotBefore && notBefore.After(latest),
		hasIssued && hasExpires && expires.Sub(issued) < shortestLifetime:
		return Invalid()
	case !hasExpires:
		expires = issued.Add(defaultLifetime)
	case hasIssued && expires.After(issued.Add(longestLifetime)):
		expires = issued.Add(longestLifetime)
	}
	if !rules.Now.Before(expires) {
		return &Error{"expired-token", "The token has expired. Please provide a valid token."}
	}
	return nil
}

// date parses a claim in Unix seconds.
func date(claims jwt.MapClaims, name string) (when time.Time, present, fits bool) {
	value, present := claims[name]
	if !present {
		return time.Time{}, false, true
	}
	number, ok := value.(json.Number)
	if !ok {
		return time.Time{}, true, false
	}
	seconds, err := number.Float64()
	return time.UnixMilli(int64(seconds * 1000)), true, err == nil
}

// aclAllows reports whether a path of the acl, and its methods if it lists any, cover a request. It ignores filters.
func aclAllows(list any, method, path string) bool {
	for pattern, rule := range document.ObjectAt(list, "paths") {
		if !aclMatches(strings.Split(pattern, "/"), strings.Split(path, "/")) {
			continue
		}
		methods, limited := document.At(rule, "methods").([]any)
		if !limited || slices.Contains(methods, any(method)) {
			return true
		}
	}
	return false
}

// aclMatches compares segments: "*" matches one, "**" any number including none.
func aclMatches(pattern, path []string) bool {
	switch {
	case len(pattern) == 0:
		return len(path) == 0
	case pattern[0] == "**":
		for i := range len(path) + 1 {
			if aclMatches(pattern[1:], path[i:]) {
				return true
			}
		}
		return false
	case len(path) == 0 || pattern[0] != "*" && pattern[0] != path[0]:
		return false
	default:
		return aclMatches(pattern[1:], path[1:])
	}
}
