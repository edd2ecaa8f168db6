// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package provider_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/vonage/terraform-provider-vonage/internal/acctest"
	"github.com/vonage/terraform-provider-vonage/internal/acctest/cli"
	"github.com/vonage/terraform-provider-vonage/internal/emulator"
)

// TestCredentialsOfAnotherAccountThroughTheCLI applies, takes the credentials of another account, as after a switch of
// environments, and comes back. Nothing is lost, and the error tells what happened.
func TestCredentialsOfAnotherAccountThroughTheCLI(t *testing.T) {
	t.Parallel()
	terraform, directory := cli.New(t), t.TempDir()
	ours := acctest.New(t)
	theirs := acctest.New(t, acctest.WithEmulator(func(o *emulator.Options) { o.APIKey, o.APISecret = "efgh5678", "Another0Secret" }))
	const application = `
terraform {
  required_providers {
    vonage = {
      source = "vonage/vonage"
    }
  }
}

resource "vonage_application" "support" {
  name = "Support line"
}
`
	signIn := func(provider string) {
		t.Helper()
		if err := os.WriteFile(filepath.Join(directory, "main.tf"), []byte(application+provider), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	run := func(arguments ...string) string {
		t.Helper()
		printed, err := terraform.Run(t.Context(), directory, append(arguments, "-no-color")...)
		if err != nil {
			t.Fatal(err)
		}
		return printed
	}
	mustRefuse := func(words []string, arguments ...string) {
		t.Helper()
		_, err := terraform.Run(t.Context(), directory, append(arguments, "-no-color")...)
		if err == nil {
			t.Fatalf("%v is accepted", arguments)
		}
		text := strings.Join(strings.Fields(strings.ReplaceAll(err.Error(), "│", "")), " ") // without line breaks
		for _, word := range words {
			if !strings.Contains(text, word) {
				t.Errorf("%v does not say %q:\n%s", arguments, word, err)
			}
		}
	}
	privateKey := func() string {
		t.Helper()
		var state struct {
			Resources []struct {
				Instances []struct {
					Attributes struct {
						PrivateKey string `json:"private_key"`
					} `json:"attributes"`
				} `json:"instances"`
			} `json:"resources"`
		}
		if err := json.Unmarshal([]byte(run("state", "pull")), &state); err != nil {
			t.Fatal(err)
		}
		if len(state.Resources) != 1 {
			return ""
		}
		return state.Resources[0].Instances[0].Attributes.PrivateKey
	}

	signIn(ours.ProviderConfig())
	run("apply", "-auto-approve")
	made := privateKey()
	if made == "" {
		t.Fatal("the provider made no key")
	}

	both := []string{`API key "` + ours.APIKey + `"`, `API key "efgh5678"`, "terraform state rm"}
	signIn(theirs.ProviderConfig())
	mustRefuse(append(both, "Unable to read application"), "plan")
	mustRefuse(append(both, "Unable to read application"), "apply", "-auto-approve")
	mustRefuse(append(both, "Unable to delete application"), "destroy", "-auto-approve", "-refresh=false")
	signIn(theirs.ProviderConfig(`  allowed_api_keys = ["` + ours.APIKey + `"]`))
	theirs.Emulator.ResetRequests()
	mustRefuse([]string{"Account not allowed", `"efgh5678"`}, "plan")
	if sent := theirs.Emulator.Requests(); len(sent) > 0 {
		t.Errorf("%s %s was sent to an account that is not allowed", sent[0].Method, sent[0].Path)
	}
	if privateKey() != made {
		t.Error("the private key is lost")
	}

	signIn(ours.ProviderConfig(`  allowed_api_keys = ["` + ours.APIKey + `"]`))
	run("plan", "-detailed-exitcode")
	run("destroy", "-auto-approve")
	if left := ours.Emulator.Applications(); len(left) > 0 {
		t.Errorf("%d applications are left", len(left))
	}
}
