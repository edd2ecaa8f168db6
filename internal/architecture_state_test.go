// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package internal_test

import (
	"go/ast"
	"go/token"
	"path"
	"slices"
	"strings"
	"testing"
)

// TestNoPackageHasState reports package-level variables that can change: those without a fixed initial value, and those
// that a function assigns to.
func TestNoPackageHasState(t *testing.T) {
	t.Parallel()
	files, set := goFiles(t)
	variables := map[string]map[string]bool{} // by directory
	for _, f := range files {
		if f.test || f.room() == "acctest" {
			continue
		}
		for _, declaration := range f.ast.Decls {
			general, ok := declaration.(*ast.GenDecl)
			if !ok || general.Tok != token.VAR {
				continue
			}
			for _, spec := range general.Specs {
				value, ok := spec.(*ast.ValueSpec)
				if !ok {
					continue
				}
				for i, name := range value.Names {
					if name.Name == "_" || f.name == "main.go" && name.Name == "version" { // set by the linker
						continue
					}
					if !isEmbedded(general) && (i >= len(value.Values) || !isFixed(value.Values[i])) {
						t.Errorf("%s: the package variable %s can change", set.Position(name.Pos()), name.Name)
					}
					directory := path.Dir(f.name)
					if variables[directory] == nil {
						variables[directory] = map[string]bool{}
					}
					variables[directory][name.Name] = true
				}
			}
		}
	}
	for _, f := range files {
		if f.test {
			continue
		}
		for _, changed := range assigned(f.ast) {
			if variables[path.Dir(f.name)][changed.Name] && isPackageLevel(f.ast, changed) {
				t.Errorf("%s: the package variable %s is changed", set.Position(changed.Pos()), changed.Name)
			}
		}
	}
}

// isEmbedded reports whether the compiler fills a variable with files.
func isEmbedded(declaration *ast.GenDecl) bool {
	return declaration.Doc != nil && slices.ContainsFunc(declaration.Doc.List, func(line *ast.Comment) bool {
		return strings.HasPrefix(line.Text, "//go:embed ")
	})
}

// isFixed reports whether an initial value is not obviously mutable: not an empty container, a lock or a pointer.
func isFixed(value ast.Expr) bool {
	switch value := value.(type) {
	case *ast.UnaryExpr:
		return value.Op != token.AND
	case *ast.CallExpr:
		called := nameOf(value.Fun)
		return called != "make" && called != "new" && !strings.HasPrefix(called, "sync.")
	case *ast.CompositeLit:
		return !strings.HasPrefix(nameOf(value.Type), "sync.")
	}
	return true
}

// assigned returns the root identifiers of everything that a file assigns to, increments, or takes the address of.
func assigned(parsed *ast.File) []*ast.Ident {
	var found []*ast.Ident
	add := func(expression ast.Expr) {
		for {
			switch inner := expression.(type) {
			case *ast.IndexExpr:
				expression = inner.X
			case *ast.SelectorExpr:
				expression = inner.X
			case *ast.StarExpr:
				expression = inner.X
			case *ast.ParenExpr:
				expression = inner.X
			case *ast.Ident:
				found = append(found, inner)
				return
			default:
				return
			}
		}
	}
	ast.Inspect(parsed, func(node ast.Node) bool {
		switch node := node.(type) {
		case *ast.AssignStmt:
			if node.Tok != token.DEFINE {
				for _, target := range node.Lhs {
					add(target)
				}
			}
		case *ast.IncDecStmt:
			add(node.X)
		case *ast.UnaryExpr:
			if node.Op == token.AND {
				add(node.X)
			}
		case *ast.CallExpr:
			if name := nameOf(node.Fun); (name == "delete" || name == "clear") && len(node.Args) > 0 {
				add(node.Args[0])
			}
		}
		return true
	})
	return found
}

// isPackageLevel reports whether an identifier refers to a variable of the package and not to a local one. The parser
// resolves identifiers declared in the same file, and leaves those of the package's other files unresolved.
func isPackageLevel(parsed *ast.File, name *ast.Ident) bool {
	return name.Obj == nil || parsed.Scope.Lookup(name.Name) == name.Obj
}
