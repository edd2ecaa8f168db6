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

// TimeoutError reports that one attempt received no complete response in time.
type TimeoutError struct{ After time.Duration }

// Error names the timeout.
func (e *TimeoutError) Error() string { return fmt.Sprintf("no complete answer within %s", e.After) }

// Timeout marks the error as a timeout in the sense of net.Error.
func (e *TimeoutError) Timeout() bool { return true }

// RedirectError reports a redirect. No Vonage API redirects, so the server that answered is not Vonage: neither the
// credentials nor the request are sent again.
type RedirectError struct {
	Status int
	// Location is the redirect's target: scheme, host and path, without the query.
	Location string
}

// Error names the redirect's target.
func (e *RedirectError) Error() string {
	return fmt.Sprintf("refused to follow a redirect (HTTP %d) to %q: the Vonage APIs never redirect", e.Status, e.Location)
}

// BodyTooLargeError reports a response longer than Exchange.MaxBody.
type BodyTooLargeError struct{ Limit int64 }

// Error names the limit in bytes.
func (e *BodyTooLargeError) Error() string {
	return fmt.Sprintf("the answer is longer than %d bytes", e.Limit)
}

// AuthenticationError reports that a request was not sent, because there are no credentials for it.
type AuthenticationError struct{ Err error }

// Error returns the reason.
func (e *AuthenticationError) Error() string { return e.Err.Error() }

// Unwrap returns the reason.
func (e *AuthenticationError) Unwrap() error { return e.Err }

// LimitError reports that a request was not sent, because its context ended while it waited for its rate limit.
type LimitError struct {
	Family    Family
	PerSecond float64 // 0 if the family is unlimited and waited only because the server asked it to
	Waited    time.Duration
	Queued    int  // number of waiting requests, this one included
	Again     bool // an earlier attempt was sent
	Err       error
}

// Error names the limit.
func (e *LimitError) Error() string {
	never, limit := "the request was never sent", "the pause that Vonage asked for (HTTP 429)"
	if e.Again {
		never = "the request was not sent again"
	}
	if e.PerSecond > 0 {
		limit = fmt.Sprintf("the provider's own limit of %g per second (requests_per_second.%s)", e.PerSecond, e.Family)
	}
	return fmt.Sprintf("%s: it waited %s for %s, with %d waiting: %s", never, e.Waited.Round(time.Millisecond), limit, e.Queued, e.Err)
}

// Unwrap returns the error of the context.
func (e *LimitError) Unwrap() error { return e.Err }

// outcome adds to an error what is known about the failed request.
type outcome struct {
	error
	sent      bool // false: no byte of the request reached a server
	permanent bool // another attempt would end the same way
}

func (o *outcome) Unwrap() error { return o.error }

func notSent(err error) error   { return &outcome{error: err} }
func permanent(err error) error { return &outcome{error: err, permanent: true} }

// sent reports whether the request that failed with err may have reached a server; in doubt it returns true.
func sent(err error) bool {
	if o, ok := errors.AsType[*outcome](err); ok {
		return o.sent
	}
	var dns *net.DNSError
	var op *net.OpError
	var redirect *RedirectError // a server that redirects has not carried out the request
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

// IsUnanswered reports whether err belongs to a request that got no complete response, for whatever reason.
func IsUnanswered(err error) bool {
	var o *outcome
	return errors.As(err, &o)
}

// IsCertificate reports whether err means that the server's certificate is not trusted.
func IsCertificate(err error) bool {
	var verification *tls.CertificateVerificationError
	var authority x509.UnknownAuthorityError
	var hostname x509.HostnameError
	var invalid x509.CertificateInvalidError
	return errors.As(err, &verification) || errors.As(err, &authority) || errors.As(err, &hostname) || errors.As(err, &invalid)
}
