// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package vonage

import (
	"errors"
	"fmt"
	"net/url"
)

// Number is a number that the account owns, as the Numbers API 1.1.0 returns it. The API does not return the SMPP
// system type and the voice status callback.
type Number struct {
	Country string `json:"country"` // ISO 3166-1 alpha-2
	MSISDN  string `json:"msisdn"`  // E.164 digits
	// Type is an open set; documented values are landline, mobile-lvn and landline-toll-free.
	Type        string       `json:"type"`
	Features    []string     `json:"features"` // SMS, VOICE, MMS in no particular order
	Limitations []Limitation `json:"limitations,omitempty"`
	// SMSWebhookURL receives the inbound SMS of this number.
	SMSWebhookURL string `json:"moHttpUrl,omitempty"`
	// VoiceCallbackType is sip or tel (formerly also vxml), and VoiceCallbackValue is the target that calls are
	// forwarded to. The API repeats the link to an application here as type "app"; that is decoded into ApplicationID
	// only.
	VoiceCallbackType  string `json:"voiceCallbackType,omitempty"`
	VoiceCallbackValue string `json:"voiceCallbackValue,omitempty"`
	// ApplicationID is the application that the number is linked to; empty if there is none.
	ApplicationID string `json:"app_id,omitempty"`
}

// Limitation restricts one feature of a number.
type Limitation struct {
	Feature string `json:"feature"` // SMS, VOICE or MMS
	Type    string `json:"type"`    // INBOUND or OUTBOUND
	Reach   string `json:"reach"`   // DOMESTIC or INTERNATIONAL
}

// mirrorType is the voice callback type with which the API repeats the link to an application.
const mirrorType = "app"

// decodeNumber decodes a number. It drops the repeated link (see mirrorType) and an incomplete voice callback.
func decodeNumber(entry []byte) (n Number, id string, err error) {
	err = decode(entry, &n)
	if n.VoiceCallbackType == mirrorType {
		if n.ApplicationID == "" {
			n.ApplicationID = n.VoiceCallbackValue
		}
		n.VoiceCallbackType, n.VoiceCallbackValue = "", ""
	}
	if n.VoiceCallbackType == "" || n.VoiceCallbackValue == "" {
		n.VoiceCallbackType, n.VoiceCallbackValue = "", "" // half a callback forwards nothing, and the API would not accept it back
	}
	if err == nil && n.Country == "" {
		err = malformed("it has no country")
	}
	return n, idOf(n.Key()), err
}

// idOf returns the id of an entry, which is empty if the entry has no digits.
func idOf(key NumberKey) string {
	if key.MSISDN == "" {
		return ""
	}
	return key.String()
}

// NumberKey identifies an owned number. Country is empty if only the digits are known.
type NumberKey struct{ Country, MSISDN string }

// String returns the key as users write it: "GB/447700900001", or "447700900001" without a country.
func (k NumberKey) String() string {
	if k.Country == "" {
		return k.MSISDN
	}
	return k.Country + "/" + k.MSISDN
}

// Key returns the number's key.
func (n Number) Key() NumberKey { return NumberKey{Country: n.Country, MSISDN: n.MSISDN} }

// NumberSettings is everything that an update writes. An empty string clears a setting. The pointers are settings
// that the API cannot return; they are sent only if they are not nil.
type NumberSettings struct {
	ApplicationID                         string
	SMSWebhookURL                         string
	VoiceCallbackType, VoiceCallbackValue string
	SMPPSystemType, VoiceStatusCallback   *string
}

// Settings returns the number's current settings, to be changed and written back.
func (n Number) Settings() NumberSettings {
	return NumberSettings{
		ApplicationID: n.ApplicationID, SMSWebhookURL: n.SMSWebhookURL,
		VoiceCallbackType: n.VoiceCallbackType, VoiceCallbackValue: n.VoiceCallbackValue,
	}
}

// with returns the number with the settings applied.
func (n Number) with(settings NumberSettings) Number {
	n.ApplicationID, n.SMSWebhookURL = settings.ApplicationID, settings.SMSWebhookURL
	n.VoiceCallbackType, n.VoiceCallbackValue = settings.VoiceCallbackType, settings.VoiceCallbackValue
	return n
}

// validate refuses what the API would respond with HTTP 500: a callback type without a value
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

// form returns the body of an update. An update replaces the link and the voice callback, and clears them if they are
// omitted. Whether it keeps or clears an omitted moHttpUrl is undocumented, so moHttpUrl is always sent, empty to
// clear it.
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
