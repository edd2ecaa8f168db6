// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package provider_test

import (
	"flag"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/vonage/terraform-provider-vonage/internal/acctest"
)

var update = flag.Bool("update", false, "write testdata/surface.txt anew, to be looked at before it is committed")

// TestSurface compares everything that the provider offers, by GetMetadata and the schemas, with a golden file: a
// changed name, type or flag affects every user of the provider.
func TestSurface(t *testing.T) {
	t.Parallel()
	file := filepath.Join("testdata", "surface.txt")
	got := surface(acctest.New(t).Protocol(t))
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(strings.Split(string(want), "\n"), strings.Split(got, "\n")); diff != "" {
		t.Errorf("the surface changed; if it should, run go test ./internal/provider -run TestSurface -update (-known +offered):\n%s", diff)
	}
}

func surface(p *acctest.Protocol) string {
	metadata, schemas := p.Metadata(), p.Schema()
	b := new(surfaceWriter)
	b.schema("provider", schemas.Provider)
	for _, name := range names(metadata.Resources, func(m tfprotov6.ResourceMetadata) string { return m.TypeName }) {
		b.schema("resource "+name, schemas.ResourceSchemas[name])
		for _, attribute := range p.Identity(name).IdentityAttributes {
			b.linef("  identity %s: %s%s", attribute.Name, typeOf(attribute.Type),
				flags(map[string]bool{"required for import": attribute.RequiredForImport, "optional for import": attribute.OptionalForImport}))
		}
	}
	for _, name := range names(metadata.DataSources, func(m tfprotov6.DataSourceMetadata) string { return m.TypeName }) {
		b.schema("data source "+name, schemas.DataSourceSchemas[name])
	}
	for _, name := range names(metadata.ListResources, func(m tfprotov6.ListResourceMetadata) string { return m.TypeName }) {
		b.schema("list resource "+name, schemas.ListResourceSchemas[name])
	}
	for _, name := range names(metadata.EphemeralResources, func(m tfprotov6.EphemeralResourceMetadata) string { return m.TypeName }) {
		b.schema("ephemeral resource "+name, schemas.EphemeralResourceSchemas[name])
	}
	for _, name := range names(metadata.Actions, func(m tfprotov6.ActionMetadata) string { return m.TypeName }) {
		b.schema("action "+name, schemas.ActionSchemas[name].Schema)
	}
	for _, name := range names(metadata.Functions, func(m tfprotov6.FunctionMetadata) string { return m.Name }) {
		b.function(name, schemas.Functions[name])
	}
	return strings.TrimLeft(b.String(), "\n")
}

func names[M any](of []M, name func(M) string) []string {
	var all []string
	for _, one := range of {
		all = append(all, name(one))
	}
	slices.Sort(all)
	return all
}

// surfaceWriter writes one line per name.
type surfaceWriter struct{ strings.Builder }

func (w *surfaceWriter) linef(format string, arguments ...any) {
	fmt.Fprintf(w, format+"\n", arguments...)
}

func (w *surfaceWriter) schema(what string, schema *tfprotov6.Schema) {
	w.linef("\n%s (version %d)", what, schema.Version)
	w.attributes("  ", schema.Block.Attributes)
}

func (w *surfaceWriter) attributes(indent string, attributes []*tfprotov6.SchemaAttribute) {
	for _, attribute := range attributes {
		kind := typeOf(attribute.ValueType())
		if attribute.NestedType != nil {
			kind = strings.ToLower(attribute.NestedType.Nesting.String()) + " nested"
		}
		w.linef("%s%s: %s%s", indent, attribute.Name, kind, flags(map[string]bool{
			"required": attribute.Required, "optional": attribute.Optional, "computed": attribute.Computed,
			"sensitive": attribute.Sensitive, "write-only": attribute.WriteOnly, "deprecated": attribute.Deprecated,
		}))
		if attribute.NestedType != nil {
			w.attributes(indent+"  ", attribute.NestedType.Attributes)
		}
	}
}

func (w *surfaceWriter) function(name string, function *tfprotov6.Function) {
	var written []string
	for _, parameter := range function.Parameters {
		written = append(written, parameter.Name+" "+typeOf(parameter.Type))
	}
	if last := function.VariadicParameter; last != nil {
		written = append(written, last.Name+" ..."+typeOf(last.Type))
	}
	w.linef("\nfunction %s(%s) %s", name, strings.Join(written, ", "), typeOf(function.Return.Type))
}

func typeOf(t tftypes.Type) string {
	if t.Is(tftypes.DynamicPseudoType) {
		return "any"
	}
	return strings.ToLower(strings.ReplaceAll(t.String(), "tftypes.", ""))
}

func flags(set map[string]bool) string {
	maps.DeleteFunc(set, func(_ string, is bool) bool { return !is })
	if len(set) == 0 {
		return ""
	}
	return ", " + strings.Join(slices.Sorted(maps.Keys(set)), ", ")
}
