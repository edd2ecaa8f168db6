// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

// Package examples_test applies every example as it stands, with the terraform or tofu on PATH, against an emulator.
package examples_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/vonage/terraform-provider-vonage/internal/acctest/cli"
)

func TestMain(m *testing.M) { cli.Main(m) }

// example is a configuration: some files, which are applied together.
type example struct {
	name  string
	files []string
}

// Every example is applied, changes nothing when it is planned again, and leaves nothing behind when it is destroyed.
func TestExamples(t *testing.T) {
	t.Parallel()

	for _, e := range all(t) {
		t.Run(e.name, func(t *testing.T) {
			t.Parallel()

			account := newAccount(t, needs[e.name].linked...)
			before := account.holdings()
			workspace := newWorkspace(t, account, e)

			planned := workspace.apply(t)
			if !strings.Contains(planned, needs[e.name].plan) {
				t.Errorf("the plan should say %q, but says\n%s", needs[e.name].plan, planned)
			}

			if needs[e.name].keyless {
				workspace.mustBeKeyless(t)
			}

			workspace.mustBePlannedEmpty(t)
			workspace.destroy(t)
			account.mustHold(t, before, needs[e.name].adopts...)
		})
	}
}

// need is what an example asks of its surroundings.
type need struct {
	// variables that have no default.
	variables map[string]string
	// linked numbers belong to the account's application already.
	linked []string
	// keyless examples leave no private key in plan and state.
	keyless bool
	// plan is what the first plan says in its summary.
	plan string
	// adopts names what was there before and is imported: a destroy takes it away.
	adopts []string
}

var needs = map[string]need{
	"data-sources/vonage_conversation/data-source": {
		variables: map[string]string{"conversation_id": conversationID},
	},
	"functions/verify_webhook/function": {
		variables: map[string]string{"webhook": signedWebhook("{}", "not-a-secret"), "signature_secret": "not-a-secret"},
	},
	"guides/existing-account": {
		linked: []string{linkedNumber},
		plan:   "Plan: 2 to import, 0 to add, 0 to change, 0 to destroy.",
		adopts: []string{"application " + applicationID, "number " + linkedNumber},
	},
	"guides/secrets-ephemeral-key":                              {keyless: true},
	"guides/secrets-own-key":                                    {keyless: true},
	"ephemeral-resources/vonage_private_key/ephemeral-resource": {keyless: true},
	"module-testing": {
		variables: map[string]string{"name": "Support", "msisdn": offered[0], "webhook_url": "https://example.com"},
	},
	"resources/vonage_application/resource_capabilities": {
		variables: map[string]string{"recording_secret": "not-a-secret"},
	},
	// The number that the page's imports bring in is the account's before, too.
	"resources/vonage_number/resource": {adopts: []string{"number " + linkedNumber}},
	"tutorial": {
		variables: map[string]string{"webhook_url": "https://example.com", "number": msisdns[1]},
	},
}

// pages are the directories of examples that appear on a page each: every file there is an example of its own.
var pages = []string{"provider", "resources", "data-sources", "ephemeral-resources", "functions"}

// elsewhere are directories whose examples need a CLI that is newer than the oldest one supported.
var elsewhere = []string{"actions", "list-resources"}

// all finds the examples. A directory that is no page's is one example with all of its files.
func all(t *testing.T) []example {
	t.Helper()

	var found []example

	err := filepath.WalkDir(".", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || !entry.IsDir() {
			return err
		}

		kind, _, _ := strings.Cut(filepath.ToSlash(path), "/")
		if slices.Contains(elsewhere, kind) {
			return fs.SkipDir
		}

		files, err := filepath.Glob(filepath.Join(path, "*.tf"))
		if err != nil || len(files) == 0 {
			return err
		}

		if !slices.Contains(pages, kind) {
			found = append(found, example{name: filepath.ToSlash(path), files: files})

			return fs.SkipDir // what is below are its modules
		}

		for _, file := range files {
			if !strings.HasPrefix(filepath.Base(file), "import") {
				found = append(found, example{name: strings.TrimSuffix(filepath.ToSlash(file), ".tf"), files: []string{file}})
			}
		}

		return nil
	})
	if err != nil {
		t.Fatal(err)
	}

	return found
}

// directory is where the example's files are.
func (e example) directory() string { return filepath.Dir(e.files[0]) }

func (e example) read(t *testing.T) string {
	t.Helper()

	var text strings.Builder

	for _, file := range e.files {
		content, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}

		text.Write(content)
	}

	return text.String()
}
