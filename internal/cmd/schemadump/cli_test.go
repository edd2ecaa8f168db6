// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/vonage/terraform-provider-vonage/internal/acctest/cli"
)

func TestMain(m *testing.M) { cli.Main(m) }

// The dump equals the output of the installed CLI in every section that this CLI knows.
func TestAccDumpIsWhatTheCLIPrints(t *testing.T) {
	t.Parallel()

	terraform := cli.New(t)
	directory := t.TempDir()

	err := os.WriteFile(filepath.Join(directory, "main.tf"),
		[]byte(`terraform {
  required_providers {
    vonage = { source = "vonage/vonage" }
  }
}
`), 0o600)
	if err != nil {
		t.Fatal(err)
	}

	printed, err := terraform.Run(t.Context(), directory, "providers", "schema", "-json")
	if err != nil {
		t.Fatal(err)
	}

	var dumped bytes.Buffer
	if err := run(t.Context(), &dumped); err != nil {
		t.Fatal(err)
	}

	theirs, ours := onlyProvider(t, []byte(printed)), onlyProvider(t, dumped.Bytes())

	for section := range ours {
		// CLIs before 1.12 and 1.14 do not know identities, list resources and actions.
		if _, known := theirs[section]; !known && newer[section] {
			delete(ours, section)
		}
	}

	if diff := cmp.Diff(theirs, ours); diff != "" {
		t.Errorf("the dump differs from what the CLI prints (-CLI +dump):\n%s", diff)
	}

	if len(theirs) == 0 {
		t.Error("the CLI printed nothing to compare with")
	}
}

// newer are the sections that some supported CLIs do not know.
var newer = map[string]bool{"resource_identity_schemas": true, "list_resource_schemas": true, "action_schemas": true}

// onlyProvider returns the only provider of a document, whatever its address.
func onlyProvider(t *testing.T, document []byte) map[string]any {
	t.Helper()

	providers, ok := decode(t, document)["provider_schemas"].(map[string]any)
	if !ok || len(providers) != 1 {
		t.Fatalf("not the schema of one provider: %.200s", document)
	}

	for _, schema := range providers {
		if schema, ok := schema.(map[string]any); ok {
			return schema
		}
	}

	return nil
}
