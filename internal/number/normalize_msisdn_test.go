// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package number_test

import (
	"errors"
	"regexp"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"

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
		"+44 07700 900001": "leave out the 0",
	} {
		got, err := protocol.Call("normalize_msisdn", given)
		var failure *acctest.FunctionError
		if !errors.As(err, &failure) || failure.Argument != 0 || !strings.Contains(failure.Text, says) {
			t.Errorf("%s: %v, %v", given, got, err)
		}
	}
}

// In the CLI the error names the argument, and a number known only after apply is not an error.
func TestNormalizeMSISDNThroughTheCLI(t *testing.T) {
	t.Parallel()
	env := acctest.New(t)
	const office = `
resource "terraform_data" "office" {
  input = "+44 7700 900001"
}

output "office" {
  value = provider::vonage::normalize_msisdn(terraform_data.office.output)
}
`
	env.Test(t, resource.TestCase{Steps: []resource.TestStep{
		{
			Config:      env.ProviderConfig() + strings.Replace(office, "+44 7700", "07700", 1),
			ExpectError: regexp.MustCompile(`Invalid\s+value\s+for\s+"number"\s+parameter:(.|\n)*begin\s+with\s+the\s+country\s+code`),
		},
		{
			Config:            env.ProviderConfig() + office,
			ConfigStateChecks: []statecheck.StateCheck{statecheck.ExpectKnownOutputValue("office", knownvalue.StringExact("447700900001"))},
		},
	}})
}
