// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package repository_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// oldest is the minor version of Terraform 1 and OpenTofu 1 that the provider asks for, and is tested with.
const oldest = 11

var (
	// asked matches a version of a CLI in a sentence.
	asked = regexp.MustCompile(`(?:Terraform|OpenTofu)[\w ]* (?:version )?v?1\.(\d+)`)
	// required matches the version that a configuration asks for.
	required = regexp.MustCompile(`required_version\s*=\s*"([^"]*)"`)
	// tried matches the oldest versions in the workflows: that of the plain tests and the first of each matrix.
	tried = regexp.MustCompile(`(?:terraform_version|version): \[?"?1\.(\d+)`)
)

// There is one minimum version: no page and no configuration asks for another, or names a version that is too old to be
// worth a word, and the workflows test with it.
func TestOneMinimumVersion(t *testing.T) {
	t.Parallel()

	configurations, sentences := 0, 0

	for path, text := range texts(t, ".md", ".tmpl", ".tf", ".hcl", ".go") {
		for _, match := range required.FindAllStringSubmatch(text, -1) {
			configurations++

			if match[1] != ">= 1."+strconv.Itoa(oldest) {
				t.Errorf("%s asks for %s", path, match[1])
			}
		}

		if filepath.Ext(path) == ".go" {
			continue // comments say which versions behaved how
		}

		for _, match := range asked.FindAllStringSubmatch(text, -1) {
			sentences++

			if minor, err := strconv.Atoi(match[1]); err != nil || minor < oldest {
				t.Errorf("%s says %q; the oldest version is 1.%d", path, match[0], oldest)
			}
		}
	}

	if configurations == 0 || sentences == 0 {
		t.Error("no versions found: the test looks in the wrong place")
	}

	lowest := 0

	for _, match := range tried.FindAllStringSubmatch(read(t, ".github/workflows/test.yml"), -1) {
		if minor, err := strconv.Atoi(match[1]); err == nil && (lowest == 0 || minor < lowest) {
			lowest = minor
		}
	}

	if lowest != oldest {
		t.Errorf("the oldest version that the workflows test with is 1.%d", lowest)
	}
}

// texts returns the files of the repository that end in one of these, except those of this test, by their names.
func texts(t *testing.T, endings ...string) map[string]string {
	t.Helper()

	found := map[string]string{}

	err := filepath.WalkDir(root, func(path string, entry os.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir() && skipped[entry.Name()]:
			return filepath.SkipDir
		case entry.Name() == "versions_test.go":
			return nil
		}

		for _, ending := range endings {
			if strings.HasSuffix(path, ending) {
				content, err := os.ReadFile(path)
				if err != nil {
					return err
				}

				found[path] = string(content)
			}
		}

		return nil
	})
	if err != nil {
		t.Fatal(err)
	}

	return found
}

// copied matches the version of a release in a command or a file that people copy.
var copied = regexp.MustCompile(`(?:releases/download/v|release download v|vonage-emulator[_:])(\d+\.\d+\.\d+)`)

// What people copy names the latest release, the one at the top of the change log.
func TestCopiedCommandsNameTheVersion(t *testing.T) {
	t.Parallel()

	heading := regexp.MustCompile(`^## (\d+\.\d+\.\d+) \(`).FindStringSubmatch(read(t, "CHANGELOG.md"))
	if heading == nil {
		t.Fatal("the change log does not begin with a version")
	}

	seen := 0

	for path, text := range texts(t, ".md", ".tmpl", ".yml") {
		for _, match := range copied.FindAllStringSubmatch(text, -1) {
			seen++

			if match[1] != heading[1] {
				t.Errorf("%s has %q; the latest release is %s", path, match[0], heading[1])
			}
		}
	}

	if seen == 0 {
		t.Error("no versions found: the test looks in the wrong place")
	}
}
