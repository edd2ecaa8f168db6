// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package endtoend_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/vonage/terraform-provider-vonage/internal/vonage"
)

// secretStore stands for a secret store outside Terraform: like a write-only argument, it takes a new secret when the
// version changes.
const secretStore = `
resource "terraform_data" "secret_store" {
  triggers_replace = vonage_application.support.public_key_wo_version

  provisioner "local-exec" {
    command     = "printenv PRIVATE_KEY > \"$STORE\""
    environment = { PRIVATE_KEY = ephemeral.vonage_private_key.support.private_key_pem, STORE = %q }
  }
}
`

// TestEphemeralKeyIsInTheSecretStoreOnly follows the guide on secrets, from the first apply to a rotation: Vonage and
// the secret store have the two halves of one pair, and nothing that Terraform writes or prints contains the private
// key.
func TestEphemeralKeyIsInTheSecretStoreOnly(t *testing.T) {
	t.Parallel()
	w := newWorkspace(t)
	w.must(os.Remove(filepath.Join(w.directory, "versions.tf"))) // the guide has one of its own
	store := filepath.Join(t.TempDir(), "secret")
	guide, err := os.ReadFile("../../examples/guides/secrets-ephemeral-key/main.tf")
	w.must(err)
	known, left := secrets{}, newLeavings(t)
	apply := func(version int) string {
		t.Helper()
		configuration := strings.Replace(string(guide), "public_key_wo_version = 1", fmt.Sprintf("public_key_wo_version = %d", version), 1)
		w.write("main.tf", configuration+fmt.Sprintf(secretStore, store))
		left.add("what plan printed", []byte(w.run("plan", "-no-color", "-out=tfplan")))
		left.add("what apply printed", []byte(w.run("apply", "-no-color", "tfplan")))
		left.addFiles(fmt.Sprintf("after version %d: ", version), w.directory)
		stored, err := os.ReadFile(store)
		w.must(err)
		known.addKey(t, fmt.Sprintf("the key of version %d", version), string(stored))
		return string(stored)
	}
	mustBeOnePair := func(private string) {
		t.Helper()
		if public := w.onlyApplicationKey(); !vonage.SamePublicKey(public, publicHalf(t, private)) {
			t.Errorf("Vonage has another key than the secret store: %s", public)
		}
	}
	first := apply(1)
	mustBeOnePair(first)
	if again := apply(1); again != first {
		t.Error("the secret store was given another key though no version changed")
	}
	mustBeOnePair(first)
	second := apply(2)
	if second == first {
		t.Error("the version changed, and the key did not")
	}
	mustBeOnePair(second)

	files := false
	for _, piece := range left.pieces {
		files = files || strings.HasSuffix(piece.name, "terraform.tfstate.backup")
		if found := known.found(piece.content); len(found) > 0 {
			t.Errorf("%s: %s", piece.name, strings.Join(found, ", "))
		}
	}
	if !files {
		t.Error("no state was searched")
	}
}

// onlyApplicationKey returns the public key of the only application in the account.
func (w workspace) onlyApplicationKey() string {
	w.t.Helper()
	applications := w.Emulator.Applications()
	if len(applications) != 1 {
		w.t.Fatalf("there are %d applications", len(applications))
	}
	for _, application := range applications {
		keys, _ := application["keys"].(map[string]any)
		return textOf(keys["public_key"])
	}
	return ""
}

func publicHalf(t *testing.T, private string) string {
	t.Helper()
	key, err := vonage.ParsePrivateKey(private)
	if err != nil {
		t.Fatal(err)
	}
	public, err := vonage.EncodePublicKey(&key.PublicKey)
	if err != nil {
		t.Fatal(err)
	}
	return public
}
