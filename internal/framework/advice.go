// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package framework

import (
	"context"
	"errors"
	"net/http"

	"github.com/vonage/terraform-provider-vonage/internal/vonage"
	"github.com/vonage/terraform-provider-vonage/internal/vonage/transport"
)

// whatNext is advice on errors that mean the same wherever they occur; most explain themselves.
func whatNext(err error) string {
	var credentials *CredentialsError
	var unknown *vonage.UnknownOutcomeError
	var refusal *vonage.Error
	switch {
	case errors.As(err, &credentials):
		return "" // says it itself
	case errors.As(err, &unknown) && unknown.Repeatable:
		return "Vonage may or may not have carried this out. The next plan shows which; it does no harm to apply it again."
	case errors.As(err, &unknown):
		return "Vonage may or may not have carried this out. Check in the dashboard (https://dashboard.vonage.com) before applying again."
	case errors.As(err, &refusal):
		return afterRefusal(refusal)
	case errors.Is(err, context.Canceled):
		return "Terraform cancelled the operation before it was complete. Apply again to go on."
	case errors.Is(err, context.DeadlineExceeded):
		return "The operation did not end within its time. It gets more by timeouts in a resource, or timeout in an action."
	}
	return afterNoAnswer(err)
}

// afterNoAnswer is advice where what came back is not an answer of Vonage's, or nothing came back at all.
func afterNoAnswer(err error) string {
	var timeout *transport.TimeoutError
	var redirect *transport.RedirectError
	var tooLarge *transport.BodyTooLargeError
	switch {
	case errors.As(err, &redirect), errors.As(err, &tooLarge), vonage.IsUnreadable(err):
		return "Vonage does not answer like this, so something else may have: check api_url and rest_url in the provider block, and the " +
			"proxies on the way. If they are right, apply again later."
	case transport.IsCertificate(err):
		return "Nothing was sent to a server that cannot prove who it is. Check api_url and rest_url in the provider block. A proxy that " +
			"inspects TLS needs its certificate among the roots that this machine trusts."
	case errors.As(err, &timeout):
		return "Apply again later. Where Vonage is merely slow, a longer request_timeout in the provider block waits for it."
	case transport.IsUnanswered(err):
		return "Check that this machine reaches the server, directly or through the proxy that HTTPS_PROXY names, and apply again."
	}
	return ""
}

func afterRefusal(refusal *vonage.Error) string {
	switch status := refusal.Status; {
	case vonage.IsNotFound(refusal):
		return "It does not exist any more, or it is another account's: check the id, and the credentials in the provider block."
	case status == http.StatusUnauthorized:
		return "Vonage does not accept the credentials. Applications and numbers take the api_key and api_secret of the account " +
			"(https://dashboard.vonage.com/settings), conversations and calls the application_id and private_key, or jwt, of the " +
			"application (https://dashboard.vonage.com/applications)."
	case status == http.StatusForbidden:
		return "The credentials are valid, but the account or the application may not do this."
	case status == http.StatusNotFound:
		return "Vonage says what it does not find, so this may come from something else: check api_url and rest_url in the provider block, and " +
			"the proxies on the way."
	case status == http.StatusTooManyRequests:
		return "The rate limit held through every retry. Lower requests_per_second in the provider block to leave room for whoever else " +
			"uses the account, or raise max_retries."
	case status >= http.StatusInternalServerError:
		return "This is a problem on Vonage's side. Apply again later."
	}
	return ""
}
