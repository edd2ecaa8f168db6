// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package number

import "testing"

func TestDialled(t *testing.T) {
	t.Parallel()
	for msisdn, want := range map[string]string{
		"14155550100":  "+1 4155550100",
		"79001234567":  "+7 9001234567",
		"447700900001": "+44 7700900001",
		"352671234567": "+352 671234567",
		"99871234567":  "+998 71234567",
		"35":           "+35",
	} {
		if got := international(msisdn); got != want {
			t.Errorf("%s is shown as %s, not %s", msisdn, got, want)
		}
	}
}
