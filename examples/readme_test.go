// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package examples_test

import (
	"os"
	"path/filepath"
	"regexp"
	"testing"
)

var configuration = regexp.MustCompile("(?s)```terraform\n(.*?)```")

// The first example in the README is tested like the others.
func TestReadme(t *testing.T) {
	t.Parallel()

	text, err := os.ReadFile("../README.md")
	if err != nil {
		t.Fatal(err)
	}

	shown := configuration.FindAllSubmatch(text, -1)
	if len(shown) == 0 {
		t.Fatal("the README shows no configuration")
	}

	for _, match := range shown {
		file := filepath.Join(t.TempDir(), "main.tf")
		if err := os.WriteFile(file, match[1], 0o600); err != nil {
			t.Fatal(err)
		}

		account := newAccount(t)
		before := account.holdings()
		workspace := newWorkspace(t, account, example{name: "README", files: []string{file}})
		workspace.apply(t)
		workspace.mustBePlannedEmpty(t)
		workspace.destroy(t)
		account.mustHold(t, before)
	}
}
