// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package number_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/vonage/terraform-provider-vonage/internal/acctest"
)

func TestNormalizeMSISDN(t *testing.T) {
	t.Parallel()
	protocol := acctest.New(t).Protocol(t)
	for given, want := range map[string]string{
		"447700900001": "447700900001", "+44 7700 900001": "447700900001", "44 (7700) 900-001": "447700900001", "44.7700.900001": "447700900001",
	} {
		if got, err := protocol.Call("normalize_msisdn", given); err != nil || got != want {
			t.Errorf("%s: %v, %v", given, got, err)
		}
	}
	for given, says := range map[string]string{
		"": "needs digits", "07700 900001": "country code", "+44 (0)7700 900001": "(0)", "four": "not a phone number", "4477": "too short",
	} {
		got, err := protocol.Call("normalize_msisdn", given)
		var failure *acctest.FunctionError
		if !errors.As(err, &failure) || failure.Argument != 0 || !strings.Contains(failure.Text, says) {
			t.Errorf("%s: %v, %v", given, got, err)
		}
	}
}
