// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package conversation_test

import (
	"net/http"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"

	"github.com/vonage/terraform-provider-vonage/internal/acctest"
	"github.com/vonage/terraform-provider-vonage/internal/emulator"
)

// Each reason why a conversation cannot be read has its own message.
func TestRefusals(t *testing.T) {
	t.Parallel()
	signed := func(key int, claims jwt.MapClaims) values {
		token := jwt.NewWithClaims(jwt.SigningMethodRS256, claims)
		text, err := token.SignedString(acctest.Key(key))
		if err != nil {
			t.Fatal(err)
		}
		return values{"jwt": text}
	}
	now := time.Now()
	for name, test := range map[string]struct {
		credentials values
		config      values
		prepare     func(*acctest.Env)
		attribute   string
		words       []string
	}{
		"ended call": {
			credentials: asA(),
			prepare:     func(env *acctest.Env) { env.Emulator.RemoveConversation(conversationID) },
			attribute:   "id",
			words: []string{
				"Unable to read conversation", conversationID, "conversation:error:not-found", "The call has ended", "application " + applicationA,
				"set region_url", "allow_missing",
			},
		},
		"foreign application": {
			credentials: values{"application_id": applicationB, "private_key": acctest.PrivateKey(keyB)},
			attribute:   "id",
			words:       []string{"belongs to another application; the provider's credentials are those of application " + applicationB},
		},
		"foreign application's token": {
			credentials: signed(keyB, jwt.MapClaims{"application_id": applicationB, "iat": now.Unix(), "jti": "1"}),
			attribute:   "id",
			words:       []string{"belongs to another application; the provider's credentials are those of application " + applicationB},
		},
		"wrong region": {
			credentials: asA(),
			prepare:     func(env *acctest.Env) { env.Emulator.RemoveConversation(conversationID) },
			config:      values{"region_url": "the emulator's"},
			attribute:   "id",
			words:       []string{"in another region than http://127.0.0.1:", "compare region_url"},
		},
		"wrong key": {
			credentials: values{"application_id": applicationA, "private_key": acctest.PrivateKey(keyB)},
			words: []string{
				"Unable to read conversation", "system:error:invalid-token", "does not accept the token", "application " + applicationA, "private_key", "clock",
			},
		},
		"expired token": {
			credentials: signed(keyA, jwt.MapClaims{"application_id": applicationA, "iat": now.Add(-time.Hour).Unix(), "exp": now.Add(-time.Minute).Unix(), "jti": "1"}),
			words:       []string{"Unable to read conversation", "system:error:expired-token", "jwt", "expired", "application " + applicationA},
		},
		"no credentials": {words: []string{"application_id", "private_key"}},
		"key not known yet": {
			credentials: values{"application_id": applicationA, "private_key": acctest.Unknown},
			words:       []string{"known only after apply", "depends_on"},
		},
		"application not known yet": {
			credentials: values{"application_id": acctest.Unknown, "private_key": acctest.PrivateKey(keyA)},
			words:       []string{"known only after apply", "depends_on"},
		},
		"Vonage is down": {
			credentials: asA(),
			prepare: func(env *acctest.Env) {
				fault := emulator.Fault{Kind: emulator.Status, Status: http.StatusInternalServerError, Times: -1}
				env.Fail(t, fault)
			},
			words: []string{"Unable to read conversation", "500"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			env := newEnv(t)
			if test.prepare != nil {
				test.prepare(env)
			}
			config := values{"id": conversationID}
			if test.config != nil {
				config["region_url"] = env.URL
			}
			_, diags := env.Protocol(t, test.credentials, values{"max_retries": 0}).ReadDataSource("vonage_conversation", config)
			diags.MustFail(t, test.attribute, test.words...)
		})
	}
}

func TestConfigurationIsChecked(t *testing.T) {
	t.Parallel()
	protocol := newEnv(t).Protocol(t)
	for attribute, bad := range map[string][]any{
		"id":          {"", "CON-", "con-1", "MEM-1", " CON-1", "CON-1 ", "bc643220-2542-499a-892e-c982c4150c06"},
		"api_version": {"", "v2", "V1", "v0.2", "1"},
		"region_url":  {"", "api-us-3.vonage.com", "https://evilvonage.com", "http://api-us-3.vonage.com", "https://k:s@nexmo.com", "https://nexmo.com/v1", "https://nexmo.com?a"},
	} {
		for _, value := range bad {
			config := values{"id": conversationID}
			config[attribute] = value
			protocol.ValidateDataSource("vonage_conversation", config).MustFail(t, attribute)
		}
	}
	for _, good := range []values{
		{"id": "CON-bc643220-2542-499a-892e-46edebio0391"}, // examples in Vonage's documentation have letters that are not valid in a UUID
		{"id": acctest.Unknown, "api_version": acctest.Unknown, "region_url": acctest.Unknown, "allow_missing": acctest.Unknown},
		{"id": "CON-1", "api_version": "beta", "region_url": "https://api-eu-3.vonage.com", "allow_missing": true},
	} {
		protocol.ValidateDataSource("vonage_conversation", good).MustBeEmpty(t)
	}
}

// A conversation can be read without an API key, and without a warning about its absence.
func TestNeedsNoAPIKey(t *testing.T) {
	t.Parallel()
	env := newEnv(t)
	_, diags := env.Protocol(t, asA(), values{"api_key": nil, "api_secret": nil}).ReadDataSource("vonage_conversation", values{"id": conversationID})
	diags.MustBeEmpty(t)
}
