// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package platform

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"
)

// WireDuration is a duration in JSON: "1m30s".
type WireDuration time.Duration

// MarshalJSON implements json.Marshaler.
func (d WireDuration) MarshalJSON() ([]byte, error) { return json.Marshal(time.Duration(d).String()) }

// UnmarshalJSON implements json.Unmarshaler.
func (d *WireDuration) UnmarshalJSON(text []byte) error {
	var written string
	if err := json.Unmarshal(text, &written); err != nil {
		return fmt.Errorf("%s is no duration like \"1m30s\"", text)
	}
	parsed, err := time.ParseDuration(written)
	*d = WireDuration(parsed)
	return err
}

// ParseVariant decodes a Variant from JSON, with durations like "1m30s". An unknown property is an error.
func ParseVariant(text []byte) (Variant, error) {
	var wire struct {
		Variant

		Consistency WireDuration `json:"consistency"`
		ClockSkew   WireDuration `json:"clock_skew"`
	}
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&wire); err != nil {
		return Variant{}, err
	}
	wire.Variant.Consistency, wire.Variant.ClockSkew = time.Duration(wire.Consistency), time.Duration(wire.ClockSkew)
	return wire.Variant, wire.check()
}

// Variant selects between possible behaviours of the real API where no published source decides. A client must be
// correct under all of them. The zero value is the interpretation with the best evidence.
type Variant struct {
	// OmittedKeys is what an application update without keys does to the public key: "kept" (default), "cleared" or
	// "regenerated".
	OmittedKeys string `json:"omitted_keys,omitempty"`
	// OmittedPrivacyReset resets privacy to its default if an update omits it.
	OmittedPrivacyReset bool `json:"omitted_privacy_reset,omitempty"`
	// UpdateOmitsPrivacy omits privacy from the answer to an update, as a captured answer does.
	UpdateOmitsPrivacy bool `json:"update_omits_privacy,omitempty"`
	// ImproveAI is the privacy.improve_ai of an application created without it; in the real API it depends on the
	// account.
	ImproveAI bool `json:"improve_ai,omitempty"`
	// LegPersistenceDays is the default of voice.leg_persistence_time; 0 means 2. Some captured answers show 7.
	LegPersistenceDays int `json:"leg_persistence_days,omitempty"`
	// EmptyFallback returns an unset fallback_answer_url as {"address":"","http_method":"GET"}.
	EmptyFallback bool `json:"empty_fallback,omitempty"`
	// InboundMediaUnfilled returns messages without authenticate_inbound_media unless it was sent.
	InboundMediaUnfilled bool `json:"inbound_media_unfilled,omitempty"`
	// DefaultStorageOmitted omits a video storage object whose members are all false.
	DefaultStorageOmitted bool `json:"default_storage_omitted,omitempty"`
	// VideoSecretHidden never returns the signature secrets of video webhooks.
	VideoSecretHidden bool `json:"video_secret_hidden,omitempty"`
	// RetiredAccepted accepts properties that only older specifications have: rtc.leg_persistence_time,
	// voice.payment_enabled and voice.payments. RetiredCapabilitiesRefused refuses the capabilities of discontinued
	// products, meetings and bulk. What an application already has is always accepted back.
	RetiredAccepted            bool `json:"retired_accepted,omitempty"`
	RetiredCapabilitiesRefused bool `json:"retired_capabilities_refused,omitempty"`
	// NewestFirst lists applications in reverse order of creation.
	NewestFirst bool `json:"newest_first,omitempty"`
	// PageSize is the default page_size of the application list; 0 means 10.
	PageSize int `json:"page_size,omitempty"`
	// BareEmptyList omits everything but the page from the list of an account without applications.
	BareEmptyList bool `json:"bare_empty_list,omitempty"`
	// DeleteKeepsLinks keeps the links of numbers to a deleted application.
	DeleteKeepsLinks bool `json:"delete_keeps_links,omitempty"`
	// MalformedIDStatus is the HTTP status for application ids that are not UUIDs: 404 (default) or 400.
	MalformedIDStatus int `json:"malformed_id_status,omitempty"`

	// MethodFailedStatus is the HTTP status of the Numbers API's error-code 420: 420 (default) or 200.
	MethodFailedStatus int `json:"method_failed_status,omitempty"`
	// OmittedSMSWebhookCleared clears moHttpUrl if a number update omits it.
	OmittedSMSWebhookCleared bool `json:"omitted_sms_webhook_cleared,omitempty"`
	// OmittedWriteOnlyCleared clears moSmppSysType and voiceStatusCallback if a number update omits them.
	OmittedWriteOnlyCleared bool `json:"omitted_write_only_cleared,omitempty"`
	// AppCallbackIgnored ignores voiceCallbackType=app and messagesCallbackType=app instead of linking the number.
	AppCallbackIgnored bool `json:"app_callback_ignored,omitempty"`
	// CallbackTypeAloneClears makes voiceCallbackType sip, tel or vxml without a value end any forwarding, as
	// nexmo-cli's unlink:sip, unlink:tel and unlink:vxml expect, instead of refusing it.
	CallbackTypeAloneClears bool `json:"callback_type_alone_clears,omitempty"`
	// StatusCallbackShown returns voiceStatusCallback of owned numbers as voiceStatusCallbackUrl.
	StatusCallbackShown bool `json:"status_callback_shown,omitempty"`
	// InvalidAuthToken answers invalid credentials with the Numbers API's other label.
	InvalidAuthToken bool `json:"invalid_auth_token,omitempty"`
	// Consistency is how long the list of owned numbers shows the state before a write.
	Consistency time.Duration `json:"consistency,omitempty"`

	// SearchDrifts returns every search in a different order.
	SearchDrifts bool `json:"search_drifts,omitempty"`
	// CancelledNotOffered removes a cancelled number instead of offering it for rent again.
	CancelledNotOffered bool `json:"cancelled_not_offered,omitempty"`
	// ThrottledHTML gives the Numbers API's 429 an HTML page instead of no body.
	ThrottledHTML bool `json:"throttled_html,omitempty"`
	// ThirdSecretStatus is the HTTP status for creating a third API secret: 403 (default) or 400.
	ThirdSecretStatus int `json:"third_secret_status,omitempty"`

	// WritesShown returns the numbers and the callback of conversations in v1.
	WritesShown bool `json:"writes_shown,omitempty"`
	// OldVersionsGone answers 404 on the paths of Conversation v0.1, v0.3 and beta.
	OldVersionsGone bool `json:"old_versions_gone,omitempty"`
	// ClockSkew is how far in the future a token's iat may be; 0 by default.
	ClockSkew time.Duration `json:"clock_skew,omitempty"`
}

