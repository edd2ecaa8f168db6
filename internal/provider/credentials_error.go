// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"fmt"

	"github.com/vonage/terraform-provider-vonage/internal/framework"
)

// The pages of the dashboard that show the credentials.
const (
	settingsPage     = "https://dashboard.vonage.com/settings"
	applicationsPage = "https://dashboard.vonage.com/applications"
)

// checkPair rejects a source that has only one half of a pair, or a half that is known only after apply. page is the
// dashboard page that shows both halves.
func checkPair(from source, page string, first, second setting) error {
	for _, half := range [][2]setting{{first, second}, {second, first}} {
		if present, missing := half[0], half[1]; !missing.isSet() {
			return credentialsErrorf("Half a pair of credentials: %s sets %s but not %s. Both halves have to come from the same source: also set %s there "+
				"(see %s), or remove %s to use the next source.",
				from.name, present.name, missing.name, missing.name, page, present.name)
		}
	}
	for _, half := range []setting{first, second} {
		if half.unknown {
			return &framework.UnknownError{Attribute: half.name}
		}
	}
	return nil
}

func noAccountError() error {
	return credentialsErrorf("No API key and secret are configured. Set api_key and api_secret in the provider block, or the environment variables " +
		"VONAGE_API_KEY and VONAGE_API_SECRET. See " + settingsPage + ", API settings, for both.")
}

func noApplicationError() error {
	return credentialsErrorf("No application credentials are configured. Set application_id and private_key (or jwt) in the provider block, or the " +
		"environment variables VONAGE_APPLICATION_ID and VONAGE_PRIVATE_KEY_PATH or VONAGE_PRIVATE_KEY (or VONAGE_JWT). The id is found at " +
		applicationsPage + "; a new private key is made there under Edit, Generate public and private key.")
}

func onlyTokenError(where string) error {
	return credentialsErrorf("The provider has a ready-made token, %s, which cannot sign other tokens. Instead, set application_id and private_key "+
		"in the provider block, or the environment variables VONAGE_APPLICATION_ID and VONAGE_PRIVATE_KEY_PATH. The id is found at %s.",
		where, applicationsPage)
}

// invalidSettingError says which value of a source cannot be used, and why.
func invalidSettingError(from source, value setting, err error) error {
	return credentialsErrorf("In %s, %s cannot be used: %s.", from.name, value.name, err)
}

func settingErrorf(format string, args ...any) error {
	return &framework.SettingError{Message: fmt.Sprintf(format, args...)}
}

func credentialsErrorf(format string, args ...any) error {
	return &framework.CredentialsError{Message: fmt.Sprintf(format, args...)}
}
