// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package number

import (
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/vonage/terraform-provider-vonage/internal/vonage"
)

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

func (m numberModel) validateForwarding(diags *diag.Diagnostics) {
	kind, _ := m.VoiceCallback.Attributes()["type"].(types.String)
	value, _ := m.VoiceCallback.Attributes()["value"].(types.String)
	if kind.ValueString() != "tel" || value.ValueString() == "" {
		return
	}
	if digits, err := vonage.NormalizeMSISDN(value.ValueString()); err != nil || digits != value.ValueString() {
		diags.AddAttributeError(path.Root("voice_callback").AtName("value"), "Invalid phone number",
			"With type tel, the value must be a phone number in E.164 digits, without + and spaces, such as 447700900001.")
	}
}