// check refuses invalid values: they would have no effect, and a test that sets them would prove nothing.
func (v Variant) check() error {
	for name, given := range map[string]struct {
		value   any
		allowed []any
	}{
		"omitted_keys":         {v.OmittedKeys, []any{"", "kept", "cleared", "regenerated"}},
		"malformed_id_status":  {v.MalformedIDStatus, []any{0, 404, 400}},
		"method_failed_status": {v.MethodFailedStatus, []any{0, 420, 200}},
		"third_secret_status":  {v.ThirdSecretStatus, []any{0, 403, 400}},
	} {
		if !slices.Contains(given.allowed, given.value) {
			return fmt.Errorf("%s is %v: use one of %v", name, given.value, given.allowed[1:])
		}
	}
	switch {
	case v.PageSize < 0 || v.PageSize > LargestPageSize:
		return fmt.Errorf("page_size is %d: use 1 to %d", v.PageSize, LargestPageSize)
	case v.LegPersistenceDays < 0 || v.LegPersistenceDays > 31:
		return fmt.Errorf("leg_persistence_days is %d: use 1 to 31", v.LegPersistenceDays)
	case v.Consistency < 0 || v.ClockSkew < 0:
		return errors.New("consistency and clock_skew are durations from 0 on")
	}
	return nil
}
