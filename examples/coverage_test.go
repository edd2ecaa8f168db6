// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package examples_test

import (
	"io/fs"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// elsewhereTested are patterns of files that tests other than TestExamples use, by the same patterns.
var elsewhereTested = []string{
	"resources/*/import-by-*.tf", "actions/*/*.tf", "list-resources/*/*.tfquery.hcl", "guides/*/*.tfquery.hcl",
	"module-testing/tests/*.tftest.hcl",
}

// Every example file is used by some test: a file with a name or place that no test looks for would go stale unnoticed.
func TestEveryFileIsTested(t *testing.T) {
	t.Parallel()

	var tested []string
	for _, e := range all(t) {
		tested = append(tested, e.files...)
	}

	for _, pattern := range elsewhereTested {
		files := glob(t, pattern)
		if len(files) == 0 {
			t.Errorf("nothing is called %s", pattern)
		}

		tested = append(tested, files...)
	}

	err := filepath.WalkDir(".", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || !strings.HasSuffix(path, ".tf") && !strings.HasSuffix(path, ".hcl") {
			return err
		}

		if !slices.Contains(tested, path) {
			t.Errorf("no test takes %s", path)
		}

		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
