// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

// Package internal_test checks the architecture of the code: which package may import which, and what no code may do.
package internal_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

const module = "github.com/vonage/terraform-provider-vonage"

// file is one Go file of the repository.
type file struct {
	name string // path from the root, with slashes: internal/vonage/client.go
	test bool
	text string
	ast  *ast.File
}

// room returns the package directory below internal, to which the import rules apply; "" for the root package.
func (f file) room() string {
	rest, below := strings.CutPrefix(path.Dir(f.name), "internal/")
	if !below {
		return ""
	}
	room, _, _ := strings.Cut(rest, "/")
	return room
}

func (f file) imports() []string {
	var imports []string
	for _, spec := range f.ast.Imports {
		if imported, err := strconv.Unquote(spec.Path.Value); err == nil {
			imports = append(imports, imported)
		}
	}
	return imports
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

// foundations are the packages that offer nothing to users themselves; every other package is a resource package.
var foundations = []string{"provider", "framework", "schematype", "vonage", "emulator", "acctest", "terraformcli", "live", "cmd", "repository"}

func isResourcePackage(room string) bool { return room != "" && !slices.Contains(foundations, room) }

func TestWhoKnowsWhom(t *testing.T) {
	t.Parallel()
	files, _ := goFiles(t)
	for _, f := range files {
		if f.test {
			continue // tests may import everything
		}
		for _, imported := range f.imports() {
			if reason := forbidden(f, imported); reason != "" {
				t.Errorf("%s imports %s: %s", f.name, imported, reason)
			}
		}
	}
}

// forbidden returns the reason why a file must not import a package, or "".
func forbidden(f file, imported string) string {
	room := f.room()
	own, ours := strings.CutPrefix(imported, module+"/internal/")
	if !ours {
		switch {
		case room == "vonage" && strings.Contains(imported, "terraform"):
			return "the client knows nothing of Terraform"
		case room == "emulator" && strings.Contains(imported, "terraform"):
			return "the emulator knows nothing of Terraform"
		case isResourcePackage(room) && (imported == "net/http" || strings.HasPrefix(imported, "net/http/")):
			return "a resource package leaves HTTP to the client"
		case strings.Contains(imported, "terraform-plugin-sdk"), strings.Contains(imported, "gorilla/mux"), strings.Contains(imported, "testify"):
			return "it is not wanted here"
		}
		return ""
	}
	target, _, _ := strings.Cut(own, "/")
	switch {
	case room == "emulator" && target == room:
		return forbiddenInEmulator(path.Dir(f.name), "internal/"+own)
	case target == room:
		return ""
	case target == "provider" && room != "" && room != "acctest" && room != "cmd":
		return "only main, acctest and the commands know the provider"
	case target == "acctest":
		return "only tests use acctest"
	case target == "emulator" && room != "acctest" && room != "cmd":
		return "only acctest and the commands run the emulator"
	case isResourcePackage(target) && room != "provider":
		return "only the provider lists resources; what is shared moves down"
	case room == "vonage", room == "emulator":
		return "the client and the emulator stand alone"
	case room == "schematype" && target != "vonage":
		return "types build on the client only"
	case room == "framework" && target != "vonage" && target != "schematype":
		return "the framework builds on types and the client only"
	}
	return ""
}

// forbiddenInEmulator returns the reason why a room of the emulator must not import another, or "". Only the emulator
// itself knows its APIs; they know what they share, in platform and below.
func forbiddenInEmulator(from, to string) string {
	const emulator, platform = "internal/emulator", "internal/emulator/platform"
	shared := to == platform || strings.HasPrefix(to, platform+"/")
	switch {
	case from == emulator, shared && !strings.HasPrefix(from, platform):
		return ""
	case shared && (to != platform || from == platform+"/webhook"):
		return ""
	default:
		return "an API of the emulator knows the platform only, and the platform no API"
	}
}

func TestEveryFileHasItsHeader(t *testing.T) {
	t.Parallel()
	const header = "// Copyright (c) The terraform-provider-vonage authors\n// SPDX-License-Identifier: MPL-2.0\n\n"
	files, _ := goFiles(t)
	for _, f := range files {
		if !strings.HasPrefix(f.text, header) {
			t.Errorf("%s does not begin with the licence header and an empty line", f.name)
		}
	}
}

// longestFile is the maximum number of lines in a file; longer files should be split.
const longestFile = 300

func TestFilesAreShort(t *testing.T) {
	t.Parallel()
	files, _ := goFiles(t)
	for _, f := range files {
		if lines := strings.Count(f.text, "\n"); !f.test && lines > longestFile {
			t.Errorf("%s has %d lines, more than %d", f.name, lines, longestFile)
		}
	}
}

// notCalled are functions with global side effects (they stop, wait, print or read the environment), and the files that
// may call them.
var notCalled = map[string]func(file) bool{
	"panic":       func(f file) bool { return f.room() == "acctest" },
	"fmt.Print":   func(file) bool { return false },
	"fmt.Printf":  func(file) bool { return false },
	"fmt.Println": func(file) bool { return false },
	"time.Sleep":  func(file) bool { return false },
	"os.Exit":     func(f file) bool { return f.room() == "cmd" || f.room() == "acctest" },
	"log.Fatal":   func(f file) bool { return f.name == "main.go" || f.room() == "cmd" || f.room() == "acctest" },
	"os.Getenv": func(f file) bool {
		return f.name == "internal/provider/options.go" || f.name == "internal/provider/serve.go" || f.room() == "acctest" || f.room() == "terraformcli" || f.room() == "cmd"
	},
	"os.LookupEnv":  func(file) bool { return false },
	"os.Setenv":     func(f file) bool { return f.name == "internal/provider/serve.go" || f.room() == "acctest" },
	"context.TODO":  func(file) bool { return false },
	"signal.Notify": func(f file) bool { return f.room() == "cmd" },
}

func TestProductCodeKeepsToItself(t *testing.T) {
	t.Parallel()
	files, set := goFiles(t)
	for _, f := range files {
		if f.test {
			continue
		}
		ast.Inspect(f.ast, func(node ast.Node) bool {
			switch node := node.(type) {
			case *ast.FuncDecl:
				if node.Recv == nil && node.Name.Name == "init" {
					t.Errorf("%s: an init function", set.Position(node.Pos()))
				}
			case *ast.Ident, *ast.SelectorExpr:
				name := nameOf(node)
				if may, listed := notCalled[name]; listed && !may(f) {
					t.Errorf("%s: %s", set.Position(node.Pos()), name)
				}
			}
			return true
		})
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
