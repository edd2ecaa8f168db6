// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package number

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/vonage/terraform-provider-vonage/internal/framework"
	"github.com/vonage/terraform-provider-vonage/internal/schematype"
	"github.com/vonage/terraform-provider-vonage/internal/vonage"
)

// settingsAttributes are all the settings that this resource writes to the number; those omitted are cleared.
func settingsAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"sms_webhook_url": schema.StringAttribute{
			MarkdownDescription: "URL of the webhook for inbound SMS to this number. Before Vonage accepts it, it sends it a GET request and expects status 200. " +
				"None by default. API: `moHttpUrl`.",
			Optional:   true,
			Validators: []validator.String{schematype.HTTPURL()},
		},
		"smpp_system_type": schema.StringAttribute{
			MarkdownDescription: "The SMPP system type for inbound SMS. By default none is sent. Vonage does not return it, so drift is not detected. API: `moSmppSysType`.",
			Optional:            true,
			Validators:          []validator.String{stringvalidator.LengthAtLeast(1)},
		},
		"voice_callback": schema.SingleNestedAttribute{
			MarkdownDescription: "Where calls to the number are forwarded. Forwarding takes precedence over the voice webhooks of the application that the number is linked to. " +
				"By default calls are not forwarded. API: `voiceCallbackType`, `voiceCallbackValue`.",
			Optional: true,
			Attributes: map[string]schema.Attribute{
				"type": schema.StringAttribute{
					MarkdownDescription: "`sip`, `tel` or, on old numbers that use it already, `vxml`. API: `voiceCallbackType`.",
					Required:            true,
					Validators:          []validator.String{schematype.OneOf("sip", "tel", "vxml")},
				},
				"value": schema.StringAttribute{
					MarkdownDescription: "For `sip`, one or more SIP URIs, separated by commas, each with its parameters, such as " +
						"`sip:user@sip.example.com;transport=tls`; for `tel`, a phone number with its country calling code; for `vxml`, a URL. API: `voiceCallbackValue`.",
					CustomType:    targetType{},
					Required:      true,
					PlanModifiers: []planmodifier.String{schematype.KeepEquivalent()},
					Validators:    []validator.String{stringvalidator.LengthAtLeast(1)},
				},
			},
		},
		"voice_status_callback": schema.StringAttribute{
			MarkdownDescription: "The URL that Vonage calls when a forwarded call ends. By default none is sent. Vonage does not return it, so drift is not detected. " +
				"API: `voiceStatusCallback`.",
			Optional:   true,
			Validators: []validator.String{schematype.HTTPURL()},
		},
	}
}

// toRequest returns the number's settings with the model's own instead of the current ones. The link is kept. It is
// undocumented what Vonage does with a field that it cannot return when an update omits it, so such a field is always
// sent if the model has it, and cleared if only prior has it.
func (m numberModel) toRequest(current vonage.Number, prior numberModel) vonage.NumberSettings {
	kind, value := splitVoiceCallback(m.VoiceCallback)
	return vonage.NumberSettings{
		ApplicationID:       current.ApplicationID,
		SMSWebhookURL:       m.SMSWebhookURL.ValueString(),
		VoiceCallbackType:   kind,
		VoiceCallbackValue:  value,
		SMPPSystemType:      neverReturned(m.SMPPSystemType, prior.SMPPSystemType),
		VoiceStatusCallback: neverReturned(m.VoiceStatusCallback, prior.VoiceStatusCallback),
	}
}

func neverReturned(want, prior types.String) *string {
	if want.IsNull() && prior.IsNull() {
		return nil
	}
	return new(want.ValueString())
}

// sameSettings reports whether both models have the same settings to be written to the number.
func (m numberModel) sameSettings(other numberModel) bool {
	return m.SMSWebhookURL.Equal(other.SMSWebhookURL) && m.SMPPSystemType.Equal(other.SMPPSystemType) &&
		sameForwarding(m.VoiceCallback, other.VoiceCallback) && m.VoiceStatusCallback.Equal(other.VoiceStatusCallback)
}

// validate checks the rules between attributes.
func (m numberModel) validate(diags *diag.Diagnostics) {
	m.validateForwarding(diags)
	if m.TargetAPIKey.IsNull() || m.TargetAPIKey.IsUnknown() {
		return
	}
	for _, setting := range []struct {
		name  string
		value attr.Value
	}{
		{"sms_webhook_url", m.SMSWebhookURL},
		{"smpp_system_type", m.SMPPSystemType},
		{"voice_callback", m.VoiceCallback},
		{"voice_status_callback", m.VoiceStatusCallback},
	} {
		if !setting.value.IsNull() && !setting.value.IsUnknown() {
			diags.AddAttributeError(path.Root(setting.name), "Setting of a subaccount's number",
				"Only the subaccount's own credentials can configure a number of the subaccount that target_api_key names. "+
					"Remove "+setting.name+".")
		}
	}
}

