// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"fmt"

	"github.com/vonage/terraform-provider-vonage/internal/framework"
)

// Where in the dashboard the credentials are found.
const (
	settingsPage     = "https://dashboard.vonage.com/settings"
	applicationsPage = "https://dashboard.vonage.com/applications"
)

// checkPair refuses a source that has only one half of a pair, or a half that is known only after apply. page is where in
// the dashboard the halves are found.
func checkPair(from source, page string, first, second setting) error {
	for _, half := range [][2]setting{{first, second}, {second, first}} {
		if present, missing := half[0], half[1]; !missing.isSet() {
			return credentialsErrorf("Half a pair of credentials: %s sets %s but not %s. A pair comes whole from one source: set %s there, "+
				"too (it is found at %s), or remove %s to use the next source.",
				from.name, present.name, missing.name, missing.name, page, present.name)
		}
	}
	for _, half := range []setting{first, second} {
		if half.unknown {
			return knownAfterApplyError(half.name)
		}
	}
	return nil
}

func noAccountError() error {
	return credentialsErrorf("No API key and secret are configured. Set api_key and api_secret in the provider block, or the environment variables " +
		"VONAGE_API_KEY and VONAGE_API_SECRET. Both are found at " + settingsPage + " under API settings.")
}

func noApplicationError() error {
	return credentialsErrorf("No application is configured to act for. Set application_id and private_key (or jwt) in the provider block, or the " +
		"environment variables VONAGE_APPLICATION_ID and VONAGE_PRIVATE_KEY_PATH or VONAGE_PRIVATE_KEY (or VONAGE_JWT). The id is found at " +
		applicationsPage + "; a new private key is made there under Edit, Generate public and private key.")
}

func onlyTokenError() error {
	return credentialsErrorf("A ready-made jwt is configured, which cannot sign other tokens. Set application_id and private_key in the provider " +
		"block, or the environment variables VONAGE_APPLICATION_ID and VONAGE_PRIVATE_KEY_PATH, in its place. The id is found at " +
		applicationsPage + ".")
}

func knownAfterApplyError(attribute string) error {
	return &framework.CredentialsError{
		Message: fmt.Sprintf("In the provider block, %s is known only after apply: add depends_on to what is being read, so that it waits, "+
			"or apply in two steps, first what %s is made from (-target).", attribute, attribute),
		Unknown: true,
	}
}

// invalidSettingError says which value of a source cannot be used, and why.
func invalidSettingError(from source, value setting, err error) error {
	return credentialsErrorf("In %s, %s cannot be used: %s.", from.name, value.name, err)
}

func credentialsErrorf(format string, args ...any) error {
	return &framework.CredentialsError{Message: fmt.Sprintf(format, args...)}
}
