// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package provider_test

import (
	"bytes"
	"net/http"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/vonage/terraform-provider-vonage/internal/acctest"
)

// syncBuffer is a log for concurrent writers.
type syncBuffer struct {
	mu sync.Mutex
	bytes.Buffer
}

func (b *syncBuffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.Buffer.Write(p)
}

// Every error about credentials, and the debug log, says where the credentials come from.
func TestErrorsAndLogNameTheSourceOfCredentials(t *testing.T) {
	t.Parallel()
	key := acctest.PrivateKey(7)
	accountPair := values{"api_key": "abcd1234", "api_secret": "Secret12"}
	applicationPair := values{"application_id": anApplication, "private_key": key}
	for name, test := range map[string]struct {
		world world
		use   func(*run, *testing.T) (string, acctest.Diagnostics)
		want  string
	}{
		"account in the configuration": {world{config: accountPair}, (*run).useAccount, "api_key and api_secret in the provider block"},
		"account in the environment": {
			world{env: map[string]string{"VONAGE_API_KEY": "abcd1234", "VONAGE_API_SECRET": "Secret12"}, rc: cliFile(t, accountPair)},
			(*run).useAccount, "VONAGE_API_KEY and VONAGE_API_SECRET in the environment",
		},
		"account in .vonagerc": {world{rc: cliFile(t, accountPair)}, (*run).useAccount, filepath.Join("CWD", ".vonagerc")},
		"account in ~/.vonage": {world{cliConfig: cliFile(t, accountPair)}, (*run).useAccount, "apiKey and apiSecret in " + filepath.Join("HOME", ".vonage", "config.json")},
		"key in the configuration": {
			world{config: applicationPair}, (*run).useApplication, "application_id and private_key in the provider block",
		},
		"key in a file": {
			world{
				env:   map[string]string{"VONAGE_APPLICATION_ID": anApplication, "VONAGE_PRIVATE_KEY_PATH": "private.key"},
				files: map[string]string{"private.key": key},
			},
			(*run).useApplication, "VONAGE_APPLICATION_ID and VONAGE_PRIVATE_KEY_PATH in the environment",
		},
		"key in the CLI's file": {world{rc: cliFile(t, applicationPair)}, (*run).useApplication, "appId and privateKey in "},
		"token in the configuration": {
			world{config: values{"jwt": aToken}}, (*run).useApplication, "jwt in the provider block",
		},
		"token in the environment": {
			world{env: map[string]string{"VONAGE_JWT": aToken}}, (*run).useApplication, "VONAGE_JWT in the environment",
		},
	} {
		for _, status := range []int{http.StatusUnauthorized, http.StatusForbidden} {
			t.Run(name+" "+http.StatusText(status), func(t *testing.T) {
				t.Parallel()
				world := test.world
				world.answer = roundTripper(func(req *http.Request) (*http.Response, error) {
					return respond(req, status, `{"title":"No"}`), nil
				})
				r := world.start(t)
				var log syncBuffer
				r.LogTo(&log)
				want := strings.NewReplacer("CWD", r.cwd, "HOME", r.home).Replace(test.want)
				_, diags := test.use(r, t)
				diags.MustFail(t, "", "credentials: ", want)
				log.mu.Lock()
				defer log.mu.Unlock()
				if text := log.String(); !strings.Contains(text, `"@message":"Using credentials"`) || !strings.Contains(text, want) {
					t.Errorf("the log does not name the credentials:\n%s", text)
				}
			})
		}
	}
	_, diags := world{env: map[string]string{"VONAGE_JWT": aToken}}.start(t).useSigningKey(t)
	diags.MustFail(t, "", "VONAGE_JWT in the environment, which cannot sign")
}

// A signing key that no request has used is in the log, too.
func TestLogNamesTheSourceOfSigningKeys(t *testing.T) {
	t.Parallel()
	r := world{config: values{"application_id": anApplication, "private_key": acctest.PrivateKey(7)}}.start(t)
	var log syncBuffer
	r.LogTo(&log)
	_, diags := r.useSigningKey(t)
	diags.MustBeEmpty(t)
	if !strings.Contains(log.String(), "application_id and private_key in the provider block") {
		t.Errorf("the log is\n%s", log.String())
	}
}
