// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package framework

import "errors"

// CredentialsError says which credentials are missing, incomplete or wrong in form, and what to do about it. It is raised
// on the first call that needs them and holds no secret.
type CredentialsError struct {
	// Message is complete: what is missing, where it can be set and where it is to be found.
	Message string
	// Unknown is set when the credentials are configured but known only after apply.
	Unknown bool
}

// Error returns the message.
func (e *CredentialsError) Error() string { return e.Message }

// CredentialsUnknown says whether err is for credentials that are known only after apply. What is checked at plan merely
// to help can wait then.
func CredentialsUnknown(err error) bool {
	var credentials *CredentialsError
	return errors.As(err, &credentials) && credentials.Unknown
}
