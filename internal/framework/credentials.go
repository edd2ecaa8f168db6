// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package framework

import "errors"

// CredentialsError reports which credentials are missing, incomplete or malformed, and what to do about it. It is
// returned by the first call that needs the credentials and contains no secret.
type CredentialsError struct {
	// Message is the complete text: what is missing, where to set it and where to find it.
	Message string
}

// Error returns the message.
func (e *CredentialsError) Error() string { return e.Message }

// SettingError reports that a setting of the provider which is no credential, such as a URL, cannot be used. It is
// returned by the first call that needs the setting.
type SettingError struct {
	// Message is the complete text: which setting, from which source, and why.
	Message string
}

// Error returns the message.
func (e *SettingError) Error() string { return e.Message }

// UnknownError reports that a call needs an attribute of the provider block that is known only after apply.
type UnknownError struct{ Attribute string }

// Error names the attribute.
func (e *UnknownError) Error() string {
	return "In the provider block, " + e.Attribute + " is known only after apply."
}

// CredentialsUnknown reports whether err means that the provider block is not completely known yet. Optional plan-time
// checks are skipped in that case.
func CredentialsUnknown(err error) bool {
	var unknown *UnknownError
	return errors.As(err, &unknown)
}

// InDataSource adds to an UnknownError what only data sources can do about it.
func InDataSource(err error) error {
	if unknown, ok := errors.AsType[*UnknownError](err); ok {
		return Advise(err, "Add depends_on to the data source, so that it is read during the apply, or "+inTwoSteps(unknown))
	}
	return err
}

func inTwoSteps(unknown *UnknownError) string {
	return "apply in two steps, first what " + unknown.Attribute + " comes from (-target)."
}

// ofProvider returns the error in err that is about the provider's own configuration and explains itself, or nil.
func ofProvider(err error) error {
	var credentials *CredentialsError
	var setting *SettingError
	var unknown *UnknownError
	switch {
	case errors.As(err, &credentials):
		return credentials
	case errors.As(err, &setting):
		return setting
	case errors.As(err, &unknown):
		return unknown
	}
	return nil
}
