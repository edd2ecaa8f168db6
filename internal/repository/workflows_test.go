// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

// Package repository_test checks the parts of the repository that are not Go: pages and workflows.
package repository_test

import (
	"os"
	"path/filepath"
	"regexp"
	"testing"
)

// root is the path of the repository.
const root = "../.."

// skipped are directories whose content is not part of the repository.
var skipped = map[string]bool{".git": true, ".terraform": true, "bin": true, "dist": true, "node_modules": true}

var (
	uses   = regexp.MustCompile(`(?m)^\s*(?:- )?uses: (.+)$`)
	pinned = regexp.MustCompile(`^\./|^[\w.-]+/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$`)
)

// Actions are pinned by commit, because the owner of an action can move a tag to other code.
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

var (
	targets = regexp.MustCompile(`(?m)^make (\S+)$`)
	run     = regexp.MustCompile(`(?m)^\s*- run: make (\S+)$`)
)

// The workflow on GitHub runs every make target of .ci/run, so that pull requests get the same checks.
func TestWorkflowRunsWhatIsChecked(t *testing.T) {
	t.Parallel()

	ran := map[string]bool{}
	for _, match := range run.FindAllStringSubmatch(read(t, ".github/workflows/test.yml"), -1) {
		ran[match[1]] = true
	}

	checked := targets.FindAllStringSubmatch(read(t, ".ci/run"), -1)
	if len(checked) == 0 {
		t.Error(".ci/run makes nothing: the test looks for the wrong thing")
	}

	for _, match := range checked {
		if !ran[match[1]] {
			t.Errorf(".github/workflows/test.yml does not run make %s", match[1])
		}
	}
}
