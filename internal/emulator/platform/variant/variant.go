// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

// Package variant selects between behaviours of the API that no published source decides.
package variant

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/vonage/terraform-provider-vonage/internal/emulator/platform/document"
)

// Duration is a duration in JSON: "1m30s".
type Duration time.Duration

// MarshalJSON implements json.Marshaler.
func (d Duration) MarshalJSON() ([]byte, error) { return json.Marshal(time.Duration(d).String()) }

// UnmarshalJSON implements json.Unmarshaler.
func (d *Duration) UnmarshalJSON(text []byte) error {
	var written string
	if err := json.Unmarshal(text, &written); err != nil {
		return fmt.Errorf("%s is no duration like \"1m30s\"", text)
	}
	parsed, err := time.ParseDuration(written)
	*d = Duration(parsed)
	return err
}

// Parse decodes a Variant from JSON, with durations like "1m30s". An unknown property is an error.
func Parse(text []byte) (Variant, error) {
	var wire struct {
		Variant

		Consistency Duration `json:"consistency"`
		ClockSkew   Duration `json:"clock_skew"`

		SecretDelay        Duration `json:"secret_delay"`
		RevokedSecretWorks Duration `json:"revoked_secret_works"`
		AccountSettles     Duration `json:"account_settles"`
		Settling           Duration `json:"settling"`
	}
	if err := document.Decode(text, &wire); err != nil {
		return Variant{}, err
	}
	parsed := wire.Variant
	parsed.Consistency, parsed.ClockSkew = time.Duration(wire.Consistency), time.Duration(wire.ClockSkew)
	parsed.SecretDelay, parsed.RevokedSecretWorks = time.Duration(wire.SecretDelay), time.Duration(wire.RevokedSecretWorks)
	parsed.AccountSettles, parsed.Settling = time.Duration(wire.AccountSettles), time.Duration(wire.Settling)
	return parsed, parsed.check()
}

const largestPageSize = 100

