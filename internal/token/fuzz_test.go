// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package token

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"strings"
	"testing"
)

func signed(header, payload, secret string) string {
	text := base64.RawURLEncoding.EncodeToString([]byte(header)) + "." + base64.RawURLEncoding.EncodeToString([]byte(payload))
	return text + "." + base64.RawURLEncoding.EncodeToString(mac(text, secret))
}

func mac(text, secret string) []byte {
	code := hmac.New(sha256.New, []byte(secret))
	code.Write([]byte(text))
	return code.Sum(nil)
}

const (
	anyHeader = `{"alg":"HS256","typ":"JWT"}`
	anySecret = "s"
)

// FuzzToken checks that a webhook is genuine only if its signature, computed independently here, is right.
func FuzzToken(f *testing.F) {
	hash := sha256.Sum256([]byte("body"))
	hashed := `{"payload_hash":"` + hex.EncodeToString(hash[:]) + `"}`
	for _, token := range []string{
		signed(anyHeader, hashed, anySecret), "Bearer " + signed(anyHeader, `{"iat":1}`, anySecret), signed(`{"alg":"none"}`, hashed, anySecret),
		signed(`{"alg":"HS512"}`, hashed, anySecret), signed(anyHeader, `{"payload_hash":1}`, anySecret), "", "..", "a.b.c", "Bearer", "Basic x.y.z",
		signed(anyHeader, hashed, "other"), signed(`{"alg":"HS256"}`, `null`, anySecret), signed(anyHeader, `{"payload_hash":""}`, anySecret),
	} {
		f.Add(token, "body")
		f.Add(token, "")
	}
	f.Fuzz(func(t *testing.T, token, body string) {
		if !isGenuine(token, anySecret, body) {
			return
		}
		fields := strings.Fields(token)
		parts := strings.Split(fields[len(fields)-1], ".")
		if len(parts) != 3 {
			t.Fatalf("%q is no token", token)
		}
		signature, err := base64.RawURLEncoding.DecodeString(parts[2])
		if err != nil || !hmac.Equal(signature, mac(parts[0]+"."+parts[1], anySecret)) {
			t.Errorf("the signature of %q is wrong", token)
		}
	})
}

// FuzzClaims checks that a signed token is genuine only if it has the hash of the body, or neither hash nor body is
// present.
func FuzzClaims(f *testing.F) {
	for _, payload := range []string{
		`{"payload_hash":"%s"}`, `{"payload_hash":"%S"}`, `{"payload_hash":""}`, `{"iat":1}`, `{}`, `null`, `[]`, `{"payload_hash":null}`,
		`{"payload_hash":["%s"]}`, `{"Payload_Hash":"%s"}`, `{"payload_hash":"x","payload_hash":"%s"}`, `{"payload_hash":"%s","exp":1,"nbf":"never"}`,
	} {
		f.Add(anyHeader, payload, "body")
		f.Add(`{"alg":"HS256","crit":["x"]}`, payload, "")
	}
	f.Fuzz(func(t *testing.T, header, payload, body string) {
		hash := sha256.Sum256([]byte(body))
		right := hex.EncodeToString(hash[:])
		payload = strings.NewReplacer("%s", right, "%S", strings.ToUpper(right)).Replace(payload)
		if !isGenuine(signed(header, payload, anySecret), anySecret, body) {
			if header == anyHeader && strings.EqualFold(payload, `{"payload_hash":"`+right+`"}`) && strings.HasPrefix(payload, `{"payload_hash"`) {
				t.Errorf("%s is refused for %q", payload, body)
			}
			return
		}
		var claims struct {
			Hash string `json:"payload_hash"`
		}
		if err := json.Unmarshal([]byte(payload), &claims); err != nil {
			t.Fatalf("%s: %v", payload, err)
		}
		if !strings.EqualFold(claims.Hash, right) && claims.Hash+body != "" {
			t.Errorf("%s is genuine for %q", payload, body)
		}
		if isGenuine(signed(header, payload, anySecret), anySecret+"x", body) || isGenuine(signed(header, payload, anySecret), anySecret, body+"x") {
			t.Errorf("%s is genuine for another secret or body", payload)
		}
	})
}
