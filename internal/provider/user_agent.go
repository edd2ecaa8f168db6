// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"strings"
	"unicode"
)

// userAgent returns the User-Agent header. As with HashiCorp's own providers, users can append to it with
// TF_APPEND_USER_AGENT.
func userAgent(version, terraformVersion string, environment func(string) string) string {
	agent := "terraform-provider-vonage/" + version + " (+https://registry.terraform.io/providers/vonage/vonage)"
	if terraformVersion != "" {
		agent += " terraform/" + terraformVersion
	}
	if suffix := printable(environment("TF_APPEND_USER_AGENT")); suffix != "" {
		agent += " " + suffix
	}
	return agent
}

// printable drops characters that are not allowed in a header: a line break in a variable would make every request fail.
func printable(text string) string {
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		if r > unicode.MaxASCII || unicode.IsControl(r) {
			return -1
		}
		return r
	}, text))
}
