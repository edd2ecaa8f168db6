// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package acctest

import (
	"context"
	"errors"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/action"
	actionschema "github.com/hashicorp/terraform-plugin-framework/action/schema"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/ephemeral"
	ephemeralschema "github.com/hashicorp/terraform-plugin-framework/ephemeral/schema"
	"github.com/hashicorp/terraform-plugin-framework/function"
	"github.com/hashicorp/terraform-plugin-framework/list"
	listschema "github.com/hashicorp/terraform-plugin-framework/list/schema"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/identityschema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// lab is a provider that offers one of everything in the protocol, to test Protocol. It stores a single object, the last
// one written.
type lab struct {
	kept *thingModel
}

type thingModel struct {
	ID   types.String `tfsdk:"id"`
	Kind types.String `tfsdk:"kind"`
	Name types.String `tfsdk:"name"`
	Note types.String `tfsdk:"note"`
}

type thingIdentity struct {
	ID types.String `tfsdk:"id"`
}

func (l *lab) Metadata(_ context.Context, _ provider.MetadataRequest, resp *provider.MetadataResponse) {
	resp.TypeName = "lab"
}
func (l *lab) Schema(context.Context, provider.SchemaRequest, *provider.SchemaResponse)          {}
func (l *lab) Configure(context.Context, provider.ConfigureRequest, *provider.ConfigureResponse) {}
func (l *lab) DataSources(context.Context) []func() datasource.DataSource                        { return nil }

func (l *lab) Resources(context.Context) []func() resource.Resource {
	return []func() resource.Resource{func() resource.Resource { return labThing{l} }}
}

func (l *lab) ListResources(context.Context) []func() list.ListResource {
	return []func() list.ListResource{func() list.ListResource { return labList{} }}
}

func (l *lab) Actions(context.Context) []func() action.Action {
	return []func() action.Action{func() action.Action { return labAction{} }}
}

func (l *lab) EphemeralResources(context.Context) []func() ephemeral.EphemeralResource {
	return []func() ephemeral.EphemeralResource{func() ephemeral.EphemeralResource { return labEphemeral{} }}
}

func (l *lab) Functions(context.Context) []func() function.Function {
	return []func() function.Function{func() function.Function { return labFunction{} }}
}

type labThing struct{ *lab }

func (labThing) Metadata(_ context.Context, _ resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = "lab_thing"
}

func (labThing) Schema(_ context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	resp.Schema = schema.Schema{Version: 1, Attributes: map[string]schema.Attribute{
		"id": schema.StringAttribute{Computed: true, PlanModifiers: []planmodifier.String{stringplanmodifier.UseStateForUnknown()}},
		"kind": schema.StringAttribute{
			Optional: true, PlanModifiers: []planmodifier.String{stringplanmodifier.RequiresReplace()},
		},
		"name": schema.StringAttribute{Required: true},
		"note": schema.StringAttribute{Optional: true, Computed: true},
	}}
}

func (labThing) IdentitySchema(_ context.Context, _ resource.IdentitySchemaRequest, resp *resource.IdentitySchemaResponse) {
	resp.IdentitySchema = identityschema.Schema{Attributes: map[string]identityschema.Attribute{
		"id": identityschema.StringAttribute{RequiredForImport: true},
	}}
}

func (l labThing) write(plan thingModel) thingModel {
	plan.ID = types.StringValue("1")
	if plan.Note.IsUnknown() {
		plan.Note = types.StringValue("noted")
	}
	l.kept = &plan
	return plan
}

func (l labThing) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	var plan thingModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	state := l.write(plan)
	resp.Diagnostics.Append(resp.State.Set(ctx, state)...)
	resp.Diagnostics.Append(resp.Identity.Set(ctx, thingIdentity{state.ID})...)
	resp.Diagnostics.Append(resp.Private.SetKey(ctx, "made", []byte(`"here"`))...)
}

func (l labThing) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	if l.kept == nil {
		resp.State.RemoveResource(ctx)
		return
	}
	made, diags := req.Private.GetKey(ctx, "made")
	resp.Diagnostics.Append(diags...)
	if made == nil {
		resp.Diagnostics.AddWarning("Not made here", "the thing was made elsewhere")
	}
	resp.Diagnostics.Append(resp.State.Set(ctx, *l.kept)...)
	resp.Diagnostics.Append(resp.Identity.Set(ctx, thingIdentity{l.kept.ID})...)
}

func (l labThing) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	var plan thingModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	state := l.write(plan)
	resp.Diagnostics.Append(resp.State.Set(ctx, state)...)
	resp.Diagnostics.Append(resp.Identity.Set(ctx, thingIdentity{state.ID})...)
}

func (l labThing) Delete(context.Context, resource.DeleteRequest, *resource.DeleteResponse) {
	l.kept = nil
}

func (labThing) ImportState(ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse) {
	resource.ImportStatePassthroughWithIdentity(ctx, path.Root("id"), path.Root("id"), req, resp)
}

// UpgradeState upgrades from version 0, in which name was called title.
func (labThing) UpgradeState(context.Context) map[int64]resource.StateUpgrader {
	return map[int64]resource.StateUpgrader{0: {
		PriorSchema: &schema.Schema{Attributes: map[string]schema.Attribute{"title": schema.StringAttribute{Required: true}}},
		StateUpgrader: func(ctx context.Context, req resource.UpgradeStateRequest, resp *resource.UpgradeStateResponse) {
			var title types.String
			resp.Diagnostics.Append(req.State.GetAttribute(ctx, path.Root("title"), &title)...)
			resp.Diagnostics.Append(resp.State.Set(ctx, thingModel{Name: title})...)
		},
	}}
}

