// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package transport

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"time"
)

// TimeoutError says that one attempt had no complete answer in time.
type TimeoutError struct{ After time.Duration }

// Error names the time that was waited.
func (e *TimeoutError) Error() string { return fmt.Sprintf("no complete answer within %s", e.After) }

// Timeout marks the error as a timeout in the sense of net.Error.
func (e *TimeoutError) Timeout() bool { return true }

// RedirectError is an answer that points elsewhere. No Vonage API redirects, so whoever answered is not Vonage and gets
// neither the credentials nor the request a second time.
type RedirectError struct {
	Status int
	// Location is the scheme, host and path that the answer pointed to.
	Location string
}

// Error names where the answer pointed.
func (e *RedirectError) Error() string {
	return fmt.Sprintf("refused to follow a redirect (HTTP %d) to %q: the Vonage APIs never redirect", e.Status, e.Location)
}

// BodyTooLargeError is an answer longer than any API would send.
type BodyTooLargeError struct{ Limit int64 }

// Error names the limit in bytes.
func (e *BodyTooLargeError) Error() string {
	return fmt.Sprintf("the answer is longer than %d bytes", e.Limit)
}

// outcome marks an error with what is known about the request it belongs to.
type outcome struct {
	error
	sent      bool // false: no byte of the request reached a server
	permanent bool // another attempt would end the same way
}

func (o *outcome) Unwrap() error { return o.error }

func notSent(err error) error   { return &outcome{error: err} }
func permanent(err error) error { return &outcome{error: err, permanent: true} }

// sent reports whether the request that failed with err may have reached a server. What nobody can tell counts as sent.
func sent(err error) bool {
	if o, ok := errors.AsType[*outcome](err); ok {
		return o.sent
	}
	var dns *net.DNSError
	var op *net.OpError
	var redirect *RedirectError // whoever redirects has not carried it out
	switch {
	case errors.As(err, &dns), errors.As(err, &redirect), IsCertificate(err):
		return false
	case errors.As(err, &op) && op.Op == "dial":
		return false
	default:
		return true
	}
}

func isPermanent(err error) bool {
	var o *outcome
	var redirect *RedirectError
	var large *BodyTooLargeError
	return errors.As(err, &o) && o.permanent || errors.As(err, &redirect) || errors.As(err, &large) || IsCertificate(err)
}

// IsUnanswered reports whether err is of a request that got no complete answer, for whatever reason.
func IsUnanswered(err error) bool {
	var o *outcome
	return errors.As(err, &o)
}

// IsCertificate reports whether err says that the server's certificate is not to be trusted.
func IsCertificate(err error) bool {
	var verification *tls.CertificateVerificationError
	var authority x509.UnknownAuthorityError
	var hostname x509.HostnameError
	var invalid x509.CertificateInvalidError
	return errors.As(err, &verification) || errors.As(err, &authority) || errors.As(err, &hostname) || errors.As(err, &invalid)
}
