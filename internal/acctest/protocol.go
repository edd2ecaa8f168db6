// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package acctest

import (
	"context"
	"io"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"github.com/hashicorp/terraform-plugin-log/tflogtest"
	"github.com/hashicorp/terraform-plugin-log/tfsdklogtest"
)

// Protocol calls a provider as Terraform does, in process and in terms of Values. A call takes about a millisecond, and
// everything in the protocol can be tested, whichever CLI is installed. It also checks what Terraform would: that plans
// conform to the configuration and results to the plan.
//
// One Protocol is one run of the provider; Terraform starts a new one for every walk. Its methods may be called
// concurrently.
type Protocol struct {
	t          *testing.T
	server     tfprotov6.ProviderServer
	schema     *tfprotov6.GetProviderSchemaResponse
	identities map[string]*tfprotov6.ResourceIdentitySchema
	log        io.Writer // nil: discarded
}

// NewProtocol returns a client of any provider. It does not configure the provider.
func NewProtocol(t *testing.T, server tfprotov6.ProviderServer) *Protocol {
	t.Helper()
	schema, err := server.GetProviderSchema(t.Context(), &tfprotov6.GetProviderSchemaRequest{})
	if err != nil {
		t.Fatal(err)
	}
	diagnosticsOf(schema.Diagnostics).MustBeEmpty(t)
	identities, err := server.GetResourceIdentitySchemas(t.Context(), &tfprotov6.GetResourceIdentitySchemasRequest{})
	if err != nil {
		t.Fatal(err)
	}
	diagnosticsOf(identities.Diagnostics).MustBeEmpty(t)
	return &Protocol{t: t, server: server, schema: schema, identities: identities.IdentitySchemas}
}

// Schema returns the provider's schema, as Terraform gets it.
func (p *Protocol) Schema() *tfprotov6.GetProviderSchemaResponse { return p.schema }

// Identity returns the schema of a resource's identity.
func (p *Protocol) Identity(typeName string) *tfprotov6.ResourceIdentitySchema {
	p.t.Helper()
	return schemaOf(p, p.identities, typeName)
}

// Metadata returns the list of everything offered, as Terraform gets it.
func (p *Protocol) Metadata() *tfprotov6.GetMetadataResponse {
	p.t.Helper()
	metadata, err := p.server.GetMetadata(p.context(), &tfprotov6.GetMetadataRequest{})
	p.must(err)
	return metadata
}

// ValidateProvider validates a provider block.
func (p *Protocol) ValidateProvider(config Values) Diagnostics {
	p.t.Helper()
	resp, err := p.server.ValidateProviderConfig(p.context(), &tfprotov6.ValidateProviderConfigRequest{
		Config: p.encode(p.schema.Provider.ValueType(), config),
	})
	p.must(err)
	return diagnosticsOf(resp.Diagnostics)
}

// Configure configures the provider.
func (p *Protocol) Configure(config Values) Diagnostics {
	p.t.Helper()
	resp, err := p.server.ConfigureProvider(p.context(), &tfprotov6.ConfigureProviderRequest{
		TerraformVersion: "1.14.0",
		Config:           p.encode(p.schema.Provider.ValueType(), config),
	})
	p.must(err)
	return diagnosticsOf(resp.Diagnostics)
}

// Stop tells the provider to stop, as Terraform does when it is interrupted. Like Terraform, tests may call it during
// other calls.
func (p *Protocol) Stop() {
	p.t.Helper()
	_, err := p.server.StopProvider(p.context(), &tfprotov6.StopProviderRequest{})
	p.must(err)
}

// LogTo writes the logs of the provider and its SDK to log, one line of JSON per entry, at level TRACE, as with TF_LOG.
// log must be safe for concurrent use.
func (p *Protocol) LogTo(log io.Writer) { p.log = log }

// context returns the context for calls to the provider.
func (p *Protocol) context() context.Context {
	if p.log == nil {
		return p.t.Context()
	}
	return tflogtest.RootLogger(tfsdklogtest.RootLogger(p.t.Context(), p.log), p.log)
}

func (p *Protocol) must(err error) {
	p.t.Helper()
	if err != nil {
		p.t.Fatal(err)
	}
}

// schemaOf returns the schema of a type by its name.
func schemaOf[S any](p *Protocol, of map[string]S, typeName string) S {
	p.t.Helper()
	schema, exists := of[typeName]
	if !exists {
		p.t.Fatalf("the provider does not offer %s", typeName)
	}
	return schema
}

func (p *Protocol) encode(typ tftypes.Type, v any) *tfprotov6.DynamicValue {
	p.t.Helper()
	value, err := encode(typ, v)
	p.must(err)
	dynamic, err := tfprotov6.NewDynamicValue(typ, value)
	p.must(err)
	return &dynamic
}

// encodeObject encodes an object; nil Values are encoded as null, which means that there is no object.
func (p *Protocol) encodeObject(typ tftypes.Type, v Values) *tfprotov6.DynamicValue {
	p.t.Helper()
	if v == nil {
		return p.encode(typ, nil)
	}
	return p.encode(typ, v)
}

func (p *Protocol) decode(typ tftypes.Type, dynamic *tfprotov6.DynamicValue) any {
	p.t.Helper()
	if dynamic == nil {
		return nil
	}
	value, err := dynamic.Unmarshal(typ)
	p.must(err)
	decoded, err := decode(value)
	p.must(err)
	return decoded
}

// decodeObject decodes an object; null is returned as nil.
func (p *Protocol) decodeObject(typ tftypes.Type, dynamic *tfprotov6.DynamicValue) Values {
	p.t.Helper()
	object, ok := p.decode(typ, dynamic).(Values)
	if !ok {
		return nil
	}
	return object
}

func (p *Protocol) encodeIdentity(typeName string, identity Values) *tfprotov6.ResourceIdentityData {
	p.t.Helper()
	if identity == nil {
		return nil
	}
	typ := schemaOf(p, p.identities, typeName).ValueType()
	return &tfprotov6.ResourceIdentityData{IdentityData: p.encode(typ, identity)}
}

func (p *Protocol) decodeIdentity(typeName string, data *tfprotov6.ResourceIdentityData) Values {
	p.t.Helper()
	if data == nil {
		return nil
	}
	return p.decodeObject(schemaOf(p, p.identities, typeName).ValueType(), data.IdentityData)
}
