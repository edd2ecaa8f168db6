// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package platform

import (
	"encoding/json"
	"errors"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/golang-jwt/jwt/v5"

	"github.com/vonage/terraform-provider-vonage/internal/emulator/platform/document"
)

// Bearer tokens of the Conversation, Users and Voice APIs:
// https://developer.vonage.com/en/getting-started/concepts/authentication and
// https://api.support.vonage.com/hc/en-us/articles/360000958407-How-long-is-my-JSON-Web-Token-valid-for.

const (
	longestLifetime  = 24 * time.Hour // from iat, whatever exp says
	shortestLifetime = 30 * time.Second
	defaultLifetime  = 15 * time.Minute // of a token without exp
)

// token identifies the caller: an application and, if the token has a subject, one of its users.
type token struct {
	ApplicationID string
	Subject       string
}

// tokenError is the reason for refusing a token.
type tokenError struct{ kind, detail string }

func (e *tokenError) Error() string { return e.kind }

func invalidToken() error {
	return &tokenError{"invalid-token", "You did not provide a valid token. Please provide a valid token."}
}

func expiredToken() error {
	return &tokenError{"expired-token", "The token has expired. Please provide a valid token."}
}

// AuthenticateToken guards the APIs of an application.
func (a *Account) AuthenticateToken(r *Request) (Response, bool) {
	granted, err := a.checkToken(r)
	if err == nil && a.isSuspended() {
		err = invalidToken()
	}
	if refused, ok := errors.AsType[*tokenError](err); ok {
		return TokenRefused(refused.kind, refused.detail), false
	}
	if err != nil {
		return TokenRefused("invalid-token", err.Error()), false
	}
	r.Token = granted
	return Response{}, true
}

func (a *Account) checkToken(r *Request) (token, error) {
	authorization := r.Header.Get("Authorization")
	if authorization == "" {
		return token{}, &tokenError{"missing-token", "You did not provide a token. Please provide a valid token."}
	}
	scheme, encoded, _ := strings.Cut(authorization, " ")
	if !strings.EqualFold(scheme, "Bearer") {
		return token{}, invalidToken()
	}
	claims := jwt.MapClaims{}
	// The claims are checked below: the API's rules differ from the library's.
	parser := jwt.NewParser(jwt.WithValidMethods([]string{"RS256"}), jwt.WithoutClaimsValidation(), jwt.WithJSONNumber())
	if _, err := parser.ParseWithClaims(encoded, claims, a.verificationKey); err != nil {
		return token{}, invalidToken()
	}
	if err := a.checkLifetime(claims); err != nil {
		return token{}, err
	}
	if id, _ := claims["jti"].(string); id == "" {
		return token{}, invalidToken()
	}
	if list, given := claims["acl"]; given && !aclAllows(list, r.Method, r.URL.Path) {
		return token{}, &tokenError{"permission", "You do not have permission to perform this action."}
	}
	applicationID, _ := claims["application_id"].(string)
	subject, _ := claims["sub"].(string)
	return token{ApplicationID: applicationID, Subject: subject}, nil
}

func (a *Account) isSuspended() bool {
	a.Lock()
	defer a.Unlock()
	return a.Suspended
}

// verificationKey returns the public key of the application that the token names.
func (a *Account) verificationKey(unverified *jwt.Token) (any, error) {
	claims, _ := unverified.Claims.(jwt.MapClaims)
	id, _ := claims["application_id"].(string)
	key := a.KeyOf(id)
	if key == nil {
		return nil, invalidToken()
	}
	return key, nil
}

// checkLifetime requires iat or exp, and limits the token's validity by both.
func (a *Account) checkLifetime(claims jwt.MapClaims) error {
	now := a.Now()
	issued, hasIssued, issuedFits := date(claims, "iat")
	expires, hasExpires, expiresFits := date(claims, "exp")
	notBefore, hasNotBefore, notBeforeFits := date(claims, "nbf")
	latest := now.Add(a.Variant.ClockSkew)
	switch {
	case !issuedFits || !expiresFits || !notBeforeFits || !hasIssued && !hasExpires,
		hasIssued && issued.After(latest),
		hasNotBefore && notBefore.After(latest),
		hasIssued && hasExpires && expires.Sub(issued) < shortestLifetime:
		return invalidToken()
	case !hasExpires:
		expires = issued.Add(defaultLifetime)
	case hasIssued && expires.After(issued.Add(longestLifetime)):
		expires = issued.Add(longestLifetime)
	}
	if !now.Before(expires) {
		return expiredToken()
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

// AdmitCodedJSON is AdmitJSON with the refusals of the APIs whose problems have codes.
func AdmitCodedJSON(r *Request) (Response, bool) {
	refusal, ok := AdmitJSON(r)
	switch {
	case ok:
		return Response{}, true
	case refusal.Status == http.StatusNotAcceptable:
		return codedWrongAccept(), false
	default:
		return codedWrongContentType(), false
	}
}
