// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"errors"
	"sync/atomic"

	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/vonage/terraform-provider-vonage/internal/schematype"
)

// NewServer returns the framework's server for a provider, with three additions.
//
// Terraform knows a schematype.LargeSetType as a set.
//
// No call starts after Terraform has told the provider to stop. The SDK cancels the calls in progress at that moment
// (terraform-plugin-go, tfprotov6/tf6server/server.go, method stop). But Terraform makes many calls concurrently, and one
// sent just before the interrupt can arrive just after it; it would wait minutes for the rate limit and then write, as if
// there had been no interrupt.
//
// And a call that is over is forgotten, see callContext.
func NewServer(p provider.Provider) (tfprotov6.ProviderServer, error) { return newServer(p, true) }

func newServer(p provider.Provider, forgets bool) (tfprotov6.ProviderServer, error) {
	whole, ok := providerserver.NewProtocol6(p)().(wholeServer)
	if !ok {
		return nil, errors.New("the framework's server has no list resources or no actions")
	}
	over, cancel := context.WithCancel(context.Background())
	cancel()
	return &server{wholeServer: whole, provider: p, forgets: forgets, over: over}, nil
}

// wholeServer is every interface that this provider's server implements. plugin-go finds methods added after
// ProviderServer by type assertion.
type wholeServer interface {
	tfprotov6.ProviderServer
	tfprotov6.ListResourceServer
	tfprotov6.ActionServer
}

// server overrides the methods that call Vonage, and those that Terraform calls for each object.
type server struct {
	wholeServer

	provider provider.Provider
	forgets  bool
	over     context.Context //nolint:containedctx // what is left of the context of a call that is over
	stopped  atomic.Bool
}

// GetProviderSchema announces what is a schematype.LargeSetType as a set.
func (s *server) GetProviderSchema(ctx context.Context, req *tfprotov6.GetProviderSchemaRequest) (*tfprotov6.GetProviderSchemaResponse, error) {
	resp, err := s.wholeServer.GetProviderSchema(ctx, req)
	if err != nil {
		return nil, err
	}
	for _, newResource := range s.provider.Resources(ctx) {
		var name resource.MetadataResponse
		var schema resource.SchemaResponse
		newResource().Metadata(ctx, resource.MetadataRequest{ProviderTypeName: "vonage"}, &name)
		newResource().Schema(ctx, resource.SchemaRequest{}, &schema)
		for _, attribute := range resp.ResourceSchemas[name.TypeName].Block.Attributes {
			if large, ok := schema.Schema.Attributes[attribute.Name].GetType().(schematype.LargeSetType); ok {
				attribute.Type = tftypes.Set{ElementType: large.ElementType().TerraformType(ctx)}
			}
		}
	}
	return resp, nil
}

// begin returns the context of a call, already cancelled if the run has been stopped. There is no gap between this check
// and the SDK's: the SDK has registered the call before it gets here, and cancels every registered call after
// StopProvider.
func (s *server) begin(ctx context.Context) context.Context {
	if !s.stopped.Load() {
		return ctx
	}
	cancelled, cancel := context.WithCancel(ctx)
	cancel()
	return cancelled
}

// during makes a call, from its beginning to its end.
func during[Request, Response any](
	ctx context.Context, s *server, call func(context.Context, Request) (Response, error), req Request, //nolint:contextcheck // of a call that is over nothing is left
) (Response, error) {
	ctx = s.begin(ctx)
	if s.forgets {
		c := &callContext{}
		c.set(ctx)
		defer c.set(s.over)
		ctx = c
	}
	return call(ctx, req)
}

func (s *server) StopProvider(ctx context.Context, req *tfprotov6.StopProviderRequest) (*tfprotov6.StopProviderResponse, error) {
	s.stopped.Store(true)
	return s.wholeServer.StopProvider(ctx, req)
}

// ConfigureProvider starts a run. A server under a debugger serves several runs, one after the other.
func (s *server) ConfigureProvider(ctx context.Context, req *tfprotov6.ConfigureProviderRequest) (*tfprotov6.ConfigureProviderResponse, error) {
	s.stopped.Store(false)
	return s.wholeServer.ConfigureProvider(ctx, req)
}

func (s *server) ValidateResourceConfig(ctx context.Context, req *tfprotov6.ValidateResourceConfigRequest) (*tfprotov6.ValidateResourceConfigResponse, error) {
	return during(ctx, s, s.wholeServer.ValidateResourceConfig, req)
}

func (s *server) ValidateDataResourceConfig(
	ctx context.Context, req *tfprotov6.ValidateDataResourceConfigRequest,
) (*tfprotov6.ValidateDataResourceConfigResponse, error) {
	return during(ctx, s, s.wholeServer.ValidateDataResourceConfig, req)
}

func (s *server) UpgradeResourceState(ctx context.Context, req *tfprotov6.UpgradeResourceStateRequest) (*tfprotov6.UpgradeResourceStateResponse, error) {
	return during(ctx, s, s.wholeServer.UpgradeResourceState, req)
}

func (s *server) UpgradeResourceIdentity(ctx context.Context, req *tfprotov6.UpgradeResourceIdentityRequest) (*tfprotov6.UpgradeResourceIdentityResponse, error) {
	return during(ctx, s, s.wholeServer.UpgradeResourceIdentity, req)
}

func (s *server) ReadResource(ctx context.Context, req *tfprotov6.ReadResourceRequest) (*tfprotov6.ReadResourceResponse, error) {
	return during(ctx, s, s.wholeServer.ReadResource, req)
}

// PlanResourceChange is included because Terraform also plans during an apply, and planning a link looks its number up.
func (s *server) PlanResourceChange(ctx context.Context, req *tfprotov6.PlanResourceChangeRequest) (*tfprotov6.PlanResourceChangeResponse, error) {
	return during(ctx, s, s.wholeServer.PlanResourceChange, req)
}

// ImportResourceState is included because importing an application by name looks it up.
func (s *server) ImportResourceState(ctx context.Context, req *tfprotov6.ImportResourceStateRequest) (*tfprotov6.ImportResourceStateResponse, error) {
	return during(ctx, s, s.wholeServer.ImportResourceState, req)
}

func (s *server) ApplyResourceChange(ctx context.Context, req *tfprotov6.ApplyResourceChangeRequest) (*tfprotov6.ApplyResourceChangeResponse, error) {
	return during(ctx, s, s.wholeServer.ApplyResourceChange, req)
}

func (s *server) ReadDataSource(ctx context.Context, req *tfprotov6.ReadDataSourceRequest) (*tfprotov6.ReadDataSourceResponse, error) {
	return during(ctx, s, s.wholeServer.ReadDataSource, req)
}

func (s *server) CallFunction(ctx context.Context, req *tfprotov6.CallFunctionRequest) (*tfprotov6.CallFunctionResponse, error) {
	return during(ctx, s, s.wholeServer.CallFunction, req)
}

func (s *server) ListResource(ctx context.Context, req *tfprotov6.ListResourceRequest) (*tfprotov6.ListResourceServerStream, error) {
	return s.wholeServer.ListResource(s.begin(ctx), req)
}

func (s *server) InvokeAction(ctx context.Context, req *tfprotov6.InvokeActionRequest) (*tfprotov6.InvokeActionServerStream, error) {
	return s.wholeServer.InvokeAction(s.begin(ctx), req)
}
