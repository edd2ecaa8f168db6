// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package schematype

import (
	"errors"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

func validate(t *testing.T, v validator.String, value types.String) diag.Diagnostics {
	t.Helper()
	var resp validator.StringResponse
	v.ValidateString(t.Context(), validator.StringRequest{Path: path.Root("attribute"), ConfigValue: value}, &resp)
	return resp.Diagnostics
}

func TestValidators(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		validator validator.String
		good      []string
		bad       map[string]string // invalid value to a word that the message must contain
	}{
		"UUID": {
			UUID(),
			[]string{"78d335fa-323d-0114-9c3d-d6f0d48968cf", "78D335FA-323D-0114-9C3D-D6F0D48968CF"},
			map[string]string{
				"": "not a UUID", "78d335fa": "not a UUID", "78d335fa323d01149c3dd6f0d48968cf": "not a UUID",
				"CON-78d335fa-323d-0114-9c3d-d6f0d48968cf": "not a UUID", "78d335fa-323d-0114-9c3d-d6f0d48968cf\n": "not a UUID",
			},
		},
		"HTTPURL": {
			HTTPURL(),
			[]string{
				"https://example.com", "http://example.com:8080/webhooks/answer?a=b", "https://example.com:1", "https://example.com:65535", "https://example.com:", "HTTPS://example.com/",
				"https://user:password@example.com/", "http://[2001:db8::1]/",
			},
			map[string]string{
				"": "absolute URL", "example.com/answer": "absolute URL", "/answer": "absolute URL", "https://": "absolute URL",
				"https://:80": "absolute URL", "ftp://example.com": "begin with", "mailto:a@example.com": "absolute URL",
				"https://example.com:65536": "no port 65536", "https://example.com:0": "no port 0",
				"https://exa mple.com": "not contain spaces", "https://example.com/%zz": "absolute URL",
				"https://example.com/a b": "not contain spaces", "https://example.com/answer\n": "not contain spaces", " https://example.com": "not contain spaces",
			},
		},
		"Origin": {
			Origin(),
			[]string{
				"https://api.nexmo.com", "https://api.nexmo.com/", "https://api.nexmo.com:8443", "http://127.0.0.1:4010",
				"http://localhost:4010", "http://[::1]:4010", "http://127.8.9.1", "http://emulator:4010",
			},
			map[string]string{
				"https://api.nexmo.com:99999":                "no port 99999",
				"https://api.nexmo.com:99999999999999999999": "no port 9999",
				"https://api.nexmo.com/v2":                   "path",
				"https://api.nexmo.com//":                    "path",
				"https://api.nexmo.com?":                     "query",
				"https://api.nexmo.com?a=b":                  "query",
				"https://api.nexmo.com#f":                    "fragment",
				"https://me:pa55@api.nexmo.com":              "credentials",
				"http://me:pa55@127.0.0.1":                   "credentials",
				"api.nexmo.com":                              "such as https://api.nexmo.com",
				"https://me:pa55@api.nexmo.com:x":            "absolute URL",
			},
		},
		"HostName": {
			HostName(),
			[]string{"emulator", "vonage-emulator.internal", "10.0.0.7", "2001:db8::1"},
			map[string]string{
				"": "not a host name", "emulator:4010": "without a scheme and a port", "http://emulator": "without a scheme and a port",
				"emulator/": "not a host name", "a b": "not a host name", "[::1]": "not a host name", "me:pa55@emulator": "not a host name",
			},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for _, value := range test.good {
				if diags := validate(t, test.validator, types.StringValue(value)); len(diags) > 0 {
					t.Errorf("%q refused: %v", value, diags)
				}
			}
			for _, value := range []types.String{types.StringNull(), types.StringUnknown()} {
				if diags := validate(t, test.validator, value); len(diags) > 0 {
					t.Errorf("%s refused: %v", value, diags)
				}
			}
			for value, reason := range test.bad {
				diags := validate(t, test.validator, types.StringValue(value))
				if len(diags) != 1 || !strings.Contains(diags[0].Detail(), reason) {
					t.Errorf("%q: %v; want a refusal that says %q", value, diags, reason)
					continue
				}
				if d, ok := diags[0].(diag.DiagnosticWithPath); !ok || !d.Path().Equal(path.Root("attribute")) {
					t.Errorf("%q: the diagnostic is not on the attribute", value)
				}
				if strings.Contains(diags[0].Detail(), "pa55") {
					t.Errorf("%q: the message echoes the password", value)
				}
			}
			if test.validator.Description(t.Context()) != test.validator.MarkdownDescription(t.Context()) {
				t.Error("two descriptions")
			}
		})
	}
}

// TestReference: text that a mocked provider may have made up passes validation, and nothing else that is wrong.
func TestReference(t *testing.T) {
	t.Parallel()
	for value, passes := range map[string]bool{
		"78d335fa-323d-0114-9c3d-d6f0d48968cf": true, "jp4146p4": true, "jpaltboz": true, "A1b2": true, "A1b2C3d4E5f6G7h": true,
		"": false, "abc": false, "my application": false, "mine": false, "Britain": false, "78d335fa-323d": false, "78d335fa323d01149c3dd6f0d48968cf": false,
	} {
		if diags := validate(t, Reference(UUID()), types.StringValue(value)); diags.HasError() == passes {
			t.Errorf("%q: %v", value, diags)
		}
		at := path.Root("attribute")
		given := NewApplicationID(value)
		late := given.Check(t.Context(), at)
		if valid := CheckUUID(value) == nil; late.HasError() == valid {
			t.Errorf("%q, later: %v", value, late)
		}
		if diags := given.CheckNew(t.Context(), at, given); diags.HasError() {
			t.Errorf("%q, which is not new: %v", value, diags)
		}
		if diags := given.CheckNew(t.Context(), at, ApplicationID{}); !diags.Equal(late) {
			t.Errorf("%q, which is new: %v", value, diags)
		}
	}
}

func TestParseOriginRefusesPlainHTTP(t *testing.T) {
	t.Parallel()
	for text, refused := range map[string]string{
		"http://api.nexmo.com":           "api.nexmo.com",
		"http://127.0.0.1.example.com":   "127.0.0.1.example.com",
		"http://localhost.example.com":   "localhost.example.com",
		"http://emulator.example.com":    "emulator.example.com",
		"http://emulator:4010":           "",
		"http://EMULATOR":                "",
		"https://emulator":               "",
		"http://[2001:db8::1]:4010":      "",
		"http://localhost:4010":          "",
		"http://emulator@127.0.0.1:4010": "", // refused for another reason
	} {
		_, err := ParseOrigin(text, "emulator", "2001:db8::1")
		plain, _ := errors.AsType[*PlainHTTPError](err)
		if (plain != nil) != (refused != "") || plain != nil && plain.Host != refused {
			t.Errorf("ParseOrigin(%q): %v; want a refusal for %q", text, err, refused)
		}
	}
}

func TestParseOriginDropsTheTrailingSlash(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"https://api.nexmo.com/": "https://api.nexmo.com",
		"https://api.nexmo.com":  "https://api.nexmo.com",
		"http://[::1]:4010/":     "http://[::1]:4010",
	} {
		if got, err := ParseOrigin(text); err != nil || got != want {
			t.Errorf("ParseOrigin(%q) = %q, %v; want %q", text, got, err, want)
		}
	}
}

func TestParseDurationRefuses(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"", "30", "s", "0s", "-1s", "1 s", "1d"} {
		if d, err := ParseDuration(text); err == nil {
			t.Errorf("ParseDuration(%q) = %s", text, d)
		}
	}
}
