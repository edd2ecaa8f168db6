// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package acctest

import (
	"errors"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// ValidateDataSource validates a data source's configuration.
func (p *Protocol) ValidateDataSource(typeName string, config Values) Diagnostics {
	p.t.Helper()
	resp, err := p.server.ValidateDataResourceConfig(p.context(), &tfprotov6.ValidateDataResourceConfigRequest{
		TypeName: typeName, Config: p.encode(schemaOf(p, p.schema.DataSourceSchemas, typeName).ValueType(), config),
	})
	p.must(err)
	return diagnosticsOf(resp.Diagnostics)
}

// ReadDataSource reads a data source.
func (p *Protocol) ReadDataSource(typeName string, config Values) (Values, Diagnostics) {
	p.t.Helper()
	typ := schemaOf(p, p.schema.DataSourceSchemas, typeName).ValueType()
	resp, err := p.server.ReadDataSource(p.context(), &tfprotov6.ReadDataSourceRequest{TypeName: typeName, Config: p.encode(typ, config)})
	p.must(err)
	return p.decodeObject(typ, resp.State), diagnosticsOf(resp.Diagnostics)
}

// Opened is an open ephemeral resource.
type Opened struct {
	Result  Values
	Private []byte
	RenewAt time.Time
}

// ValidateEphemeral validates an ephemeral resource's configuration.
func (p *Protocol) ValidateEphemeral(typeName string, config Values) Diagnostics {
	p.t.Helper()
	resp, err := p.server.ValidateEphemeralResourceConfig(p.context(), &tfprotov6.ValidateEphemeralResourceConfigRequest{
		TypeName: typeName, Config: p.encode(schemaOf(p, p.schema.EphemeralResourceSchemas, typeName).ValueType(), config),
	})
	p.must(err)
	return diagnosticsOf(resp.Diagnostics)
}

// OpenEphemeral opens an ephemeral resource.
func (p *Protocol) OpenEphemeral(typeName string, config Values) (Opened, Diagnostics) {
	p.t.Helper()
	typ := schemaOf(p, p.schema.EphemeralResourceSchemas, typeName).ValueType()
	resp, err := p.server.OpenEphemeralResource(p.context(), &tfprotov6.OpenEphemeralResourceRequest{
		TypeName: typeName, Config: p.encode(typ, config),
	})
	p.must(err)
	opened := Opened{Result: p.decodeObject(typ, resp.Result), Private: resp.Private, RenewAt: resp.RenewAt}
	return opened, diagnosticsOf(resp.Diagnostics)
}

// CloseEphemeral closes an ephemeral resource.
func (p *Protocol) CloseEphemeral(typeName string, opened Opened) Diagnostics {
	p.t.Helper()
	resp, err := p.server.CloseEphemeralResource(p.context(), &tfprotov6.CloseEphemeralResourceRequest{
		TypeName: typeName, Private: opened.Private,
	})
	p.must(err)
	return diagnosticsOf(resp.Diagnostics)
}

// FunctionError is the error of a provider function.
type FunctionError struct {
	Text string
	// Argument is the position of the invalid argument; -1 if none.
	Argument int
}

// Error returns the text.
func (e *FunctionError) Error() string { return e.Text }

// Call calls a provider function.
func (p *Protocol) Call(name string, arguments ...any) (any, error) {
	p.t.Helper()
	function := schemaOf(p, p.schema.Functions, name)
	req := &tfprotov6.CallFunctionRequest{Name: name}
	for i, argument := range arguments {
		parameter := function.VariadicParameter
		if i < len(function.Parameters) {
			parameter = function.Parameters[i]
		}
		if parameter == nil {
			p.t.Fatalf("%s takes %d arguments", name, len(function.Parameters))
		}
		req.Arguments = append(req.Arguments, p.encode(parameter.Type, argument))
	}
	resp, err := p.server.CallFunction(p.context(), req)
	p.must(err)
	if resp.Error != nil {
		failure := &FunctionError{Text: resp.Error.Text, Argument: -1}
		if resp.Error.FunctionArgument != nil {
			failure.Argument = int(*resp.Error.FunctionArgument)
		}
		return nil, failure
	}
	return p.decode(function.Return.Type, resp.Result), nil
}

// Listed is one result of a list resource.
type Listed struct {
	DisplayName string
	Identity    Values
	Resource    Values // nil unless requested
	Diagnostics Diagnostics
}

// List runs a list resource; if its block has no limit, Terraform uses 100.
func (p *Protocol) List(typeName string, config Values, limit int64, includeResource bool) ([]Listed, Diagnostics) {
	p.t.Helper()
	lister, ok := p.server.(tfprotov6.ProviderServerWithListResource) //nolint:staticcheck // the one way until plugin-go merges it
	if !ok {
		p.t.Fatal("the provider cannot list")
	}
	configType := schemaOf(p, p.schema.ListResourceSchemas, typeName).ValueType()
	validated, err := lister.ValidateListResourceConfig(p.context(), &tfprotov6.ValidateListResourceConfigRequest{
		TypeName: typeName, Config: p.encode(configType, config),
		IncludeResourceObject: p.encode(tftypes.Bool, includeResource), Limit: p.encode(tftypes.Number, limit),
	})
	p.must(err)
	if diags := diagnosticsOf(validated.Diagnostics); diags.HasError() {
		return nil, diags
	}
	stream, err := lister.ListResource(p.context(), &tfprotov6.ListResourceRequest{
		TypeName: typeName, Config: p.encode(configType, config), Limit: limit, IncludeResource: includeResource,
	})
	p.must(err)
	resourceType := schemaOf(p, p.schema.ResourceSchemas, typeName).ValueType()
	var results []Listed
	for result := range stream.Results {
		results = append(results, Listed{
			DisplayName: result.DisplayName,
			Identity:    p.decodeIdentity(typeName, result.Identity),
			Resource:    p.decodeObject(resourceType, result.Resource),
			Diagnostics: diagnosticsOf(result.Diagnostics),
		})
	}
	return results, diagnosticsOf(validated.Diagnostics)
}

// ValidateAction validates an action's configuration.
func (p *Protocol) ValidateAction(typeName string, config Values) Diagnostics {
	p.t.Helper()
	resp, err := p.actions().ValidateActionConfig(p.context(), &tfprotov6.ValidateActionConfigRequest{
		ActionType: typeName, Config: p.encode(schemaOf(p, p.schema.ActionSchemas, typeName).Schema.ValueType(), config),
	})
	p.must(err)
	return diagnosticsOf(resp.Diagnostics)
}

func (p *Protocol) actions() tfprotov6.ProviderServerWithActions { //nolint:staticcheck // the one way until plugin-go merges it
	p.t.Helper()
	actor, ok := p.server.(tfprotov6.ProviderServerWithActions) //nolint:staticcheck // the one way until plugin-go merges it
	if !ok {
		p.t.Fatal("the provider has no actions")
	}
	return actor
}

// Invoke validates, plans and invokes an action, and returns its progress messages.
func (p *Protocol) Invoke(typeName string, config Values) (progress []string, all Diagnostics) {
	p.t.Helper()
	actor := p.actions()
	encoded := p.encode(schemaOf(p, p.schema.ActionSchemas, typeName).Schema.ValueType(), config)
	if all = p.ValidateAction(typeName, config); all.HasError() {
		return nil, all
	}
	planned, err := actor.PlanAction(p.context(), &tfprotov6.PlanActionRequest{ActionType: typeName, Config: encoded})
	p.must(err)
	if all = append(all, diagnosticsOf(planned.Diagnostics)...); all.HasError() {
		return nil, all
	}
	stream, err := actor.InvokeAction(p.context(), &tfprotov6.InvokeActionRequest{ActionType: typeName, Config: encoded})
	p.must(err)
	completed := false
	for event := range stream.Events {
		switch event := event.Type.(type) {
		case tfprotov6.ProgressInvokeActionEventType:
			progress = append(progress, event.Message)
		case tfprotov6.CompletedInvokeActionEventType:
			completed = true
			all = append(all, diagnosticsOf(event.Diagnostics)...)
		}
	}
	if !completed {
		p.must(errors.New("the action did not report its completion"))
	}
	return progress, all
}
