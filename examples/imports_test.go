// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package examples_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/vonage/terraform-provider-vonage/internal/acctest/cli"
)

// linkedNumber is the number that examples import; it is already linked in the account.
var linkedNumber = "GB/" + msisdns[1]

// Every import block works with the resource on the same page.
func TestImportBlocks(t *testing.T) {
	t.Parallel()

	for _, file := range glob(t, "resources/*/import-by-*.tf") {
		t.Run(filepath.ToSlash(file), func(t *testing.T) {
			t.Parallel()

			directory := filepath.Dir(file)
			e := example{name: directory, files: []string{filepath.Join(directory, "resource.tf"), file}}
			account := newAdoptedAccount(t)

			if strings.HasSuffix(file, "import-by-identity.tf") && !account.terraform.Has(t, cli.Identity) {
				t.Skip("this CLI knows no identities; TestIdentities imports the same in process")
			}

			workspace := newWorkspace(t, account, e)
			workspace.apply(t)
			workspace.mustBePlannedEmpty(t)
			workspace.destroy(t)
		})
	}
}

// Every import command works with the resource on the same page, and the result can be planned.
func TestImportCommands(t *testing.T) {
	t.Parallel()

	for _, file := range glob(t, "resources/*/import.sh") {
		content, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}

		for line := range strings.Lines(string(content)) {
			arguments, ok := strings.CutPrefix(strings.TrimSpace(line), "terraform ")
			if !ok {
				continue
			}

			t.Run(filepath.ToSlash(file)+"/"+arguments, func(t *testing.T) {
				t.Parallel()

				resource := filepath.Join(filepath.Dir(file), "resource.tf")
				account := newAdoptedAccount(t)
				workspace := newWorkspace(t, account, example{name: file, files: []string{resource}})
				workspace.run(t, words(arguments)...)
				workspace.run(t, "plan")
			})
		}
	}
}

// words splits a command into words like a shell that knows only single quotes.
func words(command string) []string {
	var split []string

	quoted, within := false, false

	for _, r := range command {
		switch {
		case r == ' ' && !quoted:
			within = false

			continue
		case !within:
			split, within = append(split, ""), true
		}

		if r == '\'' {
			quoted = !quoted
		} else {
			split[len(split)-1] += string(r)
		}
	}

	return split
}

func glob(t *testing.T, pattern string) []string {
	t.Helper()

	files, err := filepath.Glob(filepath.FromSlash(pattern))
	if err != nil {
		t.Fatal(err)
	}

	return files
}
