// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package platform

import (
	"golang.org/x/time/rate"
)

// Limit returns a wrapper with which operations share a limit of requests per second, if Options.RateLimits is
// "documented". It refuses excess requests before they are processed.
func (a *Account) Limit(perSecond int, refuse func(perSecond int) Response) func(Endpoint) Endpoint {
	if a.RateLimits != "documented" {
		return func(operation Endpoint) Endpoint { return operation }
	}
	bucket := rate.NewLimiter(rate.Limit(perSecond), perSecond)
	return func(operation Endpoint) Endpoint {
		return func(r *Request) Response {
			if !bucket.AllowN(a.Now(), 1) {
				return refuse(perSecond)
			}
			return operation(r)
		}
	}
}
