// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package examples_test

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/hashicorp/hcl/v2/hclwrite"

	"github.com/vonage/terraform-provider-vonage/internal/acctest"
)

// Everything that the provider offers has an example for its page, and every resource has one for each way to import it.
func TestEveryPageHasItsExamples(t *testing.T) {
	t.Parallel()

	schema := acctest.New(t).Protocol(t).Schema()

	var wanted []string

	want := func(directory, name string, files ...string) {
		for _, file := range files {
			wanted = append(wanted, directory+"/"+name+"/"+file)
		}
	}

	for name := range schema.ResourceSchemas {
		want("resources", name, "resource.tf", "import.sh", "import-by-string-id.tf", "import-by-identity.tf")
	}

	for name := range schema.DataSourceSchemas {
		want("data-sources", name, "data-source.tf")
	}

	for name := range schema.EphemeralResourceSchemas {
		want("ephemeral-resources", name, "ephemeral-resource.tf")
	}

	for name := range schema.ListResourceSchemas {
		want("list-resources", name, "list-resource.tfquery.hcl")
	}

	for name := range schema.ActionSchemas {
		want("actions", name, "action.tf")
	}

	for name := range schema.Functions {
		want("functions", name, "function.tf")
	}

	for _, file := range wanted {
		if _, err := os.Stat(filepath.FromSlash(file)); err != nil {
			t.Errorf("there is no examples/%s", file)
		}
	}
}

// Examples are formatted as by "terraform fmt", which ignores query files in CLIs that do not know them.
func TestExamplesAreFormatted(t *testing.T) {
	t.Parallel()

	err := filepath.WalkDir(".", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || !strings.HasSuffix(path, ".tf") && !strings.HasSuffix(path, ".hcl") {
			return err
		}

		content, err := os.ReadFile(path)
		if err == nil && !bytes.Equal(content, hclwrite.Format(content)) {
			t.Errorf("%s is not formatted", path)
		}

		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}
