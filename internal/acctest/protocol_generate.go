// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package acctest

import (
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
)

// GenerateConfig returns the configuration that Terraform would generate for an imported or listed state.
func (p *Protocol) GenerateConfig(typeName string, state Values) (Values, Diagnostics) {
	p.t.Helper()
	schema := schemaOf(p, p.schema.ResourceSchemas, typeName)
	typ := schema.ValueType()
	resp, err := p.server.GenerateResourceConfig(p.context(), &tfprotov6.GenerateResourceConfigRequest{
		TypeName: typeName, State: p.encodeObject(typ, state),
	})
	p.must(err)
	return written(schema.Block.Attributes, p.decodeObject(typ, resp.Config)), diagnosticsOf(resp.Diagnostics)
}

// written returns a generated configuration as Terraform writes it: sensitive attributes are null.
func written(attributes []*tfprotov6.SchemaAttribute, config Values) Values {
	if config == nil {
		return nil
	}
	kept := Values{}
	for _, attribute := range attributes {
		value := config[attribute.Name]
		switch {
		case attribute.Sensitive:
			value = nil
		case attribute.NestedType != nil:
			value = writtenNested(attribute.NestedType, value)
		}
		kept[attribute.Name] = value
	}
	return kept
}

func writtenNested(object *tfprotov6.SchemaObject, value any) any {
	switch value := value.(type) {
	case Values:
		if object.Nesting != tfprotov6.SchemaObjectNestingModeMap {
			return written(object.Attributes, value)
		}
		members := Values{}
		for name, member := range value {
			members[name] = writtenMember(object, member)
		}
		return members
	case []any:
		members := make([]any, len(value))
		for i, member := range value {
			members[i] = writtenMember(object, member)
		}
		return members
	}
	return value
}

func writtenMember(object *tfprotov6.SchemaObject, member any) any {
	if members, ok := member.(Values); ok {
		return written(object.Attributes, members)
	}
	return member
}
