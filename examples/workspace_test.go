// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package examples_test

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclwrite"
	"github.com/zclconf/go-cty/cty"
)

// workspace is a directory with a copy of an example, and the CLI to apply it with.
type workspace struct {
	account

	directory string
}

func newWorkspace(t *testing.T, account account, e example) workspace {
	t.Helper()

	w := workspace{account: account, directory: t.TempDir()}
	for name, value := range needs[e.name].variables {
		w.terraform = w.terraform.With(map[string]string{"TF_VAR_" + name: value})
	}

	entries, err := os.ReadDir(e.directory())
	if err != nil {
		t.Fatal(err)
	}

	for _, entry := range entries {
		path := filepath.Join(e.directory(), entry.Name())
		if filepath.Ext(path) == ".tf" && !slices.Contains(e.files, path) {
			continue // belongs to another example
		}

		if entry.IsDir() {
			err = os.CopyFS(filepath.Join(w.directory, entry.Name()), os.DirFS(path))
		} else {
			err = copyFile(path, filepath.Join(w.directory, entry.Name()))
		}

		if err != nil {
			t.Fatal(err)
		}
	}

	text := e.read(t)
	if !e.complete() && !strings.Contains(text, "required_providers") {
		err := os.WriteFile(filepath.Join(w.directory, "required_providers.tf"), []byte(requiredProviders), 0o600)
		if err != nil {
			t.Fatal(err)
		}
	}

	if strings.Contains(text, "\nmodule ") {
		w.run(t, "get")
	}

	return w
}

// requiredProviders is the start of every configuration. A page whose examples are not complete leads to the page that
// shows it.
const requiredProviders = `terraform {
  required_providers {
    vonage = {
      source = "vonage/vonage"
    }
  }
}
`

func copyFile(from, to string) error {
	content, err := os.ReadFile(from)
	if err != nil {
		return err
	}

	return os.WriteFile(to, content, 0o600)
}

func (w workspace) run(t *testing.T, arguments ...string) string {
	t.Helper()

	printed, err := w.terraform.Run(t.Context(), w.directory, arguments...)
	if err != nil {
		t.Fatal(err)
	}

	return printed
}

// apply plans and applies, and returns what the plan says.
func (w workspace) apply(t *testing.T) string {
	t.Helper()

	printed := w.run(t, "apply", "-no-color", "-auto-approve")
	mustHaveNoFailedCheck(t, printed)

	return printed
}

// applySaved saves a plan and applies it, as a pipeline does, and returns the output of the plan.
func (w workspace) applySaved(t *testing.T) string {
	t.Helper()

	planned := w.run(t, "plan", "-no-color", "-out=tfplan")
	mustHaveNoFailedCheck(t, w.run(t, "apply", "-no-color", "tfplan"))

	return planned
}

func mustHaveNoFailedCheck(t *testing.T, applied string) {
	t.Helper()

	if strings.Contains(applied, "Check block assertion failed") {
		t.Errorf("a check of the example fails:\n%s", applied)
	}
}

// mustBeKeyless fails if a private key is in the saved plan or in the state.
func (w workspace) mustBeKeyless(t *testing.T) {
	t.Helper()

	for _, arguments := range [][]string{{"show", "-json", "tfplan"}, {"show", "-json"}} {
		kept := w.run(t, arguments...)
		if !strings.Contains(kept, "vonage_application") {
			t.Errorf("%v does not show the application", arguments)
		}

		if strings.Contains(kept, "PRIVATE KEY") {
			t.Errorf("%v shows a private key", arguments)
		}
	}
}

// mustBePlannedEmpty fails if the plan contains a change or a warning: a configuration that is in force is sound, so there
// is nothing that somebody should do.
func (w workspace) mustBePlannedEmpty(t *testing.T) {
	t.Helper()
	mustWarnOnlyOf(t, w.run(t, "plan", "-no-color", "-detailed-exitcode"))
}

var warning = regexp.MustCompile(`(?m)^(?:│ )?Warning: (.*)$`)

// ownWarnings are the summaries of the CLI's warnings that have nothing to do with the provider.
var ownWarnings = []string{"Provider development overrides are in effect", "Check block assertion known after apply"}

// mustWarnOnlyOf fails unless a command has printed warnings with exactly these summaries.
func mustWarnOnlyOf(t *testing.T, printed string, want ...string) {
	t.Helper()

	var got []string

	for _, match := range warning.FindAllStringSubmatch(printed, -1) {
		if !slices.Contains(ownWarnings, match[1]) {
			got = append(got, match[1])
		}
	}

	if !slices.Equal(got, want) {
		t.Errorf("warns of %q, not of %q:\n%s", got, want, printed)
	}
}

// destroy destroys everything. Rented numbers are first configured to be released: otherwise destroying one is an error.
func (w workspace) destroy(t *testing.T) {
	t.Helper()

	arguments := []string{"destroy", "-no-color", "-auto-approve"}

	if w.giveUpNumbers(t) {
		_, err := w.terraform.Run(t.Context(), w.directory, arguments...)
		if err == nil || !strings.Contains(err.Error(), "PREVENT") {
			t.Fatalf("a number was destroyed without having been given up first: %v", err)
		}

		w.apply(t)
	}

	w.run(t, arguments...)
}

// giveUpNumbers sets the deletion policy of every rented number to DELETE, and reports whether there is one.
func (w workspace) giveUpNumbers(t *testing.T) bool {
	t.Helper()

	files, err := filepath.Glob(filepath.Join(w.directory, "*.tf"))
	if err != nil {
		t.Fatal(err)
	}

	given := false

	for _, path := range files {
		content, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}

		file, diags := hclwrite.ParseConfig(content, path, hcl.InitialPos)
		if diags.HasErrors() {
			t.Fatal(diags)
		}

		for _, block := range file.Body().Blocks() {
			if block.Type() == "resource" && block.Labels()[0] == "vonage_number" {
				block.Body().SetAttributeValue("deletion_policy", cty.StringVal("DELETE"))

				given = true
			}
		}

		if err := os.WriteFile(path, file.Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
	}

	return given
}
