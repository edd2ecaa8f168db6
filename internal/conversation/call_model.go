// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package conversation

import (
	"cmp"
	"context"
	"encoding/json"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-framework/types/basetypes"

	"github.com/vonage/terraform-provider-vonage/internal/schematype"
	"github.com/vonage/terraform-provider-vonage/internal/vonage"
)

type callModel struct {
	To               types.Object        `tfsdk:"to"`
	From             schematype.MSISDN   `tfsdk:"from"`
	RandomFromNumber types.Bool          `tfsdk:"random_from_number"`
	NCCO             types.String        `tfsdk:"ncco"`
	AnswerURL        types.String        `tfsdk:"answer_url"`
	AnswerMethod     types.String        `tfsdk:"answer_method"`
	EventURL         types.String        `tfsdk:"event_url"`
	EventMethod      types.String        `tfsdk:"event_method"`
	MachineDetection types.String        `tfsdk:"machine_detection"`
	LengthTimer      schematype.Int64    `tfsdk:"length_timer"`
	RingingTimer     schematype.Int64    `tfsdk:"ringing_timer"`
	WaitFor          types.String        `tfsdk:"wait_for"`
	Timeout          schematype.Duration `tfsdk:"timeout"`

	AdvancedMachineDetection types.Object `tfsdk:"advanced_machine_detection"`
}

type machineDetection struct {
	Behavior    types.String     `tfsdk:"behavior"`
	Mode        types.String     `tfsdk:"mode"`
	BeepTimeout schematype.Int64 `tfsdk:"beep_timeout"`
}

type callEndpoint struct {
	Type        types.String      `tfsdk:"type"`
	Number      schematype.MSISDN `tfsdk:"number"`
	DTMFAnswer  types.String      `tfsdk:"dtmf_answer"`
	URI         types.String      `tfsdk:"uri"`
	Headers     map[string]string `tfsdk:"headers"`
	ContentType types.String      `tfsdk:"content_type"`
	User        types.String      `tfsdk:"user"`
	Extension   types.String      `tfsdk:"extension"`
	SHAKEN      types.String      `tfsdk:"shaken"`

	StandardHeaders *standardHeaders `tfsdk:"standard_headers"`
}

type standardHeaders struct {
	UserToUser types.String `tfsdk:"user_to_user"`
}

// phone is the default type of an endpoint.
const phone = "phone"

// toRequest returns the call to place.
func (m callModel) toRequest(ctx context.Context) (vonage.NewCall, diag.Diagnostics) {
	var to callEndpoint
	diags := m.To.As(ctx, &to, basetypes.ObjectAsOptions{})
	diags.Append(to.Number.Check(ctx, path.Root("to").AtName("number"))...)
	diags.Append(m.From.Check(ctx, path.Root("from"))...)
	call := vonage.NewCall{
		To: []vonage.CallEndpoint{{
			Type: cmp.Or(to.Type.ValueString(), phone), Number: to.Number.ValueCanonical(), DTMFAnswer: to.DTMFAnswer.ValueString(),
			URI: to.URI.ValueString(), Headers: to.Headers, ContentType: to.ContentType.ValueString(), User: to.User.ValueString(),
			Extension: to.Extension.ValueString(), SHAKEN: to.SHAKEN.ValueString(),
		}},
		RandomFromNumber: m.RandomFromNumber.ValueBool(),
		NCCO:             json.RawMessage(m.NCCO.ValueString()),
		AnswerURL:        oneURL(m.AnswerURL),
		AnswerMethod:     m.AnswerMethod.ValueString(),
		EventURL:         oneURL(m.EventURL),
		EventMethod:      m.EventMethod.ValueString(),
		MachineDetection: m.MachineDetection.ValueString(),
		LengthTimer:      m.LengthTimer.ValueInt64(),
		RingingTimer:     m.RingingTimer.ValueInt64(),
	}
	if !m.From.IsNull() {
		call.From = &vonage.CallEndpoint{Type: phone, Number: m.From.ValueCanonical()}
	}
	if to.StandardHeaders != nil {
		call.To[0].StandardHeaders = map[string]string{"User-to-User": to.StandardHeaders.UserToUser.ValueString()}
	}
	if !m.AdvancedMachineDetection.IsNull() {
		var detection machineDetection
		diags.Append(m.AdvancedMachineDetection.As(ctx, &detection, basetypes.ObjectAsOptions{})...)
		call.AdvancedMachineDetection = &vonage.AdvancedMachineDetection{
			Behavior: detection.Behavior.ValueString(), Mode: detection.Mode.ValueString(), BeepTimeout: detection.BeepTimeout.ValueInt64(),
		}
	}
	return call, diags
}

// oneURL returns a URL in the form that the Voice API requires: a list of one.
func oneURL(url types.String) []string {
	if url.IsNull() {
		return nil
	}
	return []string{url.ValueString()}
}

// defaultWait is the default time to wait for an answer, twice as long as Vonage lets a phone ring.
const defaultWait = 2 * time.Minute

// toWaiter returns the callWaiter, with the wanted status and the timeout.
func (m callModel) toWaiter() (callWaiter, diag.Diagnostics) {
	var diags diag.Diagnostics
	waiter := callWaiter{want: cmp.Or(vonage.CallStatus(m.WaitFor.ValueString()), vonage.CallAnswered), timeout: defaultWait}
	if !m.Timeout.IsNull() {
		var err error
		if waiter.timeout, err = schematype.ParseDuration(m.Timeout.ValueString()); err != nil {
			diags.AddAttributeError(path.Root("timeout"), "Invalid duration", err.Error())
		}
	}
	return waiter, diags
}
