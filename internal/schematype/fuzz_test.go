// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package schematype

import (
	"net"
	"net/url"
	"strings"
	"testing"
)

func FuzzParseOrigin(f *testing.F) {
	for _, seed := range []string{
		"https://api.nexmo.com", "http://127.0.0.1:4010/", "http://[::1]", "https://me:pa55@api.nexmo.com", "http://localhost@evil.example",
		"https://api.nexmo.com?", "https://api.nexmo.com#", "http://127.0.0.1.example.com", "//x", "https://%31", "HTTPS://API.nexmo.com:443", "//:mo.c@",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		origin, err := ParseOrigin(text)
		parsed, parseErr := url.Parse(text)
		if err != nil {
			if parseErr == nil && parsed.User != nil {
				password, _ := parsed.User.Password()
				// A password may happen to be a part of the message's own words, such as "mo.c" of api.nexmo.com.
				_, without := ParseOrigin(strings.Replace(text, password, "", 1))
				words := without != nil && strings.Contains(without.Error(), password)
				if len(password) > 3 && strings.Contains(err.Error(), password) && !words && !strings.Contains(parsed.Host, password) {
					t.Errorf("%q: %q echoes the password", text, err)
				}
			}
			return
		}
		if parseErr != nil || parsed.User != nil || parsed.RawQuery != "" || parsed.Fragment != "" || strings.Trim(parsed.Path, "/") != "" {
			t.Fatalf("%q is accepted", text)
		}
		if again, err := ParseOrigin(origin); err != nil || again != origin {
			t.Errorf("%q became %q, which became %q, %v", text, origin, again, err)
		}
		if parsed.Scheme != "https" {
			ip := net.ParseIP(parsed.Hostname())
			if parsed.Hostname() != "localhost" && (ip == nil || !ip.IsLoopback()) {
				t.Errorf("%q would send secrets in the clear", text)
			}
		}
		// A request built from the origin must go to the host that was checked.
		if request, err := url.Parse(origin + "/v2/applications"); err != nil || request.Host != parsed.Host || request.Path != "/v2/applications" {
			t.Errorf("%q leads to %v, %v", text, request, err)
		}
	})
}

// FuzzCanonical checks for every meaning that its canonical form is stable: canonicalizing it again changes nothing.
func FuzzCanonical(f *testing.F) {
	for _, seed := range []string{
		"", "+44 7700 900001", "gb", "90s", "78D335FA-323D-0114-9C3D-D6F0D48968CF", "-----BEGIN PUBLIC KEY-----\nMA==\n-----END PUBLIC KEY-----",
		"2540400h10m10.000000000s", ".5h", "\xff",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		for _, meaning := range []Meaning{MSISDNMeaning{}, CountryMeaning{}, PublicKeyMeaning{}, ApplicationIDMeaning{}, DurationMeaning{}} {
			canonical, err := meaning.Canonical(text)
			if err != nil {
				continue
			}
			if again, err := meaning.Canonical(canonical); err != nil || again != canonical {
				t.Errorf("%s: %q became %q, which became %q, %v", meaning.Noun(), text, canonical, again, err)
			}
		}
	})
}
