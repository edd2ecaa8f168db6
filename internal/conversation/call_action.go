// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package conversation

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/action"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/vonage/terraform-provider-vonage/internal/framework"
	"github.com/vonage/terraform-provider-vonage/internal/vonage"
)

// NewVoiceCall returns the action vonage_voice_call. normalizeNCCO returns the canonical form of an NCCO, or an error.
func NewVoiceCall(normalizeNCCO func(document string) (string, error)) action.Action {
	return &voiceCall{normalizeNCCO: normalizeNCCO}
}

type voiceCall struct {
	data          *framework.ProviderData
	normalizeNCCO func(document string) (string, error)
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
	if resp.Diagnostics.HasError() {
		return
	}
	resp.Diagnostics.Append(config.validate()...)
	if config.NCCO.IsNull() || config.NCCO.IsUnknown() {
		return
	}
	// Only a warning, because Vonage may support more than this version knows.
	if _, err := v.normalizeNCCO(config.NCCO.ValueString()); err != nil {
		resp.Diagnostics.AddAttributeWarning(path.Root("ncco"), "Undocumented NCCO", "This is not in Vonage's NCCO reference "+
			"(https://developer.vonage.com/en/voice/voice-api/ncco-reference):\n\n"+err.Error()+
			"\n\nThe NCCO is sent as it is. If Vonage rejects it, it ends the call.")
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
	if normal, err := v.normalizeNCCO(config.NCCO.ValueString()); err == nil {
		request.NCCO = json.RawMessage(normal)
	}
	waiter, diags := config.toWaiter()
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}
	call, err := v.data.Client.Calls.Create(ctx, request)
	if err != nil {
		framework.AddError(&resp.Diagnostics, "place", "call", err, callAttribute)
		return
	}
	waiter.get = v.data.Client.Calls.Get
	waiter.report = func(call vonage.Call) {
		resp.SendProgress(action.InvokeProgressEvent{
			Message: fmt.Sprintf("call %s (conversation %s): %s", call.UUID, call.ConversationUUID, call.Status),
		})
	}
	if err := waiter.wait(ctx, call); err != nil {
		framework.AddError(&resp.Diagnostics, "complete", "call", err, nil)
	}
}

// callAttribute maps a parameter of the Voice API to its attribute, which has the same name.
func callAttribute(apiName string) (path.Path, bool) {
	_, exists := newCallSchema().Attributes[apiName]
	return path.Root(apiName), exists
}
