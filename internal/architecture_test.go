// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

// Package internal_test checks what only the schema and the code together can tell. The linter checks which package may
// import which, and what no code may call: .golangci.yml.
package internal_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"testing"
)

// file is one Go file of the repository.
type file struct {
	name string // path from the root, with slashes: internal/vonage/client.go
	test bool
	text string
	ast  *ast.File
}

// room returns the package directory below internal; "" for the root package.
func (f file) room() string {
	rest, below := strings.CutPrefix(path.Dir(f.name), "internal/")
	if !below {
		return ""
	}
	room, _, _ := strings.Cut(rest, "/")
	return room
}

// goFiles returns all Go files of the repository.
func goFiles(t *testing.T) ([]file, *token.FileSet) {
	t.Helper()
	var files []file
	set := token.NewFileSet()
	err := filepath.WalkDir("..", func(name string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() && name != ".." && (strings.HasPrefix(entry.Name(), ".") || entry.Name() == "bin") {
			return fs.SkipDir
		}
		if filepath.Ext(name) != ".go" {
			return nil
		}
		text, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		parsed, err := parser.ParseFile(set, name, text, parser.ParseComments)
		if err != nil {
			return err
		}
		files = append(files, file{
			name: strings.TrimPrefix(filepath.ToSlash(name), "../"), test: strings.HasSuffix(name, "_test.go"), text: string(text), ast: parsed,
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(files) < 50 {
		t.Fatalf("found %d Go files only", len(files))
	}
	return files, set
}

// longestFile is the maximum number of lines in a file. A longer one is about more than one thing, and is split along that.
const longestFile = 500

func TestFilesAreShort(t *testing.T) {
	t.Parallel()
	files, _ := goFiles(t)
	for _, f := range files {
		if lines := strings.Count(f.text, "\n"); !f.test && lines > longestFile {
			t.Errorf("%s has %d lines, more than %d", f.name, lines, longestFile)
		}
	}
}

// nameOf returns "panic" for an identifier and "fmt.Print" for a selector.
func nameOf(node ast.Node) string {
	switch node := node.(type) {
	case *ast.Ident:
		return node.Name
	case *ast.SelectorExpr:
		if from, ok := node.X.(*ast.Ident); ok {
			return from.Name + "." + node.Sel.Name
		}
	}
	return ""
}
