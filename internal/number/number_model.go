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

// numberModel is a vonage_number as Terraform holds it. Its id is null while its creation has not been finished: see
// unfinished.
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

// toRequest is the number's settings with the model's own in place of what was there. The link is kept. What Vonage does
// with a field it cannot return when an update leaves it out is undocumented, so one that the model has is always sent,
// and one that only prior has is cleared.
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

// newNumberModel is the state of an owned number. What is not Vonage's to know comes from prior.
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

// importedNumber is what Terraform knows of an imported number before it is read: what a plan would add otherwise.
func importedNumber() numberModel {
	return numberModel{DeletionPolicy: types.StringValue(policyPrevent), Timeouts: framework.NoTimeouts()}
}

// key is the number's canonical key.
func (m numberModel) key() vonage.NumberKey {
	return vonage.NumberKey{Country: m.Country.ValueCanonical(), MSISDN: m.MSISDN.ValueCanonical()}
}

// Identity implements framework.Identifiable.
func (m numberModel) Identity() any { return newIdentity(m.key()) }

// sameSettings says whether both want the same of what is written to a number.
func (m numberModel) sameSettings(other numberModel) bool {
	return m.SMSWebhookURL.Equal(other.SMSWebhookURL) && m.SMPPSystemType.Equal(other.SMPPSystemType) &&
		m.VoiceCallback.Equal(other.VoiceCallback) && m.VoiceStatusCallback.Equal(other.VoiceStatusCallback)
}

// unfinished is the state of a number that is, or may be, rented but was not set up. Terraform marks an object whose
// creation failed as tainted and replaces it, and a provider cannot see that mark. A null id is the mark that it can see:
// such an object is left where it is when it is replaced, and the one that replaces it adopts the number.
func (m numberModel) unfinished() numberModel {
	m.ID = types.StringNull()
	m.SMPPSystemType, m.VoiceStatusCallback = types.StringNull(), types.StringNull()
	return m
}

func (m numberModel) isUnfinished() bool { return m.ID.IsNull() }
