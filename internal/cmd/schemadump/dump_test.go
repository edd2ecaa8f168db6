// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"context"
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// server answers the two calls that dump makes.
type server struct {
	tfprotov6.ProviderServer

	schemas    tfprotov6.GetProviderSchemaResponse
	identities tfprotov6.GetResourceIdentitySchemasResponse
}

func (s server) GetProviderSchema(context.Context, *tfprotov6.GetProviderSchemaRequest) (*tfprotov6.GetProviderSchemaResponse, error) {
	return &s.schemas, nil
}

func (s server) GetResourceIdentitySchemas(
	context.Context, *tfprotov6.GetResourceIdentitySchemasRequest,
) (*tfprotov6.GetResourceIdentitySchemasResponse, error) {
	return &s.identities, nil
}

// everything offers one of each kind of thing that a provider can offer. The JSON next to it has the format of
// Terraform's internal/command/jsonprovider, which "terraform providers schema -json" prints; a CLI of version 1.11
// knows only some of the sections.
func everything() server {
	body := func(attributes ...*tfprotov6.SchemaAttribute) *tfprotov6.Schema {
		return &tfprotov6.Schema{Version: 2, Block: &tfprotov6.SchemaBlock{
			Attributes: attributes, Description: "what it is", DescriptionKind: tfprotov6.StringKindMarkdown,
		}}
	}
	text := func(name string) *tfprotov6.SchemaAttribute {
		return &tfprotov6.SchemaAttribute{Name: name, Type: tftypes.String, Optional: true}
	}

	return server{
		schemas: tfprotov6.GetProviderSchemaResponse{
			Provider: body(&tfprotov6.SchemaAttribute{Name: "secret", Type: tftypes.String, Required: true, Sensitive: true, Deprecated: true}),
			ResourceSchemas: map[string]*tfprotov6.Schema{"vonage_thing": body(
				&tfprotov6.SchemaAttribute{Name: "key_wo", Type: tftypes.String, Optional: true, WriteOnly: true},
				&tfprotov6.SchemaAttribute{Name: "hooks", Computed: true, NestedType: &tfprotov6.SchemaObject{
					Nesting: tfprotov6.SchemaObjectNestingModeMap, Attributes: []*tfprotov6.SchemaAttribute{text("address")},
				}},
			)},
			DataSourceSchemas: map[string]*tfprotov6.Schema{"vonage_thing": body(&tfprotov6.SchemaAttribute{
				Name: "owners", Computed: true, Type: tftypes.List{ElementType: tftypes.Set{ElementType: tftypes.Map{
					ElementType: tftypes.Object{AttributeTypes: map[string]tftypes.Type{"age": tftypes.Number, "old": tftypes.Bool}},
				}}},
			})},
			EphemeralResourceSchemas: map[string]*tfprotov6.Schema{"vonage_jwt": body(text("jwt"))},
			ListResourceSchemas:      map[string]*tfprotov6.Schema{"vonage_thing": body(text("country"))},
			ActionSchemas:            map[string]*tfprotov6.ActionSchema{"vonage_call": {Schema: body(text("to"))}},
			Functions: map[string]*tfprotov6.Function{"ncco": {
				Summary: "in short", Description: "at length",
				Parameters:        []*tfprotov6.FunctionParameter{{Name: "actions", Type: tftypes.DynamicPseudoType, AllowNullValue: true}},
				VariadicParameter: &tfprotov6.FunctionParameter{Name: "more", Type: tftypes.Bool},
				Return:            &tfprotov6.FunctionReturn{Type: tftypes.String},
			}},
		},
		identities: tfprotov6.GetResourceIdentitySchemasResponse{
			IdentitySchemas: map[string]*tfprotov6.ResourceIdentitySchema{"vonage_thing": {
				Version: 1,
				IdentityAttributes: []*tfprotov6.ResourceIdentitySchemaAttribute{
					{Name: "id", Type: tftypes.String, RequiredForImport: true, Description: "its id"},
					{Name: "region", Type: tftypes.String, OptionalForImport: true},
				},
			}},
		},
	}
}

