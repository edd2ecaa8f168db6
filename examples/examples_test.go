// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

// Package examples_test applies every example unchanged, with the terraform or tofu on PATH, against an emulator.
package examples_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/vonage/terraform-provider-vonage/internal/acctest/cli"
)

func TestMain(m *testing.M) { cli.Main(m) }

// example is a configuration of one or more files that are applied together.
type example struct {
	name  string
	files []string
}

// Every example can be applied, gives an empty plan without a warning after that, and leaves nothing behind when it is
// destroyed. Those that are a whole configuration are applied from a saved plan, the others at once.
func TestExamples(t *testing.T) {
	t.Parallel()

	for _, e := range all(t) {
		t.Run(e.name, func(t *testing.T) {
			t.Parallel()

			account := newAccount(t, needs[e.name].linked...)
			before := account.holdings()
			workspace := newWorkspace(t, account, e)

			apply := workspace.apply
			if e.complete() || needs[e.name].keyless {
				apply = workspace.applySaved
			}

			planned := apply(t)
			if !strings.Contains(planned, needs[e.name].plan) {
				t.Errorf("the plan should say %q, but says\n%s", needs[e.name].plan, planned)
			}

			mustWarnOnlyOf(t, planned, needs[e.name].warns...)

			if needs[e.name].keyless {
				workspace.mustBeKeyless(t)
			}

			workspace.mustBePlannedEmpty(t)

			if e.creates(t) {
				workspace.destroy(t)
			}

			account.mustHold(t, before, needs[e.name].adopts...)
		})
	}
}

// need is what an example requires besides its own files.
type need struct {
	// variables are the values of variables without a default.
	variables map[string]string
	// linked are the numbers that are already linked to the account's application.
	linked []string
	// keyless examples must not leave a private key in plan and state.
	keyless bool
	// plan is text that the first plan's summary must contain.
	plan string
	// warns are the summaries of the provider's warnings in the first plan and, unless that is saved, in its apply.
	warns []string
	// adopts names the objects that exist before and are imported: a destroy removes them.
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
		adopts: []string{"applications " + applicationID, "numbers " + linkedNumber},
	},
	"guides/phone-numbers-rent":                                 {adopts: []string{"numbers " + linkedNumber}},
	"guides/secrets-ephemeral-key":                              {keyless: true},
	"guides/secrets-own-key":                                    {keyless: true},
	"ephemeral-resources/vonage_private_key/ephemeral-resource": {keyless: true},
	"module-testing": {
		variables: map[string]string{"name": "Support", "msisdn": offered[0], "webhook_url": "https://example.com"},
	},
	"resources/vonage_application/resource_capabilities": {
		variables: map[string]string{"recording_secret": "not-a-secret"},
	},
	// The subaccount that the page's imports use has the same name.
	"resources/vonage_subaccount/resource":             {warns: []string{"Another subaccount has the same name"}},
	"resources/vonage_subaccount/resource_own_balance": {variables: map[string]string{"tenant_secret": "Tenant0Secret"}},
	// The default template is another one from then on.
	"resources/vonage_verify_template/resource_default": {adopts: []string{"verify_templates 22f571c1-f41a-4db2-bba7-f23a069200c1"}},
	// The number that the page's imports use exists in the account before, too.
	"resources/vonage_number/resource": {adopts: []string{"numbers " + linkedNumber}, warns: []string{"A number was adopted"}},
	"tutorial": {
		variables: map[string]string{"webhook_url": "https://example.com", "number": msisdns[1]},
	},
}

// pages are the directories of examples for one documentation page each, in which every file is a separate example.
var pages = []string{"provider", "resources", "data-sources", "ephemeral-resources", "functions"}

// elsewhere are directories whose examples need a newer CLI than the oldest supported one.
var elsewhere = []string{"actions", "list-resources"}

// all returns the examples. In a directory that is not for a page, all files together are one example.
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

			return fs.SkipDir // its subdirectories are modules
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

// complete reports whether the example can be copied into an empty directory as it is. Those on the pages of single
// resources and the like, and lists, cannot.
func (e example) complete() bool {
	kind, _, _ := strings.Cut(filepath.ToSlash(e.files[0]), "/")

	return !slices.Contains(slices.Concat(pages, elsewhere), kind) && filepath.Ext(e.files[0]) == ".tf"
}

// creates reports whether there may be something to destroy: what is only read, computed or opened leaves nothing.
func (e example) creates(t *testing.T) bool {
	t.Helper()

	return regexp.MustCompile(`(?m)^(resource|module) `).MatchString(e.read(t))
}

// directory returns the directory of the example's files.
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
