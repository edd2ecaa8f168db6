// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package conversation

import "testing"

func TestRegionURL(t *testing.T) {
	t.Parallel()
	for value, want := range map[string]string{
		"https://api-us-3.vonage.com":      "https://api-us-3.vonage.com",
		"https://api-us-3.vonage.com/":     "https://api-us-3.vonage.com",
		"https://API-EU-3.Vonage.com:443":  "https://API-EU-3.Vonage.com:443",
		"https://vonage.com":               "https://vonage.com",
		"https://api-sg-1.nexmo.com":       "https://api-sg-1.nexmo.com",
		"https://nexmo.com":                "https://nexmo.com",
		"http://127.0.0.1:4010":            "http://127.0.0.1:4010",
		"https://localhost":                "https://localhost",
		"http://[::1]:4010":                "http://[::1]:4010",
		"":                                 "",
		"api-us-3.vonage.com":              "",
		"//api-us-3.vonage.com":            "",
		"ftp://api-us-3.vonage.com":        "",
		"http://api-us-3.vonage.com":       "",
		"https://evilvonage.com":           "",
		"https://vonage.com.evil.test":     "",
		"https://vonage.com@evil.test":     "",
		"https://evil.test/.vonage.com":    "",
		"https://evil.test?.vonage.com":    "",
		"https://evil.test#.vonage.com":    "",
		"https://evil.test\\.vonage.com":   "",
		"https://.vonage.com.":             "",
		"https://key:secret@vonage.com":    "",
		"https://key@vonage.com":           "",
		"https://api.vonage.com/v1":        "",
		"https://api.vonage.com?":          "",
		"https://api.vonage.com?a=b":       "",
		"https://api.vonage.com/#fragment": "",
		"http://10.0.0.1":                  "",
		"http://127.0.0.1.evil.test":       "",
		"http://localhost.evil.test":       "",
		"http://[::1%25vonage.com]":        "",
		"https://[fe80::1%25.vonage.com]":  "",
		"https://api.vonage.com:port":      "",
	} {
		got, err := parseRegionURL(value)
		if got != want || (err == nil) != (want != "") {
			t.Errorf("parseRegionURL(%q) = %q, %v; want %q", value, got, err, want)
		}
	}
}
