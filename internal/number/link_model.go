// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package number

import (
	"strings"

	"github.com/hashicorp/terraform-plugin-framework-timeouts/resource/timeouts"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/vonage/terraform-provider-vonage/internal/framework"
	"github.com/vonage/terraform-provider-vonage/internal/schematype"
	"github.com/vonage/terraform-provider-vonage/internal/vonage"
)

// linkModel is the plan or state of a vonage_number_link.
type linkModel struct {
	ID                  types.String             `tfsdk:"id"`
	MSISDN              schematype.MSISDN        `tfsdk:"msisdn"`
	Country             schematype.Country       `tfsdk:"country"`
	ApplicationID       schematype.ApplicationID `tfsdk:"application_id"`
	ReplaceExistingLink types.Bool               `tfsdk:"replace_existing_link"`
	Timeouts            timeouts.Value           `tfsdk:"timeouts"`
}

// toRequest returns the number's settings with this link instead of the current one, and everything else unchanged.
func (m linkModel) toRequest(current vonage.Number) vonage.NumberSettings {
	settings := current.Settings()
	settings.ApplicationID = m.ApplicationID.ValueCanonical()
	return settings
}

// newLinkModel returns the state of a number's link. Attributes that Vonage does not have come from prior.
func newLinkModel(number vonage.Number, prior linkModel) linkModel {
	key := number.Key()
	return linkModel{
		ID:                  types.StringValue(key.String()),
		MSISDN:              schematype.NewMSISDN(key.MSISDN),
		Country:             schematype.NewCountry(key.Country),
		ApplicationID:       schematype.NewApplicationID(number.ApplicationID),
		ReplaceExistingLink: prior.ReplaceExistingLink,
		Timeouts:            prior.Timeouts,
	}
}

// importedLink returns the defaults of an imported link before it is read, so that the next plan does not add them.
func importedLink() linkModel {
	return linkModel{ReplaceExistingLink: types.BoolValue(false), Timeouts: framework.NoTimeouts()}
}

// key returns the number's canonical key. Its country is empty while it is unknown.
func (m linkModel) key() vonage.NumberKey {
	return vonage.NumberKey{Country: m.Country.ValueCanonical(), MSISDN: m.MSISDN.ValueCanonical()}
}

// links reports whether the number is linked to this link's application.
func (m linkModel) links(number vonage.Number) bool {
	return number.ApplicationID != "" && strings.EqualFold(number.ApplicationID, m.ApplicationID.ValueString())
}

// Identity implements framework.Identifiable.
func (m linkModel) Identity() any { return newIdentity(m.key()) }
