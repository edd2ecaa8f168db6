// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package number

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"pgregory.net/rapid"

	"github.com/vonage/terraform-provider-vonage/internal/schematype"
	"github.com/vonage/terraform-provider-vonage/internal/vonage"
)

func TestNumberReadFromVonageWritesItself(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		number := numbers().Draw(t, "number")
		model := newNumberModel(number, numberModel{})
		if diff := cmp.Diff(number.Settings(), model.toRequest(number, numberModel{})); diff != "" {
			t.Errorf("writing what was read changes the number (-want +got):\n%s", diff)
		}
		again := newNumberModel(number, model)
		if !model.sameSettings(again) || model.key() != number.Key() || again.ID != model.ID {
			t.Errorf("%v and %v were read from the same number", model, again)
		}
	})
}

// A number whose link changes while its settings are written keeps the new link.
func TestNumberWritesOnlyItsOwnSettings(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		number, current := numbers().Draw(t, "number"), numbers().Draw(t, "current")
		want := number.Settings()
		want.ApplicationID = current.ApplicationID
		if diff := cmp.Diff(want, newNumberModel(number, numberModel{}).toRequest(current, numberModel{})); diff != "" {
			t.Errorf("settings (-want +got):\n%s", diff)
		}
	})
}

// A setting that Vonage does not return is sent if it is configured, cleared if it was before, and otherwise not sent.
func TestNumberSettingsThatCannotBeRead(t *testing.T) {
	t.Parallel()
	value, none := types.StringValue("a"), types.StringNull()
	for name, test := range map[string]struct {
		plan, state types.String
		want        *string
	}{
		"configured": {value, none, new("a")},
		"kept":       {value, value, new("a")},
		"removed":    {none, value, new("")},
		"never set":  {none, none, nil},
	} {
		plan := numberModel{SMPPSystemType: test.plan, VoiceStatusCallback: test.plan}
		state := numberModel{SMPPSystemType: test.state, VoiceStatusCallback: test.state}
		want := vonage.NumberSettings{SMPPSystemType: test.want, VoiceStatusCallback: test.want}
		if diff := cmp.Diff(want, plan.toRequest(vonage.Number{}, state)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

func TestCheapestFirst(t *testing.T) {
	t.Parallel()
	found := map[vonage.NumberKey]vonage.AvailableNumber{}
	for msisdn, cost := range map[string]string{"1": "10", "2": "9.50", "3": "9.5", "4": "", "5": "0.8", "6": "free"} {
		found[vonage.NumberKey{MSISDN: msisdn}] = vonage.AvailableNumber{MSISDN: msisdn, MonthlyCost: cost}
	}
	for limit, want := range map[int64]string{0: "523146", 3: "523", 6: "523146", 7: "523146"} {
		maximum := schematype.NewInt64Pointer(&limit)
		if limit == 0 {
			maximum = schematype.Int64{}
		}
		var got strings.Builder
		for _, offer := range cheapest(found, maximum) {
			got.WriteString(offer.MSISDN.ValueString())
		}
		if got.String() != want {
			t.Errorf("%d of them: %s, want %s", limit, got.String(), want)
		}
	}
}
