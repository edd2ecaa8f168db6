// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package vonage

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
)

// Number is a number the account owns, as the Numbers API 1.1.0 returns it. The SMPP system type and the voice status
// callback are not among what it returns.
type Number struct {
	Country string `json:"country"` // ISO 3166-1 alpha-2
	MSISDN  string `json:"msisdn"`  // E.164 digits
	// Type is an open set; documented are landline, mobile-lvn and landline-toll-free.
	Type        string       `json:"type"`
	Features    []string     `json:"features"` // SMS, VOICE, MMS in no particular order
	Limitations []Limitation `json:"limitations,omitempty"`
	// SMSWebhookURL receives inbound SMS of this number.
	SMSWebhookURL string `json:"moHttpUrl,omitempty"`
	// VoiceCallbackType is sip or tel (once vxml) and VoiceCallbackValue where calls go then. The API mirrors the link
	// to an application here as type "app"; that is decoded into ApplicationID alone.
	VoiceCallbackType  string `json:"voiceCallbackType,omitempty"`
	VoiceCallbackValue string `json:"voiceCallbackValue,omitempty"`
	// ApplicationID is the application the number is linked to; empty when it is linked to none.
	ApplicationID string `json:"app_id,omitempty"`
}

// Limitation restricts one feature of a number.
type Limitation struct {
	Feature string `json:"feature"` // SMS, VOICE or MMS
	Type    string `json:"type"`    // INBOUND or OUTBOUND
	Reach   string `json:"reach"`   // DOMESTIC or INTERNATIONAL
}

// mirrorType is the voice callback type by which the API repeats the link to an application.
const mirrorType = "app"

// UnmarshalJSON reads a number, without the mirror of its link and without half a voice callback.
func (n *Number) UnmarshalJSON(data []byte) error {
	type plain Number
	var decoded plain
	if err := json.Unmarshal(data, &decoded); err != nil {
		return err
	}
	*n = Number(decoded)
	if n.VoiceCallbackType == mirrorType {
		if n.ApplicationID == "" {
			n.ApplicationID = n.VoiceCallbackValue
		}
		n.VoiceCallbackType, n.VoiceCallbackValue = "", ""
	}
	if n.VoiceCallbackType == "" || n.VoiceCallbackValue == "" {
		n.VoiceCallbackType, n.VoiceCallbackValue = "", "" // half of it forwards nowhere, and could not be written back
	}
	return nil
}

// NumberKey identifies an owned number. Country is empty where only the digits are known.
type NumberKey struct{ Country, MSISDN string }

// String gives the key as users write it: "GB/447700900001", or "447700900001" without a country.
func (k NumberKey) String() string {
	if k.Country == "" {
		return k.MSISDN
	}
	return k.Country + "/" + k.MSISDN
}

// Key identifies the number.
func (n Number) Key() NumberKey { return NumberKey{Country: n.Country, MSISDN: n.MSISDN} }

// NumberSettings is everything an update writes. An empty string clears; the two fields that the API cannot return are
// sent only when they are not nil.
type NumberSettings struct {
	ApplicationID                         string
	SMSWebhookURL                         string
	VoiceCallbackType, VoiceCallbackValue string
	SMPPSystemType, VoiceStatusCallback   *string
}

// Settings gives what is set on the number now, to be changed and written back.
func (n Number) Settings() NumberSettings {
	return NumberSettings{
		ApplicationID: n.ApplicationID, SMSWebhookURL: n.SMSWebhookURL,
		VoiceCallbackType: n.VoiceCallbackType, VoiceCallbackValue: n.VoiceCallbackValue,
	}
}

// with returns the number as it is once the settings are written.
func (n Number) with(settings NumberSettings) Number {
	n.ApplicationID, n.SMSWebhookURL = settings.ApplicationID, settings.SMSWebhookURL
	n.VoiceCallbackType, n.VoiceCallbackValue = settings.VoiceCallbackType, settings.VoiceCallbackValue
	return n
}

// validate refuses what the API answers with HTTP 500: a callback type without a value
// (https://github.com/nyaruka/rapidpro/pull/2914).
func (s NumberSettings) validate() error {
	switch {
	case s.VoiceCallbackType == mirrorType:
		return errors.New(`the voice callback type "app" is not set directly: link the application instead`)
	case (s.VoiceCallbackType == "") != (s.VoiceCallbackValue == ""):
		return fmt.Errorf("the voice callback type %q and its value need each other", s.VoiceCallbackType)
	default:
		return nil
	}
}

// form is the body of an update. It replaces the link and the voice callback, which are cleared by leaving them out.
// Whether a missing moHttpUrl is kept or cleared is undocumented, so it is always there, empty to clear it.
func (s NumberSettings) form(key NumberKey) url.Values {
	form := url.Values{"country": {key.Country}, "msisdn": {key.MSISDN}, "moHttpUrl": {s.SMSWebhookURL}}
	if s.ApplicationID != "" {
		form.Set("app_id", s.ApplicationID)
	}
	if s.VoiceCallbackType != "" {
		form.Set("voiceCallbackType", s.VoiceCallbackType)
		form.Set("voiceCallbackValue", s.VoiceCallbackValue)
	}
	if s.SMPPSystemType != nil {
		form.Set("moSmppSysType", *s.SMPPSystemType)
	}
	if s.VoiceStatusCallback != nil {
		form.Set("voiceStatusCallback", *s.VoiceStatusCallback)
	}
	return form
}

// readable reports whether the API returns all of the settings.
func (s NumberSettings) readable() bool {
	return s.SMPPSystemType == nil && s.VoiceStatusCallback == nil
}
