// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package repository_test

import (
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

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

var update = flag.Bool("update", false, "write what is offered into README.md")

// README.md lists what is offered, each with the first sentence of its description, as
// `go test ./internal/repository -run TestReadmeListsWhatIsOffered -update` writes it.
func TestReadmeListsWhatIsOffered(t *testing.T) {
	t.Parallel()

	const from, to = "<!-- what is offered, written by a test -->\n", "<!-- end of what is offered -->\n"

	readme := read(t, "README.md")
	before, rest, begins := strings.Cut(readme, from)
	written, after, ends := strings.Cut(rest, to)

	if !begins || !ends {
		t.Fatal("README.md has no place for what is offered")
	}

	offered := offerTable(acctest.New(t).Protocol(t).Schema())
	switch {
	case written == offered:
	case !*update:
		t.Errorf("README.md lists something else (-written +offered); -update mends it:\n%s", cmp.Diff(written, offered))
	default:
		if err := os.WriteFile(filepath.Join(root, "README.md"), []byte(before+from+offered+to+after), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

// offerTable has a row for everything that is offered, with a link to its page.
func offerTable(schema *tfprotov6.GetProviderSchemaResponse) string {
	var rows []string

	for kind, schemas := range map[string]map[string]*tfprotov6.Schema{
		"1 resource resources": schema.ResourceSchemas, "2 data-source data-sources": schema.DataSourceSchemas,
		"3 ephemeral-resource ephemeral-resources": schema.EphemeralResourceSchemas, "4 list-resource list-resources": schema.ListResourceSchemas,
	} {
		for name, one := range schemas {
			rows = append(rows, offerRow(kind, name, one.Block.Description))
		}
	}

	for name, action := range schema.ActionSchemas {
		rows = append(rows, offerRow("5 action actions", name, action.Schema.Block.Description))
	}

	for name, function := range schema.Functions {
		rows = append(rows, offerRow("6 function functions", name, function.Summary))
	}

	slices.Sort(rows)

	table := []string{"| | | |", "|---|---|---|"}
	for _, row := range rows {
		table = append(table, row[2:])
	}

	return strings.Join(table, "\n") + "\n"
}

// offerRow returns a row of the table, after the place of its kind. The kind is its place, its name and its directory in
// docs.
func offerRow(kind, name, description string) string {
	words := strings.Fields(kind)
	page := "docs/" + words[2] + "/" + strings.TrimPrefix(name, "vonage_") + ".md"
	first, _, _ := strings.Cut(description, "\n")
	first, _, _ = strings.Cut(first, ". ")

	return words[0] + " | " + strings.ReplaceAll(words[1], "-", " ") + " | [`" + name + "`](" + page + ") | " + strings.TrimSuffix(first, ".") + " |"
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
