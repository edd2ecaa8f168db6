// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package acctest

import (
	"maps"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
)

// PlanIgnoring plans a change as Terraform does for a resource with the named attributes in ignore_changes: their values
// in the state take the place of the configured ones. The apply gets the configuration as it is written.
func (p *Protocol) PlanIgnoring(typeName string, prior Object, config Values, ignored ...string) (Plan, Diagnostics) {
	p.t.Helper()
	plan, diags := p.Plan(typeName, prior, p.ignoring(typeName, prior, config, ignored))
	plan.config = config
	return plan, diags
}

// ApplyConfigured applies a plan with another configuration than the one that was planned.
func (p *Protocol) ApplyConfigured(plan Plan, config Values) (Object, Diagnostics) {
	p.t.Helper()
	plan.config = config
	return p.Apply(plan)
}

// IgnoreAll is ignore_changes = all.
const IgnoreAll = "all"

// ignoring returns what Terraform passes as the configuration (processIgnoreChanges in Terraform).
func (p *Protocol) ignoring(typeName string, prior Object, config Values, ignored []string) Values {
	p.t.Helper()
	handed := maps.Clone(config)
	for _, name := range ignored {
		if name == IgnoreAll {
			return configurable(schemaOf(p, p.schema.ResourceSchemas, typeName).Block.Attributes, prior.State)
		}
		handed[name] = prior.State[name]
	}
	return handed
}

// configurable returns the state without the attributes that are only computed.
func configurable(attributes []*tfprotov6.SchemaAttribute, state Values) Values {
	values := Values{}
	for _, attribute := range attributes {
		value := state[attribute.Name]
		switch members, isObject := value.(Values); {
		case attribute.Computed && !attribute.Optional:
		case isObject && attribute.NestedType != nil && attribute.NestedType.Nesting == tfprotov6.SchemaObjectNestingModeSingle:
			values[attribute.Name] = configurable(attribute.NestedType.Attributes, members)
		default:
			values[attribute.Name] = value
		}
	}
	return values
}
