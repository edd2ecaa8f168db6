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

// NewServer returns the framework's server for a provider, with two additions. Terraform knows a schematype.LargeSetType
// as a set. And no call starts after Terraform has told the provider to stop. The SDK cancels the calls in progress at that moment (terraform-plugin-go,
// tfprotov6/tf6server/server.go, method stop). But Terraform makes many calls concurrently, and one sent just before the
// interrupt can arrive just after it; it would wait minutes for the rate limit and then write, as if there had been no
// interrupt.
func NewServer(p provider.Provider) (tfprotov6.ProviderServer, error) {
	whole, ok := providerserver.NewProtocol6(p)().(wholeServer)
	if !ok {
		return nil, errors.New("the framework's server has no list resources or no actions")
	}
	return &stoppableServer{wholeServer: whole, provider: p}, nil
}

// wholeServer is every interface that this provider's server implements. plugin-go finds methods added after
// ProviderServer by type assertion.
type wholeServer interface {
	tfprotov6.ProviderServer
	tfprotov6.ListResourceServer
	tfprotov6.ActionServer
}

// stoppableServer overrides the methods that call Vonage.
type stoppableServer struct {
	wholeServer

	provider provider.Provider
	stopped  atomic.Bool
}

// GetProviderSchema announces what is a schematype.LargeSetType as a set.
func (s *stoppableServer) GetProviderSchema(ctx context.Context, req *tfprotov6.GetProviderSchemaRequest) (*tfprotov6.GetProviderSchemaResponse, error) {
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
func (s *stoppableServer) begin(ctx context.Context) context.Context {
	if !s.stopped.Load() {
		return ctx
	}
	cancelled, cancel := context.WithCancel(ctx)
	cancel()
	return cancelled
}

func (s *stoppableServer) StopProvider(ctx context.Context, req *tfprotov6.StopProviderRequest) (*tfprotov6.StopProviderResponse, error) {
	s.stopped.Store(true)
	return s.wholeServer.StopProvider(ctx, req)
}

// ConfigureProvider starts a run. A server under a debugger serves several runs, one after the other.
func (s *stoppableServer) ConfigureProvider(ctx context.Context, req *tfprotov6.ConfigureProviderRequest) (*tfprotov6.ConfigureProviderResponse, error) {
	s.stopped.Store(false)
	return s.wholeServer.ConfigureProvider(ctx, req)
}

func (s *stoppableServer) ReadResource(ctx context.Context, req *tfprotov6.ReadResourceRequest) (*tfprotov6.ReadResourceResponse, error) {
	return s.wholeServer.ReadResource(s.begin(ctx), req)
}

// PlanResourceChange is included because Terraform also plans during an apply, and planning a link looks its number up.
func (s *stoppableServer) PlanResourceChange(ctx context.Context, req *tfprotov6.PlanResourceChangeRequest) (*tfprotov6.PlanResourceChangeResponse, error) {
	return s.wholeServer.PlanResourceChange(s.begin(ctx), req)
}

// ImportResourceState is included because importing an application by name looks it up.
func (s *stoppableServer) ImportResourceState(ctx context.Context, req *tfprotov6.ImportResourceStateRequest) (*tfprotov6.ImportResourceStateResponse, error) {
	return s.wholeServer.ImportResourceState(s.begin(ctx), req)
}

func (s *stoppableServer) ApplyResourceChange(ctx context.Context, req *tfprotov6.ApplyResourceChangeRequest) (*tfprotov6.ApplyResourceChangeResponse, error) {
	return s.wholeServer.ApplyResourceChange(s.begin(ctx), req)
}

func (s *stoppableServer) ReadDataSource(ctx context.Context, req *tfprotov6.ReadDataSourceRequest) (*tfprotov6.ReadDataSourceResponse, error) {
	return s.wholeServer.ReadDataSource(s.begin(ctx), req)
}

func (s *stoppableServer) ListResource(ctx context.Context, req *tfprotov6.ListResourceRequest) (*tfprotov6.ListResourceServerStream, error) {
	return s.wholeServer.ListResource(s.begin(ctx), req)
}

func (s *stoppableServer) InvokeAction(ctx context.Context, req *tfprotov6.InvokeActionRequest) (*tfprotov6.InvokeActionServerStream, error) {
	return s.wholeServer.InvokeAction(s.begin(ctx), req)
}
