// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package token_test

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/golang-jwt/jwt/v5"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"

	"github.com/vonage/terraform-provider-vonage/internal/acctest"
)

const secret = "signature-secret"

func hash(body string) string {
	sum := sha256.Sum256([]byte(body))
	return hex.EncodeToString(sum[:])
}

func TestVerifyWebhook(t *testing.T) {
	t.Parallel()
	const body = `{"status":"answered","uuid":"aaaaaaaa-bbbb-cccc-dddd-0123456789ab"}`
	sign := func(method jwt.SigningMethod, key any, claims jwt.MapClaims) string {
		claims["iss"], claims["iat"], claims["jti"] = "Vonage", 1587494962, "c5ba8f24-1a14-4c10-bfdf-3fbe8ce511b5"
		token, err := jwt.NewWithClaims(method, claims).SignedString(key)
		if err != nil {
			t.Fatal(err)
		}
		return token
	}
	signed := sign(jwt.SigningMethodHS256, []byte(secret), jwt.MapClaims{"payload_hash": hash(body)})
	unhashed := sign(jwt.SigningMethodHS256, []byte(secret), jwt.MapClaims{})
	parts := strings.Split(signed, ".")

	protocol := acctest.New(t).Protocol(t)
	for name, test := range map[string]struct {
		token, body string
		want        bool
	}{
		"genuine":                   {signed, body, true},
		"as in the header":          {"Bearer " + signed, body, true},
		"in lower case":             {"bearer  " + signed + " ", body, true},
		"long ago: it has no clock": {sign(jwt.SigningMethodHS256, []byte(secret), jwt.MapClaims{"payload_hash": hash(body), "exp": 1}), body, true},
		"hash in upper case":        {sign(jwt.SigningMethodHS256, []byte(secret), jwt.MapClaims{"payload_hash": strings.ToUpper(hash(body))}), body, true},
		"without a body":            {unhashed, "", true},
		"hash of an empty body":     {sign(jwt.SigningMethodHS256, []byte(secret), jwt.MapClaims{"payload_hash": hash("")}), "", true},

		"another body":           {signed, body + " ", false},
		"the body taken away":    {signed, "", false},
		"a body added":           {unhashed, body, false},
		"another secret":         {sign(jwt.SigningMethodHS256, []byte("another"), jwt.MapClaims{"payload_hash": hash(body)}), body, false},
		"another algorithm":      {sign(jwt.SigningMethodHS512, []byte(secret), jwt.MapClaims{"payload_hash": hash(body)}), body, false},
		"an application's token": {sign(jwt.SigningMethodRS256, acctest.Key(7), jwt.MapClaims{"payload_hash": hash(body)}), body, false},
		"not signed":             {sign(jwt.SigningMethodNone, jwt.UnsafeAllowNoneSignatureType, jwt.MapClaims{"payload_hash": hash(body)}), body, false},
		"signature cut off":      {parts[0] + "." + parts[1] + ".", body, false},
		"no token":               {"", body, false},
		"no token at all":        {"Basic a2V5OnNlY3JldA==", body, false},
	} {
		got, err := protocol.Call("verify_webhook", test.token, secret, test.body)
		if err != nil || got != test.want {
			t.Errorf("%s: %v, %v", name, got, err)
		}
	}

	_, err := protocol.Call("verify_webhook", signed, "", body)
	var failure *acctest.FunctionError
	if !errors.As(err, &failure) || failure.Argument != 1 || !strings.Contains(failure.Text, "signature secret") {
		t.Errorf("an empty secret: %v", err)
	}
}

func TestVerifyWebhookThroughTerraform(t *testing.T) {
	t.Parallel()
	env := acctest.New(t)
	claims := jwt.MapClaims{"iss": "Vonage", "payload_hash": hash("{}")}
	signed, err := jwt.NewWithClaims(jwt.SigningMethodHS256, claims).SignedString([]byte(secret))
	if err != nil {
		t.Fatal(err)
	}
	output := func(name, secret, body string) string {
		return fmt.Sprintf("\noutput %q {\n  value = provider::vonage::verify_webhook(%q, %q, %q)\n}\n", name, "Bearer "+signed, secret, body)
	}
	env.Test(t, resource.TestCase{Steps: []resource.TestStep{
		{
			Config:      env.ProviderConfig() + output("empty", "", "{}"),
			ExpectError: regexp.MustCompile(`Invalid\s+value\s+for\s+"signature_secret"\s+parameter`),
		},
		{
			Config: env.ProviderConfig() + output("genuine", secret, "{}") + output("changed", secret, "{ }") + output("foreign", "another", "{}"),
			ConfigStateChecks: []statecheck.StateCheck{
				statecheck.ExpectKnownOutputValue("genuine", knownvalue.Bool(true)),
				statecheck.ExpectKnownOutputValue("changed", knownvalue.Bool(false)),
				statecheck.ExpectKnownOutputValue("foreign", knownvalue.Bool(false)),
			},
		},
	}})
}
