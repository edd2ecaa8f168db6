// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package number

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/vonage/terraform-provider-vonage/internal/vonage"
)

// Terraform shows errors in the order in which the provider returns them, which must not change from run to run.
func TestValidateReportsInTheOrderOfTheSchema(t *testing.T) {
	t.Parallel()
	settings := numberModel{
		TargetAPIKey:        types.StringValue("subaccount"),
		SMSWebhookURL:       types.StringValue("https://example.com/sms"),
		SMPPSystemType:      types.StringValue("inbound"),
		VoiceCallback:       newVoiceCallback(vonage.Number{VoiceCallbackType: "sip", VoiceCallbackValue: "sip:a@example.com"}),
		VoiceStatusCallback: types.StringValue("https://example.com/status"),
	}
	want := []string{"sms_webhook_url", "smpp_system_type", "voice_callback", "voice_status_callback"}
	for range 32 {
		var diags diag.Diagnostics
		settings.validate(&diags)
		var got []string
		for _, problem := range diags {
			if located, ok := problem.(diag.DiagnosticWithPath); ok {
				got = append(got, located.Path().String())
			}
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("attributes with an error (-want +got):\n%s", diff)
		}
	}
}
