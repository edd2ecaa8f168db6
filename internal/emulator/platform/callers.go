// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package platform

import (
	"strings"

	"github.com/golang-jwt/jwt/v5"
)

// ownerOf returns a function that tells whether a request's credentials name an account: by its key, or by one of its
// applications. They need not be valid; the account's own guards check them.
func (s *Server) ownerOf(r *Request) func(*Account) bool {
	if shown := legacyCredentials(r.Request, r.form()); shown.key != "" {
		return func(account *Account) bool { return account.APIKey == shown.key }
	}
	_, encoded, _ := strings.Cut(r.Header.Get("Authorization"), " ")
	claims := jwt.MapClaims{}
	if _, _, err := jwt.NewParser().ParseUnverified(encoded, claims); err != nil {
		return func(*Account) bool { return false }
	}
	id, _ := claims["application_id"].(string)
	return func(account *Account) bool { return account.KeyOf(id) != nil }
}
