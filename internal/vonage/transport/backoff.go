// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package transport

import (
	"net/http"
	"strconv"
	"strings"
	"time"
)

// serverWait returns how long a response asks the client to wait: Retry-After in seconds or as a date, else, on a
// 429, X-RateLimit-Reset.
func serverWait(resp *http.Response, now time.Time) (time.Duration, bool) {
	if wait, ok := parseRetryAfter(resp.Header.Get("Retry-After"), now); ok {
		return wait, true
	}
	if resp.StatusCode == http.StatusTooManyRequests {
		return parseReset(resp.Header.Get("X-Ratelimit-Reset"), now)
	}
	return 0, false
}

// longestNamedWait caps the parsed waits, far above any wait accepted, so that no arithmetic overflows.
const longestNamedWait = 24 * time.Hour

func parseRetryAfter(value string, now time.Time) (time.Duration, bool) {
	value = strings.TrimSpace(value)
	if seconds, err := strconv.ParseInt(value, 10, 64); err == nil {
		if seconds < 0 {
			return 0, false
		}
		return time.Duration(min(seconds, int64(longestNamedWait/time.Second))) * time.Second, true
	}
	date, err := http.ParseTime(value)
	if err != nil {
		return 0, false
	}
	return min(max(date.Sub(now), 0), longestNamedWait), true
}

// parseReset parses X-RateLimit-Reset. The Account API describes it as a Unix timestamp and gives a sample in
// milliseconds (1769182705723, Account API 1.0.4). A number too small to be a time of this century is taken as
// seconds from now, the header's other common meaning. A time in the past is ignored.
func parseReset(value string, now time.Time) (time.Duration, bool) {
	const (
		firstUnixSeconds      = 1_000_000_000     // 2001
		firstUnixMilliseconds = 1_000_000_000_000 // 2001
	)
	number, err := strconv.ParseInt(strings.TrimSpace(value), 10, 64)
	if err != nil || number <= 0 {
		return 0, false
	}
	var wait time.Duration
	switch {
	case number >= firstUnixMilliseconds:
		wait = time.UnixMilli(number).Sub(now)
	case number >= firstUnixSeconds:
		wait = time.Unix(number, 0).Sub(now)
	default:
		wait = time.Duration(min(number, int64(longestNamedWait/time.Second))) * time.Second
	}
	if wait <= 0 {
		return 0, false
	}
	return min(wait, longestNamedWait), true
}
