// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package ncco_test

import (
	"regexp"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"

	"github.com/vonage/terraform-provider-vonage/internal/acctest"
)

// The function gets values as Terraform passes them: objects of different types in one list, numbers, nulls, and values
// known only after apply.
func TestNCCOThroughTerraform(t *testing.T) {
	t.Parallel()
	env := acctest.New(t)
	env.Test(t, resource.TestCase{Steps: []resource.TestStep{
		{
			Config: env.ProviderConfig() + `
output "ncco" {
  value = provider::vonage::ncco([{ action = "talk", text = "Hello" }, { action = "talk", txt = "Hello" }])
}
`,
			ExpectError: regexp.MustCompile(`actions\[1\]\.text:\s+is\s+required(.|\n)*actions\[1\]\.txt:\s+no\s+such\s+field`),
		},
		{
			Config: env.ProviderConfig() + `
resource "terraform_data" "colleague" {
  input = "+44 7700 900001"
}

output "ncco" {
  value = provider::vonage::ncco([
    { action = "talk", text = "Hello", loop = 2, level = null },
    { action = "connect", endpoint = [{ type = "phone", number = terraform_data.colleague.output }] },
  ])
}
`,
			ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{plancheck.ExpectUnknownOutputValue("ncco")}},
			ConfigStateChecks: []statecheck.StateCheck{statecheck.ExpectKnownOutputValue("ncco", knownvalue.StringExact(
				`[{"action":"talk","loop":2,"text":"Hello"},{"action":"connect","endpoint":[{"number":"447700900001","type":"phone"}]}]`,
			))},
		},
		// Objects in a list of one type have each other's options as null.
		{
			Config: env.ProviderConfig() + `
variable "actions" {
  type = list(object({ action = string, text = optional(string), streamUrl = optional(string), loop = optional(number) }))
  default = [{ action = "talk", text = "Hello" }, { action = "stream", streamUrl = "https://a.test", loop = 0 }]
}

output "ncco" {
  value = provider::vonage::ncco(var.actions)
}
`,
			ConfigStateChecks: []statecheck.StateCheck{statecheck.ExpectKnownOutputValue("ncco", knownvalue.StringExact(
				`[{"action":"talk","text":"Hello"},{"action":"stream","loop":0,"streamUrl":["https://a.test"]}]`,
			))},
		},
	}})
}