const everythingJSON = `{"format_version": "1.0", "provider_schemas": {"vonage": {
	"provider": {"version": 2, "block": {"description": "what it is", "description_kind": "markdown", "attributes": {
		"secret": {"type": "string", "description_kind": "plain", "required": true, "sensitive": true, "deprecated": true}}}},
	"resource_schemas": {"vonage_thing": {"version": 2, "block": {"description": "what it is", "description_kind": "markdown", "attributes": {
		"key_wo": {"type": "string", "description_kind": "plain", "optional": true, "write_only": true},
		"hooks": {"description_kind": "plain", "computed": true, "nested_type": {"nesting_mode": "map", "attributes": {
			"address": {"type": "string", "description_kind": "plain", "optional": true}}}}}}}},
	"data_source_schemas": {"vonage_thing": {"version": 2, "block": {"description": "what it is", "description_kind": "markdown", "attributes": {
		"owners": {"description_kind": "plain", "computed": true,
			"type": ["list", ["set", ["map", ["object", {"age": "number", "old": "bool"}]]]]}}}}},
	"ephemeral_resource_schemas": {"vonage_jwt": {"version": 2, "block": {"description": "what it is", "description_kind": "markdown",
		"attributes": {"jwt": {"type": "string", "description_kind": "plain", "optional": true}}}}},
	"list_resource_schemas": {"vonage_thing": {"version": 2, "block": {"description": "what it is", "description_kind": "markdown",
		"attributes": {"country": {"type": "string", "description_kind": "plain", "optional": true}}}}},
	"action_schemas": {"vonage_call": {"block": {"description": "what it is", "description_kind": "markdown",
		"attributes": {"to": {"type": "string", "description_kind": "plain", "optional": true}}}}},
	"functions": {"ncco": {"summary": "in short", "description": "at length", "return_type": "string",
		"parameters": [{"name": "actions", "type": "dynamic", "is_nullable": true}], "variadic_parameter": {"name": "more", "type": "bool"}}},
	"resource_identity_schemas": {"vonage_thing": {"version": 1, "attributes": {
		"id": {"type": "string", "description": "its id", "required_for_import": true},
		"region": {"type": "string", "optional_for_import": true}}}}
}}}`

func TestDumpHasEverySection(t *testing.T) {
	t.Parallel()

	schemas, err := dump(t.Context(), everything())
	if err != nil {
		t.Fatal(err)
	}

	dumped, err := json.Marshal(schemas)
	if err != nil {
		t.Fatal(err)
	}

	if diff := cmp.Diff(decode(t, []byte(everythingJSON)), decode(t, dumped)); diff != "" {
		t.Errorf("dump differs from what Terraform prints (-Terraform +dump):\n%s", diff)
	}
}

func TestDumpRefusesWhatItCannotExpress(t *testing.T) {
	t.Parallel()

	for name, test := range map[string]struct {
		damage func(*server)
		want   string
	}{
		"a block": {
			func(s *server) {
				s.schemas.ResourceSchemas["vonage_thing"].Block.BlockTypes = []*tfprotov6.SchemaNestedBlock{{TypeName: "timeouts"}}
			},
			"vonage_thing: has a nested block",
		},
		"a type the JSON has no word for": {
			func(s *server) { s.schemas.Functions["ncco"].Return.Type = tftypes.Tuple{} },
			"ncco: return value: no Terraform type for tftypes.Tuple[]",
		},
		"a provider whose schema is in error": {
			func(s *server) {
				s.identities.Diagnostics = []*tfprotov6.Diagnostic{
					{Severity: tfprotov6.DiagnosticSeverityWarning, Summary: "Harmless"},
					{Severity: tfprotov6.DiagnosticSeverityError, Summary: "Broken identity", Detail: "no attributes"},
				}
			},
			"Broken identity: no attributes",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			s := everything()
			test.damage(&s)

			_, err := dump(t.Context(), s)
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("got error %v, want one with %q", err, test.want)
			}
		})
	}
}

func decode(t *testing.T, document []byte) map[string]any {
	t.Helper()

	var decoded map[string]any
	if err := json.Unmarshal(document, &decoded); err != nil {
		t.Fatal(err)
	}

	return decoded
}
