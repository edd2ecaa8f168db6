// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package examples_test

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclwrite"
)

// write puts a configuration where the page says.
func (r *reader) write(t *testing.T, name, code string) error {
	t.Helper()

	file, diags := hclwrite.ParseConfig([]byte(code), name, hcl.InitialPos)
	if diags.HasErrors() {
		return diags
	}

	complete := strings.Contains(code, "required_providers")
	moved := sources(file)

	switch holder := r.holder(t, moved); {
	case holder != nil:
		if err := r.settle(t); err != nil {
			return err
		}

		r.directories = append(r.directories, holder)

		if complete {
			empty(t, holder.path)
		}
	case len(moved) > 0:
		return errors.New("no directory has what is moved or removed")
	case complete:
		if err := r.settle(t); err != nil {
			return err
		}

		r.directories = append(r.directories, &directory{path: t.TempDir()})
	case len(r.directories) == 0:
		return errors.New("it has no required_providers")
	}

	current := r.directories[len(r.directories)-1]
	current.applied = false
	current.initialized = current.initialized && !complete

	if name == "" {
		replace(t, current.path, file, moved)
		name, code = "main.tf", contents(t, filepath.Join(current.path, "main.tf"))+code
	}

	path := filepath.Join(current.path, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}

	if err := os.WriteFile(path, []byte(code), 0o600); err != nil {
		t.Fatal(err)
	}

	return nil
}

// holder returns the last directory whose configuration has all of these resources, or nil.
func (r *reader) holder(t *testing.T, addresses []string) *directory {
	t.Helper()

	if len(addresses) == 0 {
		return nil
	}

	for _, candidate := range slices.Backward(r.directories) {
		held := map[string]bool{}
		eachBlock(t, candidate.path, func(_ *hclwrite.Body, block *hclwrite.Block) { held[address(block)] = true })

		if !slices.ContainsFunc(addresses, func(wanted string) bool { return !held[wanted] }) {
			return candidate
		}
	}

	return nil
}

// sources returns what the moved and removed blocks of a file name.
func sources(file *hclwrite.File) []string {
	var found []string

	for _, block := range file.Body().Blocks() {
		if block.Type() == "moved" || block.Type() == "removed" {
			found = append(found, strings.TrimSpace(string(block.Body().GetAttribute("from").Expr().BuildTokens(nil).Bytes())))
		}
	}

	return found
}

// replace removes from a directory what the blocks of a file replace, and what they say has gone.
func replace(t *testing.T, path string, file *hclwrite.File, gone []string) {
	t.Helper()

	var replaced []string
	for _, block := range file.Body().Blocks() {
		replaced = append(replaced, address(block))
	}

	eachBlock(t, path, func(body *hclwrite.Body, block *hclwrite.Block) {
		if name := address(block); slices.Contains(gone, name) || name != "" && slices.Contains(replaced, name) {
			body.RemoveBlock(block)
		}
	})
}

// address names a block of which a configuration can have one only; it is "" for others.
func address(block *hclwrite.Block) string {
	labels := strings.Join(block.Labels(), ".")

	switch block.Type() {
	case "resource":
		return labels
	case "provider":
		if alias := block.Body().GetAttribute("alias"); alias != nil {
			labels += string(alias.Expr().BuildTokens(nil).Bytes())
		}

		return "provider " + labels
	case "data", "variable", "output", "ephemeral", "module", "check":
		return block.Type() + " " + labels
	}

	return ""
}

// eachBlock calls a function for every block of a directory's configuration, and writes back what it changes.
func eachBlock(t *testing.T, path string, call func(*hclwrite.Body, *hclwrite.Block)) {
	t.Helper()

	for _, name := range glob(t, filepath.Join(path, "*.tf")) {
		content, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}

		file, diags := hclwrite.ParseConfig(content, name, hcl.InitialPos)
		if diags.HasErrors() {
			t.Fatal(diags)
		}

		for _, block := range file.Body().Blocks() {
			call(file.Body(), block)
		}

		if err := os.WriteFile(name, file.Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

// contents returns the text of a file that need not exist.
func contents(t *testing.T, path string) string {
	t.Helper()

	text, err := os.ReadFile(path)
	if err != nil && !os.IsNotExist(err) {
		t.Fatal(err)
	}

	return string(text)
}

// empty removes the configuration of a directory, and keeps its state.
func empty(t *testing.T, path string) {
	t.Helper()

	for _, name := range glob(t, filepath.Join(path, "*.tf")) {
		if err := os.Remove(name); err != nil {
			t.Fatal(err)
		}
	}
}
