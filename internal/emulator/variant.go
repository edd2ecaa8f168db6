// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"errors"
	"fmt"
	"slices"
	"time"
)

// Variant chooses between the answers the real API may give where no published source settles it. A client has to be
// right under every one of them. The zero value is the reading with the best evidence.
type Variant struct {
	// OmittedKeys is what an application update without keys does to the public key: "kept" (default), "cleared" or
	// "regenerated".
	OmittedKeys string `json:"omitted_keys,omitempty"`
	// OmittedPrivacyReset puts privacy back to its default when an update leaves it out.
	OmittedPrivacyReset bool `json:"omitted_privacy_reset,omitempty"`
	// UpdateOmitsPrivacy leaves privacy out of the answer to an update, as a captured answer does.
	UpdateOmitsPrivacy bool `json:"update_omits_privacy,omitempty"`
	// ImproveAI is privacy.improve_ai of an application created without it; it depends on the account.
	ImproveAI bool `json:"improve_ai,omitempty"`
	// LegPersistenceDays is the default of voice.leg_persistence_time; 0 means 2. Captured answers show 7 as well.
	LegPersistenceDays int `json:"leg_persistence_days,omitempty"`
	// EmptyFallback answers an unset fallback_answer_url as {"address":"","http_method":"GET"}.
	EmptyFallback bool `json:"empty_fallback,omitempty"`
	// InboundMediaUnfilled answers messages without authenticate_inbound_media unless it was sent.
	InboundMediaUnfilled bool `json:"inbound_media_unfilled,omitempty"`
	// DefaultStorageOmitted leaves a video storage object out when all of it is false.
	DefaultStorageOmitted bool `json:"default_storage_omitted,omitempty"`
	// VideoSecretHidden never answers the signature secrets of video webhooks.
	VideoSecretHidden bool `json:"video_secret_hidden,omitempty"`
	// RetiredAccepted takes what only older specifications name: rtc.leg_persistence_time, voice.payment_enabled and
	// voice.payments. RetiredCapabilitiesRefused refuses the capabilities of ended products, meetings and bulk.
	// What an application already carries is always accepted back.
	RetiredAccepted            bool `json:"retired_accepted,omitempty"`
	RetiredCapabilitiesRefused bool `json:"retired_capabilities_refused,omitempty"`
	// NewestFirst lists applications in the opposite of the order in which they were made.
	NewestFirst bool `json:"newest_first,omitempty"`
	// PageSize is the default page_size of the application list; 0 means 10.
	PageSize int `json:"page_size,omitempty"`
	// BareEmptyList answers the list of an account without applications with nothing but the page.
	BareEmptyList bool `json:"bare_empty_list,omitempty"`
	// DeleteKeepsLinks leaves numbers pointing at an application that was deleted.
	DeleteKeepsLinks bool `json:"delete_keeps_links,omitempty"`
	// MalformedIDStatus answers application ids that are no UUID: 404 (default) or 400.
	MalformedIDStatus int `json:"malformed_id_status,omitempty"`

	// MethodFailedStatus is the HTTP status of the Numbers API's error-code 420: 420 (default) or 200.
	MethodFailedStatus int `json:"method_failed_status,omitempty"`
	// OmittedSMSWebhookCleared clears moHttpUrl when a number update leaves it out.
	OmittedSMSWebhookCleared bool `json:"omitted_sms_webhook_cleared,omitempty"`
	// OmittedWriteOnlyCleared clears moSmppSysType and voiceStatusCallback when a number update leaves them out.
	OmittedWriteOnlyCleared bool `json:"omitted_write_only_cleared,omitempty"`
	// AppCallbackIgnored no longer takes voiceCallbackType=app as a link.
	AppCallbackIgnored bool `json:"app_callback_ignored,omitempty"`
	// CallbackTypeAloneClears takes voiceCallbackType sip, tel or vxml without a value as the end of any forwarding, as
	// nexmo-cli's unlink:sip, unlink:tel and unlink:vxml expect, instead of refusing it.
	CallbackTypeAloneClears bool `json:"callback_type_alone_clears,omitempty"`
	// StatusCallbackShown answers voiceStatusCallback of owned numbers, as voiceStatusCallbackUrl.
	StatusCallbackShown bool `json:"status_callback_shown,omitempty"`
	// InvalidAuthToken answers bad credentials with the Numbers API's other label.
	InvalidAuthToken bool `json:"invalid_auth_token,omitempty"`
	// Consistency is how long the list of owned numbers keeps answering what was before a write.
	Consistency time.Duration `json:"consistency,omitempty"`

	// SearchDrifts gives every search another order.
	SearchDrifts bool `json:"search_drifts,omitempty"`
	// CancelledNotOffered keeps a cancelled number from being bought again.
	CancelledNotOffered bool `json:"cancelled_not_offered,omitempty"`
	// ThrottledHTML gives the Numbers API's 429 a page of HTML in place of no body.
	ThrottledHTML bool `json:"throttled_html,omitempty"`
	// ThirdSecretStatus answers the creation of a third API secret: 403 (default) or 400.
	ThirdSecretStatus int `json:"third_secret_status,omitempty"`

	// WritesShown answers the numbers and the callback of conversations in v1.
	WritesShown bool `json:"writes_shown,omitempty"`
	// OldVersionsGone answers 404 on the paths of Conversation v0.1, v0.3 and beta.
	OldVersionsGone bool `json:"old_versions_gone,omitempty"`
	// ClockSkew is how far in the future a token's iat may lie; none by default.
	ClockSkew time.Duration `json:"clock_skew,omitempty"`
}

// check refuses what no variant is: it would be without effect, and a test would prove nothing.
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
	case v.PageSize < 0 || v.PageSize > largestPageSize:
		return fmt.Errorf("page_size is %d: use 1 to %d", v.PageSize, largestPageSize)
	case v.LegPersistenceDays < 0 || v.LegPersistenceDays > 31:
		return fmt.Errorf("leg_persistence_days is %d: use 1 to 31", v.LegPersistenceDays)
	case v.Consistency < 0 || v.ClockSkew < 0:
		return errors.New("consistency and clock_skew are durations from 0 on")
	}
	return nil
}
