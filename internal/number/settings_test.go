// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package number

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"pgregory.net/rapid"

	"github.com/vonage/terraform-provider-vonage/internal/vonage"
)

func TestNumberReadFromVonageWritesItself(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		number := numbers().Draw(t, "number")
		model := newNumberModel(number, numberModel{})
		if diff := cmp.Diff(number.Settings(), model.toRequest(number, numberModel{})); diff != "" {
			t.Errorf("writing what was read changes the number (-want +got):\n%s", diff)
		}
		again := newNumberModel(number, model)
		if !model.sameSettings(again) || model.key() != number.Key() || again.ID != model.ID {
			t.Errorf("%v and %v were read from the same number", model, again)
		}
	})
}

// A number whose link changes while its settings are written keeps the new link.
func TestNumberWritesOnlyItsOwnSettings(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		number, current := numbers().Draw(t, "number"), numbers().Draw(t, "current")
		want := number.Settings()
		want.ApplicationID = current.ApplicationID
		if diff := cmp.Diff(want, newNumberModel(number, numberModel{}).toRequest(current, numberModel{})); diff != "" {
			t.Errorf("settings (-want +got):\n%s", diff)
		}
	})
}

// A setting that Vonage does not return is sent if it is configured, cleared if it was before, and otherwise not sent.
func TestNumberSettingsThatCannotBeRead(t *testing.T) {
	t.Parallel()
	value, none := types.StringValue("a"), types.StringNull()
	for name, test := range map[string]struct {
		plan, state types.String
		want        *string
	}{
		"configured": {value, none, new("a")},
		"kept":       {value, value, new("a")},
		"removed":    {none, value, new("")},
		"never set":  {none, none, nil},
	} {
		plan := numberModel{SMPPSystemType: test.plan, VoiceStatusCallback: test.plan}
		state := numberModel{SMPPSystemType: test.state, VoiceStatusCallback: test.state}
		want := vonage.NumberSettings{SMPPSystemType: test.want, VoiceStatusCallback: test.want}
		if diff := cmp.Diff(want, plan.toRequest(vonage.Number{}, state)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

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
