// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

// Package call implements the action vonage_voice_call, on the Voice API (https://developer.vonage.com/en/api/voice).
package call

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode"

	"github.com/hashicorp/terraform-plugin-framework/action"
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-framework/types/basetypes"

	"github.com/vonage/terraform-provider-vonage/internal/framework"
	"github.com/vonage/terraform-provider-vonage/internal/schematype"
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
	resp.Schema = newSchema()
}

func (v *voiceCall) Configure(_ context.Context, req action.ConfigureRequest, resp *action.ConfigureResponse) {
	v.data = framework.Data(req.ProviderData, &resp.Diagnostics)
}

func (v *voiceCall) ValidateConfig(ctx context.Context, req action.ValidateConfigRequest, resp *action.ValidateConfigResponse) {
	var config model
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
	var config model
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
	_, exists := newSchema().Attributes[apiName]
	return path.Root(apiName), exists
}

type model struct {
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
func (m model) toRequest(ctx context.Context) (vonage.NewCall, diag.Diagnostics) {
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
func (m model) toWaiter() (callWaiter, diag.Diagnostics) {
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

var dtmfKeys = regexp.MustCompile("^[0-9*#p]+$")

const invalidCall = "Invalid call"

// validate checks the rules between attributes. Unknown values may turn out to be null.
func (m model) validate() diag.Diagnostics {
	var diags diag.Diagnostics
	random := m.RandomFromNumber.ValueBool()
	switch {
	case m.From.IsUnknown() || m.RandomFromNumber.IsUnknown():
	case m.From.IsNull() && !random:
		diags.AddAttributeError(path.Root("from"), invalidCall, "A call needs a number that it comes from: set from, or random_from_number = true.")
	case !m.From.IsNull() && random:
		diags.AddAttributeError(path.Root("random_from_number"), invalidCall, "from sets the number that the call comes from: remove either from or random_from_number.")
	}
	switch {
	case m.NCCO.IsUnknown() || m.AnswerURL.IsUnknown():
	case m.NCCO.IsNull() && m.AnswerURL.IsNull():
		diags.AddAttributeError(path.Root("ncco"), invalidCall, "A call needs an NCCO: set ncco or answer_url.")
	case !m.NCCO.IsNull() && !m.AnswerURL.IsNull():
		diags.AddAttributeError(path.Root("answer_url"), invalidCall, "ncco and answer_url exclude each other: remove one of them.")
	}
	if !m.To.IsNull() && !m.To.IsUnknown() {
		diags.Append(validateEndpoint(m.To.Attributes())...)
	}
	return diags
}

// endpointNeeds are, for each type of endpoint, its required attributes, its optional ones, and the schemes of its uri.
var endpointNeeds = map[string]struct{ needs, takes, schemes []string }{
	phone:       {needs: []string{"number"}, takes: []string{"dtmf_answer", "shaken"}},
	"sip":       {needs: []string{"uri"}, takes: []string{"headers", "standard_headers"}, schemes: []string{"sip:", "sips:"}},
	"websocket": {needs: []string{"uri", "content_type"}, takes: []string{"headers"}, schemes: []string{"wss://", "ws://"}},
	"app":       {needs: []string{"user"}},
	"vbc":       {needs: []string{"extension"}},
}

func validateEndpoint(attributes map[string]attr.Value) diag.Diagnostics {
	var diags diag.Diagnostics
	name := phone
	if given, ok := attributes["type"].(types.String); ok && !given.IsNull() {
		name = given.ValueString()
	}
	endpoint, known := endpointNeeds[name]
	if !known { // the type is not known yet, or not supported
		return nil
	}
	for _, attribute := range slices.Sorted(maps.Keys(attributes)) {
		needed := slices.Contains(endpoint.needs, attribute)
		switch set := !attributes[attribute].IsNull(); {
		case attribute == "type":
		case needed && !set:
			diags.AddAttributeError(path.Root("to").AtName(attribute), invalidCall, fmt.Sprintf("An endpoint of type %q needs %s.", name, attribute))
		case set && !needed && !slices.Contains(endpoint.takes, attribute):
			diags.AddAttributeError(path.Root("to").AtName(attribute), invalidCall, fmt.Sprintf("An endpoint of type %q has no %s.", name, attribute))
		}
	}
	uri, _ := attributes["uri"].(types.String)
	if endpoint.schemes != nil && !uri.IsNull() && !uri.IsUnknown() && !beginsLike(uri.ValueString(), endpoint.schemes) {
		diags.AddAttributeError(path.Root("to").AtName("uri"), invalidCall, fmt.Sprintf("%s is not a URI for an endpoint of type %q: "+
			"it must begin with %s, and have no spaces.", vonage.Quote(uri.ValueString()), name, strings.Join(endpoint.schemes, " or ")))
	}
	return diags
}

// beginsLike reports whether an address starts with one of the schemes, continues after it, and has no spaces.
func beginsLike(address string, schemes []string) bool {
	return !strings.ContainsFunc(address, unicode.IsSpace) && slices.ContainsFunc(schemes, func(scheme string) bool {
		return strings.HasPrefix(address, scheme) && address != scheme
	})
}
