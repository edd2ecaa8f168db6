// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package repository_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

var (
	link      = regexp.MustCompile(`\]\(([^)\s]+)\)`)
	heading   = regexp.MustCompile(`(?m)^#+ +(.+?) *$`)
	anchor    = regexp.MustCompile(`<a id="([^"]+)">`)
	fence     = regexp.MustCompile("(?ms)^ *```.*?^ *```")
	slugDrops = regexp.MustCompile(`[^\p{L}\p{N} _-]`)
)

// A link to a file of this repository points to an existing file, and one to a heading to an existing heading.
func TestRelativeLinks(t *testing.T) {
	t.Parallel()

	links := 0

	for _, page := range pages(t) {
		for _, match := range link.FindAllStringSubmatch(prose(t, page), -1) {
			target := match[1]
			if strings.Contains(target, "://") || strings.HasPrefix(target, "mailto:") {
				continue
			}

			links++

			path, fragment, _ := strings.Cut(target, "#")

			file := page
			if path != "" {
				file = filepath.Join(filepath.Dir(page), path)
			}

			if _, err := os.Stat(file); err != nil {
				t.Errorf("%s: %s leads nowhere", page, target)
			} else if fragment != "" && !anchors(prose(t, file))[fragment] {
				t.Errorf("%s: %s has no such heading", page, target)
			}
		}
	}

	if links == 0 {
		t.Error("no links found: the test looks in the wrong place")
	}
}

// pages returns the Markdown files of the repository, without installed or built ones.
func pages(t *testing.T) []string {
	t.Helper()

	var found []string

	err := filepath.WalkDir(root, func(path string, entry os.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir() && skipped[entry.Name()]:
			return filepath.SkipDir
		case filepath.Ext(path) == ".md":
			found = append(found, path)
		}

		return nil
	})
	if err != nil {
		t.Fatal(err)
	}

	return found
}

// prose returns a page without its code.
func prose(t *testing.T, page string) string {
	t.Helper()

	text, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}

	return fence.ReplaceAllString(string(text), "")
}

// anchors returns the fragments that can be linked to on a page: its headings, in the form that GitHub and the Registry
// use.
func anchors(text string) map[string]bool {
	found := map[string]bool{}

	for _, match := range heading.FindAllStringSubmatch(text, -1) {
		slug := slugDrops.ReplaceAllString(strings.ToLower(match[1]), "")
		found[strings.ReplaceAll(slug, " ", "-")] = true
	}

	for _, match := range anchor.FindAllStringSubmatch(text, -1) {
		found[match[1]] = true
	}

	return found
}