// Variant selects between possible behaviours of the real API where no published source decides. A client must be
// correct under all of them. The zero value is the interpretation with the best evidence.
type Variant struct {
	// OmittedKeys is what an application update without keys does to the public key: "kept" (default), "cleared" or
	// "regenerated".
	OmittedKeys string `json:"omitted_keys,omitempty"`
	// OmittedPrivacyReset resets privacy to its default if an update omits it.
	OmittedPrivacyReset bool `json:"omitted_privacy_reset,omitempty"`
	// UpdateOmitsPrivacy omits privacy from the response to an update, as a captured response does.
	UpdateOmitsPrivacy bool `json:"update_omits_privacy,omitempty"`
	// ImproveAI is the privacy.improve_ai of an application created without it; in the real API it depends on the
	// account.
	ImproveAI bool `json:"improve_ai,omitempty"`
	// LegPersistenceDays is the default of voice.leg_persistence_time; 0 means 2. Some captured responses show 7.
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
	// DeleteKeepsLinks keeps the links of numbers and senders to a deleted application.
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

	// ThirdSecretStatus is the HTTP status for creating a third API secret: 403 (default) or 400. OldSecretLimit gives that
	// refusal the type and the title of older captured responses.
	ThirdSecretStatus int  `json:"third_secret_status,omitempty"`
	OldSecretLimit    bool `json:"old_secret_limit,omitempty"`
	// SecretCreatedStatus is the HTTP status for creating an API secret: 201 (default) or 200.
	SecretCreatedStatus int `json:"secret_created_status,omitempty"`
	// EqualSecretsAccepted accepts a new API secret that the account has already.
	EqualSecretsAccepted bool `json:"equal_secrets_accepted,omitempty"`
	// SecretDelay is how long it takes until a new API secret is accepted, RevokedSecretWorks how long a revoked one still
	// is.
	SecretDelay        time.Duration `json:"secret_delay,omitempty"`
	RevokedSecretWorks time.Duration `json:"revoked_secret_works,omitempty"`
	// AccountSettles is how long after a write of an account's record a further one is still refused as outdated.
	// OutdatedStatus is the HTTP status of that: 403 (default) or 409.
	AccountSettles time.Duration `json:"account_settles,omitempty"`
	OutdatedStatus int           `json:"outdated_status,omitempty"`
	// UnreachableURL is the refusal of an account's callback URL that does not answer 200: "420" (default), the error-code of
	// the Numbers API, or "invalid_parameters", an HTTP 400 in the form of the Account API.
	UnreachableURL string `json:"unreachable_url,omitempty"`

	// SubaccountsUnprovisioned refuses the Subaccounts API, as of an account for which Vonage has not enabled it.
	SubaccountsUnprovisioned bool `json:"subaccounts_unprovisioned,omitempty"`
	// SubaccountsAsSpecified gives the responses the shape of the Subaccounts API 1.0.8 where captured responses differ: the
	// primary account in full, no totals, times without milliseconds, transfers with credit_transfer_id and
	// balance_transfer_id and in a list "credit-transfers".
	SubaccountsAsSpecified bool `json:"subaccounts_as_specified,omitempty"`
	// SubaccountSecretHidden answers the creation of a subaccount without its secret.
	SubaccountSecretHidden bool `json:"subaccount_secret_hidden,omitempty"`
	// SubaccountNamesUnique refuses a second subaccount of the same name.
	SubaccountNamesUnique bool `json:"subaccount_names_unique,omitempty"`
	// MaxSubaccounts is how many subaccounts an account can have; 0 means any number.
	MaxSubaccounts int `json:"max_subaccounts,omitempty"`
	// TransferStatus is the HTTP status of a transfer that the accounts' money does not allow: 422 (default) or 403.
	TransferStatus int `json:"transfer_status,omitempty"`
	// TransferKeepsLinks keeps the link, the forwarding and the webhooks of a number that is transferred to another account.
	TransferKeepsLinks bool `json:"transfer_keeps_links,omitempty"`

	// PricesAsSpecified gives lists of prices the shape of the Pricing API 0.0.3: the count as text, countries without code.
	PricesAsSpecified bool `json:"prices_as_specified,omitempty"`

	// Settling is how long reads of SIP domains, of their users, of Verify templates, of senders and of users show the state
	// before a write.
	Settling time.Duration `json:"settling,omitempty"`

	// SIPDuplicateStatus is the HTTP status for creating a SIP domain whose name is in use: 400 (default) or 422.
	SIPDuplicateStatus int `json:"sip_duplicate_status,omitempty"`
	// SIPPutMissingStatus is 404 if replacing a SIP domain or a user that is not there is refused, instead of making it.
	SIPPutMissingStatus int `json:"sip_put_missing_status,omitempty"`
	// SIPPutStatus is the HTTP status for replacing a SIP domain, 201 (default) or 200; SIPDeleteStatus that for deleting a
	// domain or a user, 200 (default) or 204.
	SIPPutStatus    int `json:"sip_put_status,omitempty"`
	SIPDeleteStatus int `json:"sip_delete_status,omitempty"`
	// SIPDeleteOrphans deletes a SIP domain that has users, which a new domain of its name has again, instead of refusing.
	SIPDeleteOrphans bool `json:"sip_delete_orphans,omitempty"`
	// SIPUserPostReplaces replaces a SIP user that exists when it is created again, instead of refusing.
	SIPUserPostReplaces bool `json:"sip_user_post_replaces,omitempty"`
	// SIPSecretsShown returns the secrets of SIP users.
	SIPSecretsShown bool `json:"sip_secrets_shown,omitempty"`

	// TemplatesNotEnabled refuses to create and change Verify templates, as for an account without the feature.
	TemplatesNotEnabled bool `json:"templates_not_enabled,omitempty"`
	// TemplateDefault is which new Verify template becomes the default: the "first" of an account (default), "every" one or
	// "none".
	TemplateDefault string `json:"template_default,omitempty"`
	// OnlyDefaultStays ignores that the default Verify template is to be one no longer: only another one can take its place.
	OnlyDefaultStays bool `json:"only_default_stays,omitempty"`
	// MaxTemplatesStatus is the HTTP status for an eleventh Verify template: 403 (default), 409 or 422.
	MaxTemplatesStatus int `json:"max_templates_status,omitempty"`
	// UpperLocale is what becomes of capital letters in the locale of a fragment: "lowered" (default), "kept" or "refused".
	UpperLocale string `json:"upper_locale,omitempty"`
	// MoreChannels accepts fragments for rcs and email.
	MoreChannels bool `json:"more_channels,omitempty"`
	// UnknownVariablesRefused refuses ${…} in the text of a fragment that Verify does not know.
	UnknownVariablesRefused bool `json:"unknown_variables_refused,omitempty"`

	// RelinkAccepted accepts linking a sender to the application that it is linked to, instead of a conflict.
	RelinkAccepted bool `json:"relink_accepted,omitempty"`

	// UserPropertiesRefused refuses the properties of a user in an update, where the specification has none.
	// UserUpdateDropsProperties empties those that an update does not have.
	UserPropertiesRefused     bool `json:"user_properties_refused,omitempty"`
	UserUpdateDropsProperties bool `json:"user_update_drops_properties,omitempty"`
	// UserPasswordsHidden returns the SIP channels of users without their passwords.
	UserPasswordsHidden bool `json:"user_passwords_hidden,omitempty"`

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

		"secret_created_status":  {v.SecretCreatedStatus, []any{0, 201, 200}},
		"outdated_status":        {v.OutdatedStatus, []any{0, 403, 409}},
		"unreachable_url":        {v.UnreachableURL, []any{"", "420", "invalid_parameters"}},
		"sip_duplicate_status":   {v.SIPDuplicateStatus, []any{0, 400, 422}},
		"sip_put_missing_status": {v.SIPPutMissingStatus, []any{0, 201, 404}},
		"sip_put_status":         {v.SIPPutStatus, []any{0, 201, 200}},
		"sip_delete_status":      {v.SIPDeleteStatus, []any{0, 200, 204}},

		"transfer_status": {v.TransferStatus, []any{0, 422, 403}},
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
	case min(v.Consistency, v.ClockSkew, v.SecretDelay, v.RevokedSecretWorks, v.AccountSettles, v.Settling) < 0:
		return errors.New("a duration is below 0")
	case v.MaxSubaccounts < 0:
		return errors.New("max_subaccounts is below 0")
	}
	return nil
}