// targetMeaning is the meaning of voice_callback.value. A phone number can be spelled in several ways; no SIP URI and no
// URL can be taken for one.
type targetMeaning struct{}

// Noun implements schematype.Meaning.
func (targetMeaning) Noun() string { return "forwarding target" }

// Canonical implements schematype.Meaning. What a target has to be depends on the type beside it: see validateForwarding.
func (targetMeaning) Canonical(text string) (string, error) {
	if digits, err := vonage.NormalizeMSISDN(text); err == nil {
		return digits, nil
	}
	return text, nil
}

type (
	target     = schematype.String[targetMeaning]
	targetType = schematype.StringType[targetMeaning]
)

var voiceCallbackTypes = map[string]attr.Type{"type": types.StringType, "value": targetType{}}

func newVoiceCallback(number vonage.Number) types.Object {
	if number.VoiceCallbackType == "" {
		return types.ObjectNull(voiceCallbackTypes)
	}
	return types.ObjectValueMust(voiceCallbackTypes, map[string]attr.Value{
		"type": types.StringValue(number.VoiceCallbackType), "value": schematype.Known[targetMeaning](number.VoiceCallbackValue),
	})
}

// hasUnknown reports whether the object or one of its members is unknown.
func hasUnknown(object types.Object) bool {
	return object.IsUnknown() || slices.ContainsFunc(slices.Collect(maps.Values(object.Attributes())), attr.Value.IsUnknown)
}

// splitVoiceCallback returns the members of a voice_callback as the API has them; what is null or unknown is empty.
func splitVoiceCallback(object types.Object) (kind, value string) {
	text, _ := object.Attributes()["type"].(types.String)
	to, _ := object.Attributes()["value"].(target)
	return text.ValueString(), to.ValueCanonical()
}

// sameForwarding reports whether two voice_callbacks mean the same.
func sameForwarding(a, b types.Object) bool {
	kindA, valueA := splitVoiceCallback(a)
	kindB, valueB := splitVoiceCallback(b)
	return kindA == kindB && valueA == valueB
}

func (m numberModel) validateForwarding(diags *diag.Diagnostics) {
	kind, value := splitVoiceCallback(m.VoiceCallback)
	at := path.Root("voice_callback").AtName("value")
	switch {
	case value == "":
	case kind == "tel":
		if _, err := vonage.NormalizeMSISDN(value); err != nil {
			diags.AddAttributeError(at, "Invalid phone number", "With type tel, the value must be a phone number (E.164). "+framework.Sentence(err.Error()))
		}
	case kind == "sip":
		for uri := range strings.SplitSeq(value, ",") {
			if scheme, _, ok := strings.Cut(strings.TrimSpace(uri), ":"); !ok || !strings.EqualFold(scheme, "sip") && !strings.EqualFold(scheme, "sips") {
				diags.AddAttributeError(at, "Invalid SIP URI", "With type sip, each of the URIs must begin with sip: or sips:, as in "+
					"sip:user@sip.example.com. "+vonage.Quote(uri)+" does not.")
			}
		}
	}
}

// replaces says which settings of an adopted number the model replaces. It is "" if there are none, and leaves out
// settings that are unknown.
func (m numberModel) replaces(number vonage.Number) string {
	var detail string
	had, want := number.Settings(), m.toRequest(number, m)
	if had.SMSWebhookURL != "" && had.SMSWebhookURL != want.SMSWebhookURL && !m.SMSWebhookURL.IsUnknown() {
		detail += fmt.Sprintf(" The configuration replaces its sms_webhook_url, which was %s.", vonage.Quote(had.SMSWebhookURL))
	}
	forwards := had.VoiceCallbackType != want.VoiceCallbackType || had.VoiceCallbackValue != want.VoiceCallbackValue
	if had.VoiceCallbackType != "" && forwards && !hasUnknown(m.VoiceCallback) {
		detail += fmt.Sprintf(" The configuration replaces its voice_callback, which was %s to %s.", had.VoiceCallbackType, vonage.Quote(had.VoiceCallbackValue))
	}
	return detail
}
