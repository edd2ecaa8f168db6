// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package acctest

import (
	"encoding/json"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
)

// Object is what Terraform stores about a resource instance.
type Object struct {
	State    Values // nil: the object does not exist
	Identity Values // nil: none was returned, or the CLI is too old to store it
	Private  []byte
}

// WithoutIdentity returns the object as Terraform before 1.12 passes it back.
func (o Object) WithoutIdentity() Object {
	o.Identity = nil
	return o
}

// Plan is the plan of a change, with everything needed to apply it.
type Plan struct {
	State           Values   // nil: the object is destroyed
	RequiresReplace []string // attribute paths
	Identity        Values

	typeName        string
	prior           Object
	config          Values
	private         []byte
	plannedIdentity *tfprotov6.ResourceIdentityData
}

// Changes reports whether applying the plan would change any value that the user sees.
func (plan Plan) Changes() bool { return !equal(plan.prior.State, plan.State) }

// Replaced returns the prior of the second plan of a replacement: there is no object, but the private state of the first
// plan.
func (plan Plan) Replaced() Object { return Object{Private: plan.private} }

// ValidateResource validates a resource's configuration.
func (p *Protocol) ValidateResource(typeName string, config Values) Diagnostics {
	p.t.Helper()
	resp, err := p.server.ValidateResourceConfig(p.context(), &tfprotov6.ValidateResourceConfigRequest{
		TypeName:           typeName,
		Config:             p.encodeObject(schemaOf(p, p.schema.ResourceSchemas, typeName).ValueType(), config),
		ClientCapabilities: &tfprotov6.ValidateResourceConfigClientCapabilities{WriteOnlyAttributesAllowed: true},
	})
	p.must(err)
	return diagnosticsOf(resp.Diagnostics)
}

// Plan plans the change from prior (the zero Object to create) to config (nil to destroy).
func (p *Protocol) Plan(typeName string, prior Object, config Values) (Plan, Diagnostics) {
	p.t.Helper()
	schema := schemaOf(p, p.schema.ResourceSchemas, typeName)
	typ := schema.ValueType()
	config = p.decodeObject(typ, p.encodeObject(typ, config)) // adds omitted attributes as null, and gives numbers one form
	var proposed Values
	if config != nil {
		proposed = proposedNew(schema.Block.Attributes, prior.State, config)
	}
	resp, err := p.server.PlanResourceChange(p.context(), &tfprotov6.PlanResourceChangeRequest{
		TypeName:         typeName,
		PriorState:       p.encodeObject(typ, prior.State),
		ProposedNewState: p.encodeObject(typ, proposed),
		Config:           p.encodeObject(typ, config),
		PriorPrivate:     prior.Private,
		PriorIdentity:    p.encodeIdentity(typeName, prior.Identity),
	})
	p.must(err)
	diags := diagnosticsOf(resp.Diagnostics)
	plan := Plan{
		State:    p.decodeObject(typ, resp.PlannedState),
		Identity: p.decodeIdentity(typeName, resp.PlannedIdentity),
		typeName: typeName, prior: prior, config: config, private: resp.PlannedPrivate, plannedIdentity: resp.PlannedIdentity,
	}
	for _, at := range resp.RequiresReplace {
		plan.RequiresReplace = append(plan.RequiresReplace, attributeOf(at))
	}
	if config != nil && !diags.HasError() {
		for _, problem := range planProblems(schema.Block.Attributes, "", prior.State, config, plan.State) {
			p.t.Errorf("%s: invalid plan: %s", typeName, problem)
		}
	}
	return plan, diags
}

// Replan plans a change once more, as Terraform does in the apply before each create and update. config is the
// configuration as the apply knows it; nil means the planned one. What was known in the first plan must be the same in
// the second.
func (p *Protocol) Replan(plan Plan, config Values) (Plan, Diagnostics) {
	p.t.Helper()
	if config == nil {
		config = plan.config
	}
	final, diags := p.Plan(plan.typeName, plan.prior, config)
	if !diags.HasError() {
		for _, problem := range finalPlanProblems(plan.State, final.State) {
			p.t.Errorf("%s: inconsistent final plan: %s", plan.typeName, problem)
		}
	}
	return final, diags
}

// Apply applies a plan. If there are errors, the object is what Terraform would store nevertheless.
func (p *Protocol) Apply(plan Plan) (Object, Diagnostics) {
	p.t.Helper()
	typ := schemaOf(p, p.schema.ResourceSchemas, plan.typeName).ValueType()
	resp, err := p.server.ApplyResourceChange(p.context(), &tfprotov6.ApplyResourceChangeRequest{
		TypeName:        plan.typeName,
		PriorState:      p.encodeObject(typ, plan.prior.State),
		PlannedState:    p.encodeObject(typ, plan.State),
		Config:          p.encodeObject(typ, plan.config),
		PlannedPrivate:  plan.private,
		PlannedIdentity: plan.plannedIdentity,
	})
	p.must(err)
	diags := diagnosticsOf(resp.Diagnostics)
	object := Object{
		State:    p.decodeObject(typ, resp.NewState),
		Identity: p.decodeIdentity(plan.typeName, resp.NewIdentity),
		Private:  resp.Private,
	}
	if !diags.HasError() {
		for _, problem := range resultProblems(plan.State, object.State) {
			p.t.Errorf("%s: inconsistent result after apply: %s", plan.typeName, problem)
		}
	}
	return object, diags
}

