// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"crypto/sha256"
	"encoding/hex"
	"net/http"

	"github.com/golang-jwt/jwt/v5"
)

// sign authenticates a webhook request as Vonage's, for applications with signed_callbacks: with a token signed with
// the account's signature secret, which covers the body if there is one.
// https://developer.vonage.com/en/getting-started/concepts/webhooks#decoding-signed-webhooks
func (e *Emulator) sign(r *http.Request, body []byte, application document) error {
	if !flag(application, "capabilities", "voice", "signed_callbacks") {
		return nil
	}
	claims := jwt.MapClaims{
		"iat": e.options.Now().Unix(), "jti": newUUID(), "iss": "Vonage",
		"api_key": e.options.APIKey, "application_id": text(application, "id"),
	}
	if body != nil {
		digest := sha256.Sum256(body)
		claims["payload_hash"] = hex.EncodeToString(digest[:])
	}
	signed, err := jwt.NewWithClaims(jwt.SigningMethodHS256, claims).SignedString([]byte(e.options.SignatureSecret))
	if err != nil {
		return err
	}
	r.Header.Set("Authorization", "Bearer "+signed)
	return nil
}
