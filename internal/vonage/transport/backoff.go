// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package transport

import (
	"net/http"
	"strconv"
	"strings"
	"time"
)

// serverWait is how long an answer asks to wait: Retry-After in seconds or as a date, else, on a 429, X-RateLimit-Reset.
func serverWait(resp *http.Response, now time.Time) (time.Duration, bool) {
	if wait, ok := parseRetryAfter(resp.Header.Get("Retry-After"), now); ok {
		return wait, true
	}
	if resp.StatusCode == http.StatusTooManyRequests {
		return parseReset(resp.Header.Get("X-Ratelimit-Reset"), now)
	}
	return 0, false
}

// longestNamedWait bounds what is parsed, far above what anyone waits for, so that no arithmetic overflows.
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

// parseReset reads X-RateLimit-Reset. The Account API describes it as a Unix timestamp and gives a sample in
// milliseconds (1769182705723, Account API 1.0.4); a number too small to be a time of this century counts as seconds
// from now, the other meaning in use for the header. A moment that has passed says nothing.
func parseReset(value string, now time.Time) (time.Duration, bool) {
	const (
		firstUnixSeconds      = 1_000_000_000     // 2001
		firstUnixMilliseconds = 1_000_000_000_000 // 2001, too
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
