// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package internal_test

import (
	"go/ast"
	"regexp"
	"strings"
	"testing"
)

// Whoever reads a method of the API client finds the page of Vonage's documentation by its endpoint. A method without a
// context sends nothing.
func TestClientMethodsNameTheirEndpoint(t *testing.T) {
	t.Parallel()
	endpoint := regexp.MustCompile(`\b(GET|POST|PUT|PATCH|DELETE)\s/\w`)
	files, _ := goFiles(t)
	methods := 0
	for _, f := range files {
		if f.test || !strings.HasPrefix(f.name, "internal/vonage/") {
			continue
		}
		for _, declaration := range f.ast.Decls {
			method, ok := declaration.(*ast.FuncDecl)
			if !ok || !method.Name.IsExported() || !strings.HasSuffix(receiver(method), "Service") || !takesContext(method) {
				continue
			}
			methods++
			if !endpoint.MatchString(method.Doc.Text()) {
				t.Errorf("%s: the comment of %s.%s names no endpoint", f.name, receiver(method), method.Name)
			}
		}
	}
	if methods < 10 {
		t.Errorf("found %d methods only", methods)
	}
}

func receiver(method *ast.FuncDecl) string {
	if method.Recv == nil {
		return ""
	}
	pointer, ok := method.Recv.List[0].Type.(*ast.StarExpr)
	if !ok {
		return ""
	}
	name, _ := pointer.X.(*ast.Ident)
	if name == nil {
		return ""
	}
	return name.Name
}

func takesContext(method *ast.FuncDecl) bool {
	parameters := method.Type.Params.List
	if len(parameters) == 0 {
		return false
	}
	first, ok := parameters[0].Type.(*ast.SelectorExpr)
	return ok && first.Sel.Name == "Context"
}
