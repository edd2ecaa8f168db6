// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package repository_test

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/vonage/terraform-provider-vonage/internal/acctest"
)

func read(t *testing.T, name string) string {
	t.Helper()

	text, err := os.ReadFile(filepath.Join(root, name))
	if err != nil {
		t.Fatal(err)
	}

	return string(text)
}

// CONTRIBUTING.md mentions every package below internal.
func TestContributingKnowsEveryRoom(t *testing.T) {
	t.Parallel()

	page := read(t, "CONTRIBUTING.md")

	entries, err := os.ReadDir(filepath.Join(root, "internal"))
	if err != nil {
		t.Fatal(err)
	}

	rooms := 0

	for _, entry := range entries {
		if !entry.IsDir() {
			continue
		}

		rooms++

		if !regexp.MustCompile(`\b` + entry.Name() + `\b`).MatchString(page) {
			t.Errorf("CONTRIBUTING.md does not say what internal/%s is", entry.Name())
		}
	}

	if rooms == 0 {
		t.Error("no packages found: the test looks in the wrong directory")
	}
}

// The README links to the page of everything that is offered, and to every guide.
func TestReadmeLeadsToEveryPage(t *testing.T) {
	t.Parallel()

	readme := read(t, "README.md")

	documents, err := filepath.Glob(filepath.Join(root, "docs", "*", "*.md"))
	if err != nil || len(documents) == 0 {
		t.Fatalf("no documentation found: %v", err)
	}

	for _, document := range documents {
		name, err := filepath.Rel(root, document)
		if err != nil {
			t.Fatal(err)
		}

		if !strings.Contains(readme, "]("+filepath.ToSlash(name)+")") {
			t.Errorf("README.md does not lead to %s", name)
		}
	}
}

// announced matches the announcement of something new in a changelog in HashiCorp's format.
var announced = regexp.MustCompile("(?m)^\\* \\*\\*New ([A-Z][A-Za-z ]+):\\*\\* `(\\w+)`")

// The changelog announces everything that is offered, and nothing else.
func TestChangelogIsComplete(t *testing.T) {
	t.Parallel()

	var entries, offered []string

	for _, match := range announced.FindAllStringSubmatch(read(t, "CHANGELOG.md"), -1) {
		entries = append(entries, match[1]+" "+match[2])
	}

	schema := acctest.New(t).Protocol(t).Schema()
	offer := func(kind, name string) { offered = append(offered, kind+" "+name) }

	for name := range schema.ResourceSchemas {
		offer("Resource", name)
	}

	for name := range schema.DataSourceSchemas {
		offer("Data Source", name)
	}

	for name := range schema.EphemeralResourceSchemas {
		offer("Ephemeral Resource", name)
	}

	for name := range schema.ListResourceSchemas {
		offer("List Resource", name)
	}

	for name := range schema.Functions {
		offer("Function", name)
	}

	for name := range schema.ActionSchemas {
		offer("Action", name)
	}

	for _, one := range offered {
		if !slices.Contains(entries, one) {
			t.Errorf("CHANGELOG.md does not announce: %s", one)
		}
	}

	for _, one := range entries {
		if !slices.Contains(offered, one) {
			t.Errorf("CHANGELOG.md announces what is not offered: %s", one)
		}
	}
}

// The headings are those of HashiCorp's changelogs, in their order, below versions that are dated or marked as
// unreleased.
func TestChangelogForm(t *testing.T) {
	t.Parallel()

	version := regexp.MustCompile(`^## \d+\.\d+\.\d+ \((Unreleased|[A-Z][a-z]+ \d{1,2}, \d{4})\)$`)
	order := []string{"BREAKING CHANGES:", "NOTES:", "FEATURES:", "ENHANCEMENTS:", "BUG FIXES:"}
	last := -1

	for line := range strings.Lines(read(t, "CHANGELOG.md")) {
		line = strings.TrimRight(line, "\n")

		switch at := slices.Index(order, line); {
		case strings.HasPrefix(line, "#"):
			if !version.MatchString(line) {
				t.Errorf("not the heading of a version: %s", line)
			}

			last = -1
		case at >= 0:
			if at <= last {
				t.Errorf("%s does not stand in its place", line)
			}

			last = at
		case line != "" && (!strings.HasPrefix(line, "* ") || last < 0):
			t.Errorf("neither a heading nor an entry below one: %s", line)
		}
	}
}
