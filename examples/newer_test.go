// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package examples_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	ctyjson "github.com/zclconf/go-cty/cty/json"

	"github.com/vonage/terraform-provider-vonage/internal/acctest"
	"github.com/vonage/terraform-provider-vonage/internal/acctest/cli"
)

// The following tests are about features that the oldest supported CLI does not have. Each is always tested in process,
// and also through the CLI if it is new enough.

// Every identity imports the object that it names.
func TestIdentities(t *testing.T) {
	t.Parallel()

	for _, file := range glob(t, "resources/*/import-by-identity.tf") {
		t.Run(filepath.ToSlash(file), func(t *testing.T) {
			t.Parallel()

			account := newAdoptedAccount(t)
			protocol := account.protocol(t)

			for _, block := range blocks(t, file, "import") {
				identity, ok := values(t, block.Body)["identity"].(map[string]any)
				if !ok {
					t.Fatal("the block has no identity")
				}

				object, diags := protocol.ImportIdentity(filepath.Base(filepath.Dir(file)), identity)
				diags.MustBeEmpty(t)

				if object.State == nil {
					t.Error("nothing was imported")
				}
			}
		})
	}
}

// Every list block is valid and returns a result.
func TestListResources(t *testing.T) {
	t.Parallel()

	files := append(glob(t, "list-resources/*/*.tfquery.hcl"), glob(t, "guides/*/*.tfquery.hcl")...)
	for _, file := range files {
		t.Run(filepath.ToSlash(file), func(t *testing.T) {
			t.Parallel()

			account := newAdoptedAccount(t)
			protocol := account.protocol(t)

			for _, block := range blocks(t, file, "list") {
				results, diags := protocol.List(block.Labels[0], config(t, block), 100, true)
				diags.MustBeEmpty(t)

				if len(results) == 0 {
					t.Errorf("%s %s lists nothing", block.Labels[0], block.Labels[1])
				}
			}

			if !account.terraform.Has(t, cli.Query) {
				return
			}

			workspace := newWorkspace(t, account, example{name: file, files: []string{file}})
			workspace.run(t, "query", "-no-color")
		})
	}
}

// Every action is valid, and is invoked if the CLI supports actions.
func TestActions(t *testing.T) {
	t.Parallel()

	for _, file := range glob(t, "actions/*/*.tf") {
		t.Run(filepath.ToSlash(file), func(t *testing.T) {
			t.Parallel()

			account := newAccount(t)
			protocol := account.protocol(t)

			for _, block := range blocks(t, file, "action") {
				protocol.ValidateAction(block.Labels[0], config(t, block)).MustBeEmpty(t)
			}

			if !account.terraform.Has(t, cli.Actions) {
				return
			}

			workspace := newWorkspace(t, account, example{name: file, files: []string{file}})

			applied := workspace.run(t, "apply", "-no-color", "-auto-approve")
			if !strings.Contains(applied, "Action complete: ") {
				t.Errorf("no action was invoked:\n%s", applied)
			}

			workspace.mustBePlannedEmpty(t)
			workspace.destroy(t)
		})
	}
}

// blocks returns the blocks of a type in a file.
func blocks(t *testing.T, file, typeName string) []*hclsyntax.Block {
	t.Helper()

	content, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}

	parsed, diags := hclsyntax.ParseConfig(content, file, hcl.InitialPos)
	if diags.HasErrors() {
		t.Fatal(diags)
	}

	body, ok := parsed.Body.(*hclsyntax.Body)
	if !ok {
		t.Fatalf("%s: not native syntax", file)
	}

	var found []*hclsyntax.Block

	for _, block := range body.Blocks {
		if block.Type == typeName {
			found = append(found, block)
		}
	}

	if len(found) == 0 {
		t.Fatalf("%s has no %s", file, typeName)
	}

	return found
}

// config returns the values in a block's config block, which list blocks may omit.
func config(t *testing.T, block *hclsyntax.Block) acctest.Values {
	t.Helper()

	for _, inner := range block.Body.Blocks {
		if inner.Type == "config" {
			return values(t, inner.Body)
		}
	}

	return acctest.Values{}
}

// values returns the attributes of a block. References are unknown.
func values(t *testing.T, body *hclsyntax.Body) acctest.Values {
	t.Helper()

	found := acctest.Values{}

	for name, attribute := range body.Attributes {
		value, diags := attribute.Expr.Value(nil)
		if diags.HasErrors() || !value.IsWhollyKnown() {
			found[name] = acctest.Unknown

			continue
		}

		text, err := ctyjson.Marshal(value, value.Type())
		if err != nil {
			t.Fatal(err)
		}

		var decoded any
		if err := json.Unmarshal(text, &decoded); err != nil {
			t.Fatal(err)
		}

		found[name] = decoded
	}

	return found
}
