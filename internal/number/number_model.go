// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package number

import (
	"github.com/hashicorp/terraform-plugin-framework-timeouts/resource/timeouts"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/vonage/terraform-provider-vonage/internal/framework"
	"github.com/vonage/terraform-provider-vonage/internal/schematype"
	"github.com/vonage/terraform-provider-vonage/internal/vonage"
)

// numberModel is the plan or state of a vonage_number. Its id is null while its creation is unfinished: see unfinished.
type numberModel struct {
	ID      types.String       `tfsdk:"id"`
	Country schematype.Country `tfsdk:"country"`
	MSISDN  schematype.MSISDN  `tfsdk:"msisdn"`

	DeletionPolicy types.String   `tfsdk:"deletion_policy"`
	MaxMonthlyCost types.String   `tfsdk:"max_monthly_cost"`
	MaxInitialCost types.String   `tfsdk:"max_initial_cost"`
	TargetAPIKey   types.String   `tfsdk:"target_api_key"`
	Timeouts       timeouts.Value `tfsdk:"timeouts"`

	SMSWebhookURL       types.String `tfsdk:"sms_webhook_url"`
	SMPPSystemType      types.String `tfsdk:"smpp_system_type"`
	VoiceCallback       types.Object `tfsdk:"voice_callback"`
	VoiceStatusCallback types.String `tfsdk:"voice_status_callback"`

	Type          types.String `tfsdk:"type"`
	Features      types.Set    `tfsdk:"features"`
	Limitations   types.Set    `tfsdk:"limitations"`
	ApplicationID types.String `tfsdk:"application_id"`
	MonthlyCost   types.String `tfsdk:"monthly_cost"`
	InitialCost   types.String `tfsdk:"initial_cost"`
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
		SMPPSystemType:      unreadable(m.SMPPSystemType, prior.SMPPSystemType),
		VoiceStatusCallback: unreadable(m.VoiceStatusCallback, prior.VoiceStatusCallback),
	}
}

func unreadable(want, prior types.String) *string {
	if want.IsNull() && prior.IsNull() {
		return nil
	}
	return new(want.ValueString())
}

// newNumberModel returns the state of an owned number. Attributes that Vonage does not have come from prior.
func newNumberModel(number vonage.Number, prior numberModel) numberModel {
	key := number.Key()
	return numberModel{
		ID:      types.StringValue(key.String()),
		Country: schematype.NewCountry(key.Country),
		MSISDN:  schematype.NewMSISDN(key.MSISDN),

		DeletionPolicy: prior.DeletionPolicy, MaxMonthlyCost: prior.MaxMonthlyCost, MaxInitialCost: prior.MaxInitialCost,
		TargetAPIKey: prior.TargetAPIKey, Timeouts: prior.Timeouts,

		SMSWebhookURL:       textOrNull(number.SMSWebhookURL),
		VoiceCallback:       newVoiceCallback(number),
		SMPPSystemType:      prior.SMPPSystemType,
		VoiceStatusCallback: prior.VoiceStatusCallback,

		Type: types.StringValue(number.Type), Features: newFeatures(number.Features), Limitations: newLimitations(number.Limitations),
		ApplicationID: textOrNull(number.ApplicationID),
		MonthlyCost:   prior.MonthlyCost, InitialCost: prior.InitialCost,
	}
}

// importedNumber returns the defaults of an imported number before it is read, so that the next plan does not add them.
func importedNumber() numberModel {
	return numberModel{DeletionPolicy: types.StringValue(policyPrevent), Timeouts: framework.NoTimeouts()}
}

// key returns the number's canonical key.
func (m numberModel) key() vonage.NumberKey {
	return vonage.NumberKey{Country: m.Country.ValueCanonical(), MSISDN: m.MSISDN.ValueCanonical()}
}

// Identity implements framework.Identifiable.
func (m numberModel) Identity() any { return newIdentity(m.key()) }

// sameSettings reports whether both models have the same settings to be written to the number.
func (m numberModel) sameSettings(other numberModel) bool {
	kind, value := splitVoiceCallback(m.VoiceCallback)
	otherKind, otherValue := splitVoiceCallback(other.VoiceCallback)
	return m.SMSWebhookURL.Equal(other.SMSWebhookURL) && m.SMPPSystemType.Equal(other.SMPPSystemType) &&
		kind == otherKind && value == otherValue && m.VoiceStatusCallback.Equal(other.VoiceStatusCallback)
}

// unfinished returns the state of a number that is, or may be, rented but was not set up. Terraform marks an object
// whose creation failed as tainted and replaces it, but does not show that mark to the provider. The null id takes its
// place: when such an object is replaced, the number stays rented, and the replacement adopts it.
func (m numberModel) unfinished() numberModel {
	m.ID = types.StringNull()
	m.SMPPSystemType, m.VoiceStatusCallback = types.StringNull(), types.StringNull()
	return m
}

func (m numberModel) isUnfinished() bool { return m.ID.IsNull() }