// Destroy destroys an object that Terraform replaces because it is tainted, for -replace or for replace_triggered_by: the
// provider is shown no plan of that.
func (p *Protocol) Destroy(typeName string, object Object) (Object, Diagnostics) {
	p.t.Helper()
	return p.Apply(Plan{typeName: typeName, prior: object, private: object.Private})
}

// Change validates, plans and applies: a zero prior creates, a nil config destroys. It stops at the first error.
func (p *Protocol) Change(typeName string, prior Object, config Values) (Object, Diagnostics) {
	p.t.Helper()
	var all Diagnostics
	if config != nil {
		all = p.ValidateResource(typeName, config)
		if all.HasError() {
			return prior, all
		}
	}
	plan, diags := p.Plan(typeName, prior, config)
	all = append(all, diags...)
	if diags.HasError() {
		return prior, all
	}
	if len(plan.RequiresReplace) > 0 && prior.State != nil && config != nil {
		p.t.Fatalf("%s would be replaced for %v", typeName, plan.RequiresReplace)
	}
	object, diags := p.Apply(plan)
	return object, append(all, diags...)
}

// Read refreshes an object. The State of the result is nil if the object no longer exists.
func (p *Protocol) Read(typeName string, current Object) (Object, Diagnostics) {
	p.t.Helper()
	typ := schemaOf(p, p.schema.ResourceSchemas, typeName).ValueType()
	resp, err := p.server.ReadResource(p.context(), &tfprotov6.ReadResourceRequest{
		TypeName:        typeName,
		CurrentState:    p.encodeObject(typ, current.State),
		CurrentIdentity: p.encodeIdentity(typeName, current.Identity),
		Private:         current.Private,
	})
	p.must(err)
	object := Object{
		State:    p.decodeObject(typ, resp.NewState),
		Identity: p.decodeIdentity(typeName, resp.NewIdentity),
		Private:  resp.Private,
	}
	return object, diagnosticsOf(resp.Diagnostics)
}

// Import imports by id and refreshes, as Terraform does.
func (p *Protocol) Import(typeName, id string) (Object, Diagnostics) {
	p.t.Helper()
	return p.importState(&tfprotov6.ImportResourceStateRequest{TypeName: typeName, ID: id})
}

// ImportIdentity imports by identity and refreshes.
func (p *Protocol) ImportIdentity(typeName string, identity Values) (Object, Diagnostics) {
	p.t.Helper()
	return p.importState(&tfprotov6.ImportResourceStateRequest{TypeName: typeName, Identity: p.encodeIdentity(typeName, identity)})
}

func (p *Protocol) importState(req *tfprotov6.ImportResourceStateRequest) (Object, Diagnostics) {
	p.t.Helper()
	resp, err := p.server.ImportResourceState(p.context(), req)
	p.must(err)
	all := diagnosticsOf(resp.Diagnostics)
	if all.HasError() {
		return Object{}, all
	}
	if len(resp.ImportedResources) != 1 {
		p.t.Fatalf("%d objects were imported", len(resp.ImportedResources))
	}
	imported := resp.ImportedResources[0]
	typ := schemaOf(p, p.schema.ResourceSchemas, imported.TypeName).ValueType()
	object, diags := p.Read(imported.TypeName, Object{
		State:    p.decodeObject(typ, imported.State),
		Identity: p.decodeIdentity(imported.TypeName, imported.Identity),
		Private:  imported.Private,
	})
	return object, append(all, diags...)
}

// Upgrade reads a state that an earlier version of the provider wrote.
func (p *Protocol) Upgrade(typeName string, version int64, state Values) (Values, Diagnostics) {
	p.t.Helper()
	raw, err := json.Marshal(state)
	p.must(err)
	resp, err := p.server.UpgradeResourceState(p.context(), &tfprotov6.UpgradeResourceStateRequest{
		TypeName: typeName, Version: version, RawState: &tfprotov6.RawState{JSON: raw},
	})
	p.must(err)
	typ := schemaOf(p, p.schema.ResourceSchemas, typeName).ValueType()
	return p.decodeObject(typ, resp.UpgradedState), diagnosticsOf(resp.Diagnostics)
}

// Source is an object of another provider that is to be moved to a resource of this one.
type Source struct {
	Provider string // registry.terraform.io/mastercard/restapi
	TypeName string
	Version  int64
	State    Values
}

// Move moves an object of another provider to a resource.
func (p *Protocol) Move(from Source, typeName string) (Object, Diagnostics) {
	p.t.Helper()
	raw, err := json.Marshal(from.State)
	p.must(err)
	resp, err := p.server.MoveResourceState(p.context(), &tfprotov6.MoveResourceStateRequest{
		SourceProviderAddress: from.Provider, SourceTypeName: from.TypeName, SourceSchemaVersion: from.Version,
		SourceState: &tfprotov6.RawState{JSON: raw}, TargetTypeName: typeName,
	})
	p.must(err)
	diags := diagnosticsOf(resp.Diagnostics)
	if diags.HasError() {
		return Object{}, diags
	}
	typ := schemaOf(p, p.schema.ResourceSchemas, typeName).ValueType()
	return Object{
		State:    p.decodeObject(typ, resp.TargetState),
		Identity: p.decodeIdentity(typeName, resp.TargetIdentity),
		Private:  resp.TargetPrivate,
	}, diags
}
