// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package framework

import (
	"strings"
	"testing"

	"github.com/vonage/terraform-provider-vonage/internal/vonage"
)

func TestImportNumber(t *testing.T) {
	t.Parallel()
	for id, want := range map[string]vonage.NumberKey{
		"GB/447700900001":    {Country: "GB", MSISDN: "447700900001"},
		"gb/+44 7700 900001": {Country: "GB", MSISDN: "447700900001"},
		"447700900001":       {MSISDN: "447700900001"},
		"+447700900001":      {MSISDN: "447700900001"},
	} {
		if got, err := ImportNumber(id); err != nil || got != want {
			t.Errorf("ImportNumber(%q) = %v, %v; want %v", id, got, err, want)
		}
	}
	for id, reason := range map[string]string{
		"": "phone number", "GB": "phone number", "GB/": "phone number", "/447700900001": "country",
		"GBR/447700900001": "country", "GB/447700900001/x": "phone number", "447700900001/GB": "phone number",
	} {
		if got, err := ImportNumber(id); err == nil || !strings.Contains(err.Error(), reason) {
			t.Errorf("ImportNumber(%q) = %v, %v; want an error about the %s", id, got, err, reason)
		}
	}
}

func TestImportName(t *testing.T) {
	t.Parallel()
	if name, ok := ImportName("name=a=b "); !ok || name != "a=b " {
		t.Errorf("name %q, %v", name, ok)
	}
	if name, ok := ImportName("78d335fa-323d-0114-9c3d-d6f0d48968cf"); ok {
		t.Errorf("an id became the name %q", name)
	}
}
