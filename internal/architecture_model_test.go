// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package internal_test

import (
	"go/ast"
	"maps"
	"path"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// TestModelsEqualTheirSchemas compares the sets of names: every struct with tfsdk tags must match an object of some
// schema, and every schema must have its struct. Otherwise users would be the first to see the difference, as an error
// of the framework.
func TestModelsEqualTheirSchemas(t *testing.T) {
	t.Parallel()
	objects := objectsOf(everything(t))
	models := map[string]bool{}
	files, set := goFiles(t)
	structs := structsByDirectory(files)
	for _, f := range files {
		if f.test {
			continue
		}
		directory := structs[path.Dir(f.name)]
		for name, declared := range structsOf(f.ast) {
			tags := tagsOf(directory, declared)
			if len(tags) == 0 {
				continue
			}
			names := nameSet(tags)
			models[names] = true
			if objects[names] == "" && !embedded(directory, name) {
				t.Errorf("%s: no object of any schema has exactly the attributes %s of %s", set.Position(declared.Pos()), names, name)
			}
		}
	}
	for names, object := range objects {
		if !strings.Contains(object, ".") && names != "" && !models[names] {
			t.Errorf("%s: no struct has exactly its attributes %s", object, names)
		}
	}
}

// objectsOf maps the attribute names of every object to the object's place. The place of a schema's top-level object has
// no dot.
func objectsOf(all offered) map[string]string {
	objects := map[string]string{}
	add := func(at string, typ tftypes.Type) {
		if object := objectWithin(typ); object != nil {
			objects[nameSet(slices.Collect(maps.Keys(object.AttributeTypes)))] = at
		}
	}
	all.walk(func(name string, attribute *tfprotov6.SchemaAttribute, _ []*tfprotov6.SchemaAttribute) {
		add(name, attribute.ValueType())
	})
	for name, identity := range all.identities {
		add("identity "+name, identity.ValueType())
	}
	for name, schema := range all.schemas {
		add(name, schema.ValueType())
	}
	return objects
}

func objectWithin(typ tftypes.Type) *tftypes.Object {
	switch typ := typ.(type) {
	case tftypes.Object:
		return &typ
	case tftypes.List:
		return objectWithin(typ.ElementType)
	case tftypes.Set:
		return objectWithin(typ.ElementType)
	case tftypes.Map:
		return objectWithin(typ.ElementType)
	}
	return nil
}

func nameSet(names []string) string {
	slices.Sort(names)
	return strings.Join(slices.Compact(names), " ")
}

func structsByDirectory(files []file) map[string]map[string]*ast.StructType {
	structs := map[string]map[string]*ast.StructType{}
	for _, f := range files {
		directory := path.Dir(f.name)
		if structs[directory] == nil {
			structs[directory] = map[string]*ast.StructType{}
		}
		maps.Copy(structs[directory], structsOf(f.ast))
	}
	return structs
}

func structsOf(parsed *ast.File) map[string]*ast.StructType {
	structs := map[string]*ast.StructType{}
	for _, declaration := range parsed.Decls {
		general, ok := declaration.(*ast.GenDecl)
		if !ok {
			continue
		}
		for _, spec := range general.Specs {
			if named, ok := spec.(*ast.TypeSpec); ok {
				if declared, ok := named.Type.(*ast.StructType); ok {
					structs[named.Name.Name] = declared
				}
			}
		}
	}
	return structs
}

// tagsOf returns the tfsdk names of a struct, including those of embedded structs.
func tagsOf(structs map[string]*ast.StructType, declared *ast.StructType) []string {
	var tags []string
	for _, field := range declared.Fields.List {
		if embedded, ok := field.Type.(*ast.Ident); ok && len(field.Names) == 0 && structs[embedded.Name] != nil {
			tags = append(tags, tagsOf(structs, structs[embedded.Name])...)
			continue
		}
		if field.Tag == nil {
			continue
		}
		if tag, err := strconv.Unquote(field.Tag.Value); err == nil {
			if name := reflect.StructTag(tag).Get("tfsdk"); name != "" && name != "-" {
				tags = append(tags, name)
			}
		}
	}
	return tags
}

// embedded reports whether a struct is embedded in another one.
func embedded(structs map[string]*ast.StructType, name string) bool {
	for _, declared := range structs {
		for _, field := range declared.Fields.List {
			if part, ok := field.Type.(*ast.Ident); ok && len(field.Names) == 0 && part.Name == name {
				return true
			}
		}
	}
	return false
}