func (labThing) MoveState(context.Context) []resource.StateMover {
	return []resource.StateMover{{StateMover: func(ctx context.Context, req resource.MoveStateRequest, resp *resource.MoveStateResponse) {
		if req.SourceTypeName == "other_thing" && strings.Contains(string(req.SourceRawState.JSON), "moved") {
			resp.Diagnostics.Append(resp.TargetState.Set(ctx, thingModel{Name: types.StringValue("moved")})...)
		}
	}}}
}

type labList struct{}

func (labList) Metadata(_ context.Context, _ resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = "lab_thing"
}

func (labList) ListResourceConfigSchema(_ context.Context, _ list.ListResourceSchemaRequest, resp *list.ListResourceSchemaResponse) {
	resp.Schema = listschema.Schema{Attributes: map[string]listschema.Attribute{"prefix": listschema.StringAttribute{Optional: true}}}
}

func (labList) List(ctx context.Context, req list.ListRequest, stream *list.ListResultsStream) {
	var prefix types.String
	diags := req.Config.GetAttribute(ctx, path.Root("prefix"), &prefix)
	stream.Results = func(push func(list.ListResult) bool) {
		for _, id := range []string{"a", "b", "c"}[:req.Limit] {
			result := req.NewListResult(ctx)
			result.DisplayName = prefix.ValueString() + id
			result.Diagnostics.Append(diags...)
			result.Diagnostics.Append(result.Identity.Set(ctx, thingIdentity{types.StringValue(id)})...)
			if req.IncludeResource {
				result.Diagnostics.Append(result.Resource.Set(ctx, thingModel{ID: types.StringValue(id)})...)
			}
			if !push(result) {
				return
			}
		}
	}
}

type labAction struct{}

func (labAction) Metadata(_ context.Context, _ action.MetadataRequest, resp *action.MetadataResponse) {
	resp.TypeName = "lab_ring"
}

func (labAction) Schema(_ context.Context, _ action.SchemaRequest, resp *action.SchemaResponse) {
	resp.Schema = actionschema.Schema{Attributes: map[string]actionschema.Attribute{"who": actionschema.StringAttribute{Required: true}}}
}

func (labAction) Invoke(ctx context.Context, req action.InvokeRequest, resp *action.InvokeResponse) {
	var who types.String
	resp.Diagnostics.Append(req.Config.GetAttribute(ctx, path.Root("who"), &who)...)
	resp.SendProgress(action.InvokeProgressEvent{Message: "ringing " + who.ValueString()})
	if who.ValueString() == "nobody" {
		resp.Diagnostics.AddError("Nobody answers", "at all")
	}
}

type labEphemeral struct{}

func (labEphemeral) Metadata(_ context.Context, _ ephemeral.MetadataRequest, resp *ephemeral.MetadataResponse) {
	resp.TypeName = "lab_secret"
}

func (labEphemeral) Schema(_ context.Context, _ ephemeral.SchemaRequest, resp *ephemeral.SchemaResponse) {
	resp.Schema = ephemeralschema.Schema{Attributes: map[string]ephemeralschema.Attribute{
		"of": ephemeralschema.StringAttribute{Required: true}, "value": ephemeralschema.StringAttribute{Computed: true},
	}}
}

func (labEphemeral) Open(ctx context.Context, req ephemeral.OpenRequest, resp *ephemeral.OpenResponse) {
	var of types.String
	resp.Diagnostics.Append(req.Config.GetAttribute(ctx, path.Root("of"), &of)...)
	resp.Diagnostics.Append(resp.Result.Set(ctx, struct {
		Of    types.String `tfsdk:"of"`
		Value types.String `tfsdk:"value"`
	}{of, types.StringValue("secret of " + of.ValueString())})...)
	resp.Diagnostics.Append(resp.Private.SetKey(ctx, "of", []byte(`"`+of.ValueString()+`"`))...)
}

func (labEphemeral) Close(ctx context.Context, req ephemeral.CloseRequest, resp *ephemeral.CloseResponse) {
	of, diags := req.Private.GetKey(ctx, "of")
	resp.Diagnostics.Append(diags...)
	resp.Diagnostics.AddWarning("Closed", string(of))
}

type labFunction struct{}

func (labFunction) Metadata(_ context.Context, _ function.MetadataRequest, resp *function.MetadataResponse) {
	resp.Name = "join"
}

func (labFunction) Definition(_ context.Context, _ function.DefinitionRequest, resp *function.DefinitionResponse) {
	resp.Definition = function.Definition{
		Parameters:        []function.Parameter{function.StringParameter{Name: "separator"}},
		VariadicParameter: function.StringParameter{Name: "parts"},
		Return:            function.StringReturn{},
	}
}

func (labFunction) Run(ctx context.Context, req function.RunRequest, resp *function.RunResponse) {
	var separator string
	var parts []string
	resp.Error = req.Arguments.Get(ctx, &separator, &parts)
	if resp.Error == nil && separator == "" {
		resp.Error = function.NewArgumentFuncError(0, errors.New("there must be a separator").Error())
	}
	if resp.Error == nil {
		resp.Error = resp.Result.Set(ctx, strings.Join(parts, separator))
	}
}
