// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package platform

import (
	"sync/atomic"

	"golang.org/x/time/rate"
)

// bucket is one limit of requests per second.
type bucket struct {
	atomic.Pointer[rate.Limiter]

	perSecond int
}

// fill begins anew, as if there had been no request.
func (b *bucket) fill() { b.Store(rate.NewLimiter(rate.Limit(b.perSecond), b.perSecond)) }

// Limit returns a wrapper with which operations share a limit of requests per second, if Options.RateLimits is
// "documented". It refuses excess requests before they are processed.
func (a *Account) Limit(perSecond int, refuse func(perSecond int) Response) func(Endpoint) Endpoint {
	if a.RateLimits != "documented" {
		return func(operation Endpoint) Endpoint { return operation }
	}
	limit := &bucket{perSecond: perSecond}
	limit.fill()
	a.buckets = append(a.buckets, limit)
	return func(operation Endpoint) Endpoint {
		return func(r *Request) Response {
			if !limit.Load().AllowN(a.Now(), 1) {
				return refuse(perSecond)
			}
			return operation(r)
		}
	}
}
