// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package token

import (
	"context"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/hex"
	"strings"

	"github.com/golang-jwt/jwt/v5"
	"github.com/hashicorp/terraform-plugin-framework/function"
)

// NewVerifyWebhook returns the provider function verify_webhook.
func NewVerifyWebhook() function.Function {
	return verifyWebhook{}
}

type verifyWebhook struct{}

func (verifyWebhook) Metadata(_ context.Context, _ function.MetadataRequest, resp *function.MetadataResponse) {
	resp.Name = "verify_webhook"
}

func (verifyWebhook) Definition(_ context.Context, _ function.DefinitionRequest, resp *function.DefinitionResponse) {
	resp.Definition = function.Definition{
		Summary: "Tells whether Vonage signed a webhook and its body is unchanged.",
		MarkdownDescription: "Returns whether a signed webhook is genuine: whether `token` is signed (HS256) with the account's signature secret, " +
			"and its claim `payload_hash` is the SHA-256 of `body`. A token without that claim, as in webhooks without a body, matches only an empty " +
			"`body`.\n\n" +
			"The result depends on the arguments alone. The function does not use the clock, so it does not check the token's age: before you act on a webhook, " +
			"also check its `iat`. Nothing is sent to Vonage.",
		Parameters: []function.Parameter{
			function.StringParameter{
				Name:                "token",
				MarkdownDescription: "The token of the webhook's `Authorization` header, with or without `Bearer` before it.",
			},
			function.StringParameter{
				Name: "signature_secret",
				MarkdownDescription: "The account's signature secret, from the [settings](https://dashboard.vonage.com/settings) of the dashboard. " +
					"It must not be empty.",
			},
			function.StringParameter{
				Name:                "body",
				MarkdownDescription: "The webhook's body, byte for byte as received.",
			},
		},
		Return: function.BoolReturn{},
	}
}

func (verifyWebhook) Run(ctx context.Context, req function.RunRequest, resp *function.RunResponse) {
	var token, secret, body string
	if resp.Error = req.Arguments.Get(ctx, &token, &secret, &body); resp.Error != nil {
		return
	}
	if secret == "" {
		resp.Error = function.NewArgumentFuncError(1, "the signature secret must not be empty: anybody could sign with an empty one")
		return
	}
	resp.Error = resp.Result.Set(ctx, isGenuine(token, secret, body))
}

// isGenuine verifies signature and payload hash, following
// https://developer.vonage.com/en/getting-started/concepts/webhooks. It checks no expiry, because a function must return
// the same result for the same arguments in plan and apply.
func isGenuine(token, secret, body string) bool {
	if scheme, rest, found := strings.Cut(strings.TrimSpace(token), " "); found && strings.EqualFold(scheme, "Bearer") {
		token = strings.TrimSpace(rest)
	}
	var claims struct {
		jwt.RegisteredClaims

		PayloadHash string `json:"payload_hash"`
	}
	parser := jwt.NewParser(jwt.WithValidMethods([]string{jwt.SigningMethodHS256.Alg()}), jwt.WithoutClaimsValidation())
	_, err := parser.ParseWithClaims(token, &claims, func(*jwt.Token) (any, error) { return []byte(secret), nil })
	if err != nil {
		return false
	}
	if claims.PayloadHash == "" {
		return body == ""
	}
	sum := sha256.Sum256([]byte(body))
	want := hex.EncodeToString(sum[:])
	return subtle.ConstantTimeCompare([]byte(strings.ToLower(claims.PayloadHash)), []byte(want)) == 1
}
