// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package application

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/vonage/terraform-provider-vonage/internal/vonage"
)

func TestLeftOut(t *testing.T) {
	t.Parallel()
	signed := true
	sent := vonage.Capabilities{
		Voice: &vonage.Voice{SignedCallbacks: &signed}, // not empty when sent: if it is missing, it is off
		RTC:   &vonage.RTC{}, Verify: &vonage.Verify{}, Video: &vonage.Video{}, VBC: &vonage.VBC{},
	}
	left := leftOut(sent, vonage.Capabilities{Video: &vonage.Video{}})
	if diff := cmp.Diff([]string{"rtc", "vbc", "verify"}, left); diff != "" {
		t.Fatal(diff)
	}
	read, still := putBack(vonage.Capabilities{RTC: &vonage.RTC{SignedCallbacks: &signed}}, left)
	if diff := cmp.Diff([]string{"vbc", "verify"}, still); diff != "" {
		t.Error(diff)
	}
	want := vonage.Capabilities{RTC: &vonage.RTC{SignedCallbacks: &signed}, Verify: &vonage.Verify{}, VBC: &vonage.VBC{}}
	if diff := cmp.Diff(want, read); diff != "" {
		t.Error(diff)
	}
}
