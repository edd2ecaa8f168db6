// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/vonage/terraform-provider-vonage/internal/framework"
)

// FuzzCredentials feeds anything to the environment and to the CLI's file. Whatever comes out is a whole pair or a
// CredentialsError, and no message holds a secret.
func FuzzCredentials(f *testing.F) {
	const mark = "S3CR3T" // what secrets are known by
	for _, seed := range [][4]string{
		{"", "", "", ""},
		{"key", "secret", "", ""},
		{"key", "", "token", "not a key"},
		{"", "", "a.b.c", ""},
		{"", "", "", "-----BEGIN PRIVATE KEY-----\nx\n-----END PRIVATE KEY-----"},
		{"\x00", "\x00", "\x00", "\x00"},
	} {
		f.Add(seed[0], seed[1], seed[2], seed[3], `{"api-key":"a","apiSecret":"`+mark+`","private-key":"`+mark+`"}`)
		f.Add(seed[0], seed[1], seed[2], seed[3], `{"private-key":{"`+mark+`":1},"app-id":"1"`)
	}
	f.Fuzz(func(t *testing.T, key, secret, jwt, privateKey, file string) {
		cwd := t.TempDir()
		if err := os.WriteFile(filepath.Join(cwd, ".vonagerc"), []byte(file), 0o600); err != nil {
			t.Fatal(err)
		}
		marked := func(text string) string {
			if text == "" {
				return ""
			}
			return mark + text
		}
		environment := map[string]string{
			"VONAGE_API_KEY": key, "VONAGE_API_SECRET": marked(secret), "VONAGE_JWT": marked(jwt),
			"VONAGE_APPLICATION_ID": "78d335fa-323d-0114-9c3d-d6f0d48968cf", "VONAGE_PRIVATE_KEY": marked(privateKey),
		}
		c := credentials{sources: sources{
			environment: func(name string) string { return environment[name] }, workingDirectory: cwd, home: cwd,
		}}

		account, err := c.account()
		if err == nil && (account.APIKey == "" || account.APISecret == "") {
			t.Errorf("half an account: %q", account.APIKey)
		}
		explained(t, err, mark)

		found, err := c.application()
		if err == nil && (found.jwt == "") == (found.privateKey == nil) {
			t.Error("neither a token nor a key, or both")
		}
		explained(t, err, mark)
	})
}

func explained(t *testing.T, err error, mark string) {
	t.Helper()
	if err == nil {
		return
	}
	if credentials, ok := errors.AsType[*framework.CredentialsError](err); !ok || credentials.Message == "" {
		t.Errorf("%T: %v", err, err)
	}
	if strings.Contains(err.Error(), mark) {
		t.Errorf("%q holds a secret", err)
	}
}
