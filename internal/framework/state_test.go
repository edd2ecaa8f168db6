// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package framework

import (
	"context"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/identityschema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// thing is a resource with an identity, whose Read either finds the object or does not.
type thing struct {
	resource.Resource

	gone bool
}

type thingModel struct {
	ID   types.String `tfsdk:"id"`
	Name types.String `tfsdk:"name"`
}

type thingIdentity struct {
	ID types.String `tfsdk:"id"`
}

func (m thingModel) Identity() any { return thingIdentity{ID: m.ID} }

func (*thing) Metadata(_ context.Context, _ resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = "test_thing"
}

func (*thing) Schema(_ context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	resp.Schema = schema.Schema{Attributes: map[string]schema.Attribute{
		"id":   schema.StringAttribute{Computed: true},
		"name": schema.StringAttribute{Required: true},
	}}
}

func (*thing) IdentitySchema(_ context.Context, _ resource.IdentitySchemaRequest, resp *resource.IdentitySchemaResponse) {
	resp.IdentitySchema = identityschema.Schema{Attributes: map[string]identityschema.Attribute{
		"id": identityschema.StringAttribute{RequiredForImport: true},
	}}
}

func (r *thing) Read(ctx context.Context, _ resource.ReadRequest, resp *resource.ReadResponse) {
	if r.gone {
		removeState(ctx, &resp.State, resp.Identity)
		return
	}
	found := thingModel{ID: types.StringValue("1"), Name: types.StringValue("found")}
	resp.Diagnostics.Append(SetState(ctx, &resp.State, resp.Identity, found)...)
}

type thingProvider struct {
	provider.Provider

	resource *thing
}

func (p thingProvider) Resources(context.Context) []func() resource.Resource {
	return []func() resource.Resource{func() resource.Resource { return p.resource }}
}

func (thingProvider) DataSources(context.Context) []func() datasource.DataSource { return nil }

func (thingProvider) Metadata(context.Context, provider.MetadataRequest, *provider.MetadataResponse) {
}

var (
	thingType    = tftypes.Object{AttributeTypes: map[string]tftypes.Type{"id": tftypes.String, "name": tftypes.String}}
	identityType = tftypes.Object{AttributeTypes: map[string]tftypes.Type{"id": tftypes.String}}
)

// readThing refreshes a thing with the identity id, or without an identity, as Terraform before 1.12 does, if id is "".
func readThing(t *testing.T, gone bool, id string) *tfprotov6.ReadResourceResponse {
	t.Helper()
	server := providerserver.NewProtocol6(thingProvider{resource: &thing{gone: gone}})()
	req := &tfprotov6.ReadResourceRequest{
		TypeName:     "test_thing",
		CurrentState: &tfprotov6.DynamicValue{JSON: []byte(`{"id":"1","name":"before"}`)},
	}
	if id != "" {
		req.CurrentIdentity = &tfprotov6.ResourceIdentityData{IdentityData: &tfprotov6.DynamicValue{JSON: []byte(`{"id":"` + id + `"}`)}}
	}
	resp, err := server.ReadResource(t.Context(), req)
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range resp.Diagnostics {
		t.Errorf("%s: %s", d.Summary, d.Detail)
	}
	return resp
}

func TestSetStateWritesIdentityWithIt(t *testing.T) {
	t.Parallel()
	for _, id := range []string{"", "1"} {
		resp := readThing(t, false, id)
		state, err := resp.NewState.Unmarshal(thingType)
		if err != nil {
			t.Fatal(err)
		}
		identity, err := resp.NewIdentity.IdentityData.Unmarshal(identityType)
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(state.String(), "found") || !strings.Contains(identity.String(), `"1"`) {
			t.Errorf("state %s, identity %s", state, identity)
		}
	}
}

func TestRemoveStateNeedsNoIdentityFromTerraform(t *testing.T) {
	t.Parallel()
	for _, id := range []string{"", "1"} {
		state, err := readThing(t, true, id).NewState.Unmarshal(thingType)
		if err != nil {
			t.Fatal(err)
		}
		if !state.IsNull() {
			t.Errorf("with the identity %q the state still holds %s", id, state)
		}
	}
}

// TestRefreshStateSetsWhatDiffers gives it a state that is neither of both models, so that it shows whether it was set.
func TestRefreshStateSetsWhatDiffers(t *testing.T) {
	t.Parallel()
	var described resource.SchemaResponse
	(&thing{}).Schema(t.Context(), resource.SchemaRequest{}, &described)
	var identified resource.IdentitySchemaResponse
	(&thing{}).IdentitySchema(t.Context(), resource.IdentitySchemaRequest{}, &identified)
	before := thingModel{ID: types.StringValue("1"), Name: types.StringValue("before")}
	for after, set := range map[thingModel]bool{
		before: false,
		{ID: types.StringValue("1"), Name: types.StringValue("after")}: true,
		{ID: types.StringValue("1"), Name: types.StringNull()}:         true,
	} {
		resp := resource.ReadResponse{
			State:    tfsdk.State{Schema: described.Schema, Raw: tftypes.NewValue(thingType, nil)},
			Identity: &tfsdk.ResourceIdentity{Schema: identified.IdentitySchema, Raw: tftypes.NewValue(identityType, nil)},
		}
		RefreshState(t.Context(), &resp, before, after)
		if resp.Diagnostics.HasError() || resp.State.Raw.IsNull() == set || resp.Identity.Raw.IsNull() {
			t.Errorf("%s: state %s, identity %s, %v", after.Name, resp.State.Raw, resp.Identity.Raw, resp.Diagnostics)
		}
	}
}

func TestSetStateWithoutIdentity(t *testing.T) {
	t.Parallel()
	var described resource.SchemaResponse
	(&thing{}).Schema(t.Context(), resource.SchemaRequest{}, &described)
	state := tfsdk.State{Schema: described.Schema, Raw: tftypes.NewValue(thingType, nil)}
	diags := SetState(t.Context(), &state, nil, thingModel{ID: types.StringValue("1"), Name: types.StringValue("x")})
	if diags.HasError() || state.Raw.IsNull() {
		t.Errorf("state %s, %v", state.Raw, diags)
	}
	removeState(t.Context(), &state, nil)
	if !state.Raw.IsNull() {
		t.Error("the state was not removed")
	}
}
