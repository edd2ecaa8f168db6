// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"net/http"
	"strconv"
	"time"

	"golang.org/x/time/rate"
)

// Limits in requests per second that Vonage publishes or its support states. None are known for applications,
// conversations and users, so the emulator does not limit those.
// https://api.support.vonage.com/hc/en-us/articles/5667853760284-How-fast-can-I-send-Numbers-API-requests and
// https://api.support.vonage.com/hc/en-us/articles/207100288-How-many-calls-can-I-create-per-second
const (
	numberListsPerSecond  = 1
	numberWritesPerSecond = 3 // search, buy, cancel and update together
	newCallsPerSecond     = 3
	callsPerSecond        = 15
)

// limit returns a wrapper with which operations share a limit of requests per second, if Options.RateLimits is
// "documented". It refuses excess requests before they are processed.
func (e *Emulator) limit(perSecond int, refuse func(perSecond int) response) func(endpoint) endpoint {
	if e.options.RateLimits != "documented" {
		return func(operation endpoint) endpoint { return operation }
	}
	bucket := rate.NewLimiter(rate.Limit(perSecond), perSecond)
	return func(operation endpoint) endpoint {
		return func(r *request) response {
			if !bucket.AllowN(e.options.Now(), 1) {
				return refuse(perSecond)
			}
			return operation(r)
		}
	}
}

// restThrottled has no body, or an HTML page: the real body is unknown.
func (e *Emulator) restThrottled(int) response {
	if e.options.Variant.ThrottledHTML {
		return response{
			status: http.StatusTooManyRequests, raw: "<html><body><h1>429 Too Many Requests</h1></body></html>",
			header: http.Header{"Content-Type": {"text/html"}},
		}
	}
	return response{status: http.StatusTooManyRequests}
}

// accountThrottled sends the only documented headers: Account API 1.0.4, whose sample of a reset time is in
// milliseconds.
func (e *Emulator) accountThrottled(perSecond int) response {
	refusal := throttled()
	refusal.header = http.Header{
		"Retry-After": {"1"}, "X-Ratelimit-Limit": {strconv.Itoa(perSecond)}, "X-Ratelimit-Remaining": {"0"},
		"X-Ratelimit-Reset": {strconv.FormatInt(e.options.Now().Add(time.Second).UnixMilli(), 10)},
	}
	return refusal
}

func callsThrottled(int) response { return throttled() }
