// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package specimen

import (
	_ "embed" // the configuration

	"pgregory.net/rapid"

	"github.com/vonage/terraform-provider-vonage/internal/emulator"
)

//go:embed account_settings.tf
var accountSettingsConfig string

func (specimens) AccountSettings() Specimen {
	plain := Case{
		Name:     "account settings",
		First:    Values{"mo_callback_url": "https://example.com/mo-1"},
		Second:   Values{"mo_callback_url": "https://example.com/mo-2", "dr_callback_url": "https://example.com/dr"},
		ImportID: idOf, Compare: compareSettings,
		Unfindable: true, InOneAccount: true,
	}
	return Specimen{
		TypeName: "vonage_account_settings", ReadBy: "vonage_account", Noun: "account",
		Config: accountSettingsConfig,
		Cases:  []Case{plain},
		Settling: Settling{
			Draw: func(t *rapid.T) Values {
				return drawSome(t, []string{"mo_callback_url", "dr_callback_url", "http_forward_method"}, map[string][]any{
					"mo_callback_url": {"", "https://example.com/a", "https://example.com/b"}, "dr_callback_url": {"", "https://example.com/c"},
					"http_forward_method": {"GET_QUERY_PARAMS", "POST_JSON"},
				})
			},
			Others:     func(*emulator.Emulator, Values) error { return nil },
			Compare:    func(state Values, _, now Contents, _ bool) []string { return compareSettings(state, now) },
			ImportID:   idOf,
			Unreadable: []string{"http_forward_method"},
		},
		Pinned: map[string]Values{
			"account settings": {},
			"account settings with everything": {
				"mo_callback_url": "https://example.com/mo", "dr_callback_url": "https://example.com/dr", "http_forward_method": "POST_JSON",
				"timeouts": timeouts(),
			},
		},
		Grow: func(account *emulator.Emulator) (int, error) {
			return 1, account.Change(emulator.Record{MoCallbackURL: new("https://example.com/mo")})
		},
		Questions: []Question{
			list("vonage_account_settings", "account settings"),
			data("account", "vonage_account", "account", Values{}),
			data("prices", "vonage_pricing", "prices", Values{"country": "gb", "type": "sms"}),
		},
	}
}

// compareSettings compares the account's URLs, and removes them. Those that a test sets are unset in the end.
func compareSettings(state Values, account Contents) []string {
	settings := account["settings"]
	compared := map[string][2]any{}
	for attribute, name := range map[string]string{"mo_callback_url": "moCallbackUrl", "dr_callback_url": "drCallbackUrl"} {
		want := state[attribute]
		if want == nil {
			want = ""
		}
		has := settings[name]
		if has == nil {
			has = ""
		}
		compared[attribute] = [2]any{want, has}
		delete(settings, name)
	}
	delete(settings, "httpForwardMethod")
	return differences("settings", compared)
}

// settingsOf returns the settings of an account that are set.
func settingsOf(account *emulator.Emulator) Values {
	settings, record := Values{}, account.Record()
	for name, value := range map[string]*string{
		"moCallbackUrl": record.MoCallbackURL, "drCallbackUrl": record.DrCallbackURL, "httpForwardMethod": record.HTTPForwardMethod,
	} {
		if value != nil && *value != "" {
			settings[name] = *value
		}
	}
	return settings
}
