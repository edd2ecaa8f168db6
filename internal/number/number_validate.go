// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package number

import (
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
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
