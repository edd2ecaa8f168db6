// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package vonage_test

import (
	"testing"

	"github.com/vonage/terraform-provider-vonage/internal/vonage"
)

func TestNumberKeyReadsAsUsersWriteIt(t *testing.T) {
	t.Parallel()
	for want, key := range map[string]vonage.NumberKey{
		"GB/447700900001": {Country: "GB", MSISDN: "447700900001"},
		"447700900001":    {MSISDN: "447700900001"},
	} {
		if got := key.String(); got != want {
			t.Errorf("%#v is %q, want %q", key, got, want)
		}
	}
}
