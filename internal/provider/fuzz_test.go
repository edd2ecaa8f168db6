// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"encoding/base64"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/vonage/terraform-provider-vonage/internal/framework"
	"github.com/vonage/terraform-provider-vonage/internal/vonage"
)

// FuzzCredentials puts arbitrary text into the provider block or the environment, and into one of the CLI's files. The
// result must be a complete pair, a CredentialsError or an UnknownError, and no message may contain a secret.
func FuzzCredentials(f *testing.F) {
	const mark = "S3CR3T" // marks secrets
	for _, seed := range [][4]string{
		{"", "", "", ""},
		{"key", "secret", "", ""},
		{"key", "", "token", "not a key"},
		{"", "", "a.b.c", ""},
		{"", "", "", "-----BEGIN PRIVATE KEY-----\nx\n-----END PRIVATE KEY-----"},
		{"\x00", "\x00", "\x00", "\x00"},
	} {
		for place := range byte(16) {
			f.Add(seed[0], seed[1], seed[2], seed[3], `{"api-key":"a","apiSecret":"`+mark+`","private-key":"`+mark+`"}`, place)
			f.Add(seed[0], seed[1], seed[2], seed[3], `{"private-key":{"`+mark+`":1},"app-id":"1"`, place)
		}
	}
	home, cwd := f.TempDir(), f.TempDir()
	files := []string{filepath.Join(cwd, ".vonagerc"), filepath.Join(home, ".vonage", "config.json")}
	if err := os.Mkdir(filepath.Dir(files[1]), 0o700); err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, key, secret, jwt, privateKey, file string, place byte) {
		written, other := files[place&1], files[1-place&1]
		if err := os.WriteFile(written, []byte(file), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.Remove(other); err != nil && !errors.Is(err, fs.ErrNotExist) {
			t.Fatal(err)
		}
		found := sources{environment: func(string) string { return "" }, workingDirectory: cwd, home: home}
		settings := map[string]string{
			"VONAGE_API_KEY": key, "VONAGE_API_SECRET": marked(mark, secret), "VONAGE_JWT": marked(mark, jwt),
			"VONAGE_APPLICATION_ID": "78d335fa-323d-0114-9c3d-d6f0d48968cf", "VONAGE_PRIVATE_KEY": marked(mark, privateKey),
		}
		if place&2 == 0 {
			found.environment = func(name string) string { return settings[name] }
		} else {
			found.config = model{
				APIKey: types.StringValue(settings["VONAGE_API_KEY"]), APISecret: types.StringValue(settings["VONAGE_API_SECRET"]),
				JWT: types.StringValue(settings["VONAGE_JWT"]), PrivateKey: types.StringValue(settings["VONAGE_PRIVATE_KEY"]),
			}
			if place&4 != 0 {
				found.config.APISecret = types.StringUnknown()
			}
			if place&8 != 0 {
				found.config.PrivateKey = types.StringUnknown()
			}
		}
		c := credentials{sources: found}

		account, err := c.account()
		if err == nil && (account.APIKey == "" || account.APISecret == "") || err != nil && account != (vonage.Account{}) {
			t.Errorf("half an account: %q and %v", account.APIKey, err)
		}
		explained(t, err, mark)

		application, err := c.application()
		if err == nil && (application.jwt == "") == (application.privateKey == nil) || err != nil && application != (applicationCredentials{}) {
			t.Errorf("neither a token nor a key, or both, and %v", err)
		}
		explained(t, err, mark)
	})
}

func marked(mark, text string) string {
	if text == "" {
		return ""
	}
	return mark + text
}

// FuzzJWT checks that every token that checkJWT accepts can be used, whether or not it names an application.
func FuzzJWT(f *testing.F) {
	for _, payload := range []string{`{"application_id":"A"}`, `{"application_id":1}`, `{}`, `null`, `[]`, ``, `{"a"`, "\xff"} {
		f.Add("e30." + base64.RawURLEncoding.EncodeToString([]byte(payload)) + ".x")
	}
	for _, seed := range []string{"", "..", "a.b.c", " e30.e30.x\n", "e30.e30.", "e30=.e30.x", "e30.e30.x.y"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, token string) {
		err := checkJWT(vonage.Pasted(token))
		if err != nil {
			if len(token) > 20 && strings.Contains(err.Error(), token) {
				t.Errorf("%q echoes the token", err)
			}
			return
		}
		c := credentials{sources: sources{config: model{JWT: types.StringValue(token)}, environment: func(string) string { return "" }}}
		found, err := c.application()
		if err != nil || found.jwt != vonage.Pasted(token) {
			t.Fatalf("%q became %q, %v", token, found.jwt, err)
		}
		payload, _ := base64.RawURLEncoding.DecodeString(strings.Split(found.jwt, ".")[1])
		if found.id != "" && !json.Valid(payload) {
			t.Errorf("token %q has no JSON payload, but application id %q", token, found.id)
		}
	})
}

func explained(t *testing.T, err error, mark string) {
	t.Helper()
	if err == nil {
		return
	}
	if credentials, ok := errors.AsType[*framework.CredentialsError](err); !framework.CredentialsUnknown(err) && (!ok || credentials.Message == "") {
		t.Errorf("%T: %v", err, err)
	}
	if strings.Contains(err.Error(), mark) {
		t.Errorf("%q holds a secret", err)
	}
}
