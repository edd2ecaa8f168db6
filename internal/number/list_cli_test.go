// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package number_test

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/querycheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"
	"github.com/hashicorp/terraform-plugin-testing/tfversion"
)

func TestListsThroughTheCLI(t *testing.T) {
	t.Parallel()
	a := newAccount(t)
	a.owns(gb, linkedTo(ours))
	a.owns("GB/447700900002", nil)
	identity := map[string]knownvalue.Check{"country": knownvalue.StringExact("GB"), "msisdn": knownvalue.StringExact(digits)}
	check := func(address, name, attribute string, value knownvalue.Check) []querycheck.QueryResultCheck {
		return []querycheck.QueryResultCheck{
			querycheck.ExpectLength(address, 1),
			querycheck.ExpectIdentity(address, identity),
			querycheck.ExpectResourceDisplayName(address, nil, knownvalue.StringExact(name)),
			querycheck.ExpectResourceKnownValues(address, nil, []querycheck.KnownValueCheck{{Path: tfjsonpath.New(attribute), KnownValue: value}}),
		}
	}
	list := func(typeName, filter string) string {
		return "list \"" + typeName + "\" \"this\" {\n provider = vonage\n include_resource = true\n config {\n " + filter + "\n}\n}\n"
	}
	a.Test(t, resource.TestCase{
		TerraformVersionChecks: []tfversion.TerraformVersionCheck{tfversion.SkipBelow(tfversion.Version1_14_0)},
		Steps: []resource.TestStep{
			{Config: a.ProviderConfig() + `data "vonage_numbers" "all" {}`},
			{
				Query:  true,
				Config: list(numberType, `has_application = true`),
				QueryResultChecks: check(numberType+".this", "+44 7700900001 (GB, mobile-lvn, SMS/VOICE)",
					"deletion_policy", knownvalue.StringExact("PREVENT")),
			},
			{
				Query:  true,
				Config: list(linkType, `features = ["VOICE"]`),
				QueryResultChecks: check(linkType+".this", "+44 7700900001 (GB) to application "+ours,
					"replace_existing_link", knownvalue.Bool(false)),
			},
		},
	})
}
