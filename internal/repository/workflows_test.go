// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

// Package repository_test checks what is not Go: pages and workflows.
package repository_test

import (
	"os"
	"path/filepath"
	"regexp"
	"testing"
)

// root is the repository's.
const root = "../.."

// skipped are directories whose content is not the repository's own.
var skipped = map[string]bool{".git": true, ".terraform": true, "bin": true, "dist": true, "node_modules": true}

var (
	uses   = regexp.MustCompile(`(?m)^\s*(?:- )?uses: (.+)$`)
	pinned = regexp.MustCompile(`^\./|^[\w.-]+/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$`)
)

// A tag can be moved to other code by whoever owns the action; a commit cannot.
func TestActionsArePinnedByCommit(t *testing.T) {
	t.Parallel()

	workflows, err := filepath.Glob(filepath.Join(root, ".github", "workflows", "*.yml"))
	if err != nil || len(workflows) == 0 {
		t.Fatalf("no workflows found: %v", err)
	}

	for _, workflow := range workflows {
		text, err := os.ReadFile(workflow)
		if err != nil {
			t.Fatal(err)
		}

		for _, match := range uses.FindAllStringSubmatch(string(text), -1) {
			if !pinned.MatchString(match[1]) {
				t.Errorf("%s: %s is not pinned to a commit with its version beside it", workflow, match[1])
			}
		}
	}
}
