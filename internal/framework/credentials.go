// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package framework

import "errors"

// CredentialsError reports which credentials are missing, incomplete or malformed, and what to do about it. It is
// returned by the first call that needs the credentials and contains no secret.
type CredentialsError struct {
	// Message is the complete text: what is missing, where to set it and where to find it.
	Message string
	// Unknown is set when the credentials are configured but known only after apply.
	Unknown bool
}

// Error returns the message.
func (e *CredentialsError) Error() string { return e.Message }

// CredentialsUnknown reports whether err is about credentials that are known only after apply. Optional plan-time checks
// are skipped in that case.
func CredentialsUnknown(err error) bool {
	var credentials *CredentialsError
	return errors.As(err, &credentials) && credentials.Unknown
}
