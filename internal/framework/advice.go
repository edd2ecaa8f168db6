// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package framework

import (
	"context"
	"errors"
	"fmt"
	"net/http"

	"github.com/vonage/terraform-provider-vonage/internal/vonage"
	"github.com/vonage/terraform-provider-vonage/internal/vonage/transport"
)

// whatNext returns the advice for errors that mean the same for every operation, and "" for errors that explain
// themselves.
func whatNext(err error) string {
	var notKnown *UnknownError
	var unknown *vonage.UnknownOutcomeError
	var apiError *vonage.Error
	var limit *transport.LimitError
	switch {
	case errors.As(err, &notKnown):
		return "To continue, " + inTwoSteps(notKnown)
	case ofProvider(err) != nil:
		return "" // the error explains itself
	case errors.As(err, &unknown) && unknown.Repeatable:
		return "Vonage may or may not have carried this out. The next plan shows which; it is safe to apply again."
	case errors.As(err, &unknown):
		return "Vonage may or may not have carried this out. Check in the dashboard (https://dashboard.vonage.com) before applying again."
	case errors.As(err, &apiError):
		return afterError(apiError)
	case errors.Is(err, context.Canceled):
		return "Terraform cancelled the operation before it was complete. Apply again to continue."
	case errors.As(err, &limit) && errors.Is(err, context.DeadlineExceeded):
		return afterLimit(limit)
	case errors.Is(err, context.DeadlineExceeded):
		return "The operation did not complete in time. " + moreTime
	}
	return afterNoAnswer(err)
}

// TakenAdvice is what else it may mean that there is an object already where a new one is to be.
const TakenAdvice = "If another resource has it, remove one of the two; if the resource was renamed, add a moved block. A replacement cannot use create_before_destroy."

// malformedAdvice is the advice for an object in a form that the provider does not know.
const malformedAdvice = "Vonage describes this object in a form that this version of the provider does not know; other objects are not affected. A later " +
	"version may know it; if not, please report this (https://github.com/vonage/terraform-provider-vonage/issues)."

const moreTime = "To allow more time, set timeouts in the resource, or timeout in the action."

func afterLimit(limit *transport.LimitError) string {
	if limit.PerSecond == 0 {
		return moreTime
	}
	return fmt.Sprintf("%s If Vonage allows your account more than %g per second, raise requests_per_second.%s in the provider block.",
		moreTime, limit.PerSecond, limit.Family)
}

// afterNoAnswer returns the advice for a response that did not come from the Vonage API, or for no response at all.
func afterNoAnswer(err error) string {
	var authentication *transport.AuthenticationError
	var timeout *transport.TimeoutError
	var redirect *transport.RedirectError
	var tooLarge *transport.BodyTooLargeError
	switch {
	case vonage.IsMalformed(err):
		return malformedAdvice + " An object that is destroyed without being read, such as an application or a subaccount, can still be destroyed with -refresh=false."
	case errors.As(err, &redirect), errors.As(err, &tooLarge), vonage.IsUnreadable(err):
		return "Vonage does not answer like this, so the answer may come from something else: check api_url and rest_url in the provider block, and any " +
			"proxies in between. If they are right, apply again later."
	case errors.As(err, &authentication):
		return "Nothing was sent, because there are no credentials that the request could be sent with. Check the provider's credentials."
	case transport.IsCertificate(err):
		return "The server's certificate could not be verified, so nothing was sent to it. Check api_url and rest_url in the provider block. If a " +
			"proxy inspects TLS, add its certificate to the root certificates that this machine trusts."
	case errors.As(err, &timeout):
		return "Apply again later. If Vonage is merely slow, set a longer request_timeout in the provider block."
	case transport.IsUnanswered(err):
		return "Check that this machine can reach the server, directly or through the proxy that HTTPS_PROXY names, and apply again."
	}
	return ""
}

func afterError(apiError *vonage.Error) string {
	switch status := apiError.Status; {
	case vonage.IsOutdated(apiError):
		return "The account was changed at the same time, again and again, so Vonage refused this change. Apply again when nothing else changes the account."
	case apiError.Code == "unprovisioned" && status == http.StatusForbidden:
		return "Vonage has to enable this for the account first: ask your account manager or Vonage support (https://api.support.vonage.com). If it is enabled for " +
			"another account of yours, use the credentials of that one: only a primary account has subaccounts, and a subaccount has none."
	case apiError.Code == "provisioning":
		return "The account has as many subaccounts as Vonage allows. Suspended ones count, too. Vonage support raises the limit (https://api.support.vonage.com)."
	case vonage.IsNotFound(apiError):
		return "It does not exist, or it belongs to another account: check the id, and the provider's credentials."
	case status == http.StatusPaymentRequired, apiError.Code == "quota-exceeded": // which comes with 401 (Verify API v2 1.0.1), and is not about credentials
		return "The account's balance or quota does not suffice. Look at it in the dashboard (https://dashboard.vonage.com), add credit, and apply again."
	case status == http.StatusUnauthorized:
		return "Vonage does not accept the credentials. Applications, numbers and whatever else belongs to the account need its api_key and api_secret " +
			"(https://dashboard.vonage.com/settings), conversations, users and calls the application_id and private_key, or jwt, of the " +
			"application (https://dashboard.vonage.com/applications)."
	case status == http.StatusForbidden && apiError.Title == "" && apiError.Detail == "":
		return "Vonage's own 403 says why, so this one may come from something else: check api_url and rest_url in the provider block, and any proxies in between."
	case status == http.StatusForbidden:
		return "The credentials are valid, but the account or the application is not allowed to do this."
	case status == http.StatusNotFound:
		return "Vonage's own 404 says what was not found, so this one may come from something else: check api_url and rest_url in the provider block, and " +
			"any proxies in between."
	case status == http.StatusTooManyRequests:
		return "Every retry exceeded the rate limit as well. Lower requests_per_second in the provider block to leave room for others who " +
			"use the account, or raise max_retries."
	case status >= http.StatusInternalServerError:
		return "This is a problem on Vonage's side. Apply again later."
	}
	return ""
}
