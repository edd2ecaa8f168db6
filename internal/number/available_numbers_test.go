// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package number

import (
	"strings"
	"testing"

	"github.com/vonage/terraform-provider-vonage/internal/schematype"
	"github.com/vonage/terraform-provider-vonage/internal/vonage"
)

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
