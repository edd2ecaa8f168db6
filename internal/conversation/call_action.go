// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package conversation

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/action"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/vonage/terraform-provider-vonage/internal/framework"
	"github.com/vonage/terraform-provider-vonage/internal/vonage"
)

// NewVoiceCall gives the action vonage_voice_call.
func NewVoiceCall() action.Action {
	return &voiceCall{}
}

type voiceCall struct {
	data *framework.ProviderData
}

var (
	_ action.ActionWithConfigure      = (*voiceCall)(nil)
	_ action.ActionWithValidateConfig = (*voiceCall)(nil)
)

func (v *voiceCall) Metadata(_ context.Context, req action.MetadataRequest, resp *action.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_voice_call"
}

func (v *voiceCall) Schema(_ context.Context, _ action.SchemaRequest, resp *action.SchemaResponse) {
	resp.Schema = newCallSchema()
}

func (v *voiceCall) Configure(_ context.Context, req action.ConfigureRequest, resp *action.ConfigureResponse) {
	v.data = framework.Data(req.ProviderData, &resp.Diagnostics)
}

func (v *voiceCall) ValidateConfig(ctx context.Context, req action.ValidateConfigRequest, resp *action.ValidateConfigResponse) {
	var config callModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	if !resp.Diagnostics.HasError() {
		resp.Diagnostics.Append(config.validate()...)
	}
}

func (v *voiceCall) Invoke(ctx context.Context, req action.InvokeRequest, resp *action.InvokeResponse) {
	var config callModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	if resp.Diagnostics.HasError() {
		return
	}
	request, diags := config.toRequest(ctx)
	resp.Diagnostics.Append(diags...)
	waiting, diags := config.toAwait()
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}
	call, err := v.data.Client.Calls.Create(ctx, request)
	if err != nil {
		framework.AddError(&resp.Diagnostics, "place", "call", err, callAttribute)
		return
	}
	waiting.get = v.data.Client.Calls.Get
	waiting.report = func(call vonage.Call) {
		resp.SendProgress(action.InvokeProgressEvent{
			Message: fmt.Sprintf("call %s (conversation %s): %s", call.UUID, call.ConversationUUID, call.Status),
		})
	}
	if err := waiting.await(ctx, call); err != nil {
		framework.AddError(&resp.Diagnostics, "complete", "call", err, nil)
	}
}

// callAttribute finds the attribute that a parameter of the Voice API was made from: they have the same names.
func callAttribute(apiName string) (path.Path, bool) {
	_, exists := newCallSchema().Attributes[apiName]
	return path.Root(apiName), exists
}
