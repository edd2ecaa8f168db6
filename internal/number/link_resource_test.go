// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package number_test

import (
	"fmt"
	"regexp"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/terraform"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"
	"github.com/hashicorp/terraform-plugin-testing/tfversion"
)

const theLink = linkType + ".main"

func (a account) linkConfig(lines string) string {
	return a.ProviderConfig() + "resource \"vonage_number_link\" \"main\" {\n" + lines + "\n}\n"
}

func planned(action plancheck.ResourceActionType) resource.ConfigPlanChecks {
	return resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{plancheck.ExpectResourceAction(theLink, action)}}
}

// linked requires that the number is linked to an application, or to none if it is "".
func (a account) linked(application string) resource.TestCheckFunc {
	return func(*terraform.State) error {
		if got := a.setting("app_id"); got != application {
			return fmt.Errorf("the number is linked to %q, not to %q", got, application)
		}
		return nil
	}
}

func TestLinkLifeCycle(t *testing.T) {
	t.Parallel()
	a := newAccount(t)
	a.owns(gb, values{"moHttpUrl": "https://example.com/sms"})
	attribute := func(name, value string) statecheck.StateCheck {
		return statecheck.ExpectKnownValue(theLink, tfjsonpath.New(name), knownvalue.StringExact(value))
	}
	a.Test(t, resource.TestCase{
		CheckDestroy: a.linked(""),
		Steps: []resource.TestStep{
			{
				Config:           a.linkConfig(`msisdn = "+44 7700 900001"` + "\n" + `application_id = "` + ours + `"`),
				ConfigPlanChecks: planned(plancheck.ResourceActionCreate),
				ConfigStateChecks: []statecheck.StateCheck{
					attribute("id", gb), attribute("country", "GB"), attribute("msisdn", "+44 7700 900001"), attribute("application_id", ours),
				},
				Check: a.linked(ours),
			},
			{
				Config:            a.linkConfig(`msisdn = "447700900001"` + "\n" + `country = "gb"` + "\n" + `application_id = "` + theirs + `"`),
				ConfigPlanChecks:  planned(plancheck.ResourceActionUpdate),
				ConfigStateChecks: []statecheck.StateCheck{attribute("id", gb), attribute("application_id", theirs)},
				Check:             a.linked(theirs),
			},
			{ResourceName: theLink, ImportState: true, ImportStateId: gb, ImportStateVerify: true, ImportStateVerifyIgnore: []string{"msisdn"}},
			{ResourceName: theLink, ImportState: true, ImportStateId: digits, ImportStateVerify: true, ImportStateVerifyIgnore: []string{"msisdn"}},
			{ResourceName: theLink, ImportState: true, ImportStateKind: resource.ImportBlockWithID, ImportStateId: gb},
			{ResourceName: theLink, ImportState: true, ImportStateId: "GB/447700900009", ExpectError: regexp.MustCompile("no number GB/447700900009")},
			{ // unlinked outside Terraform: must be created again
				PreConfig:        func() { a.owns(gb, values{"moHttpUrl": "https://example.com/sms"}) },
				Config:           a.linkConfig(`msisdn = "447700900001"` + "\n" + `application_id = "` + theirs + `"`),
				ConfigPlanChecks: planned(plancheck.ResourceActionCreate),
				Check:            a.linked(theirs),
			},
			{ // a contradicting country does not cause a replacement
				Config:      a.linkConfig(`msisdn = "447700900001"` + "\n" + `country = "US"` + "\n" + `application_id = "` + theirs + `"`),
				ExpectError: regexp.MustCompile(`no number US/447700900001`),
			},
		},
	})
	if got := a.setting("moHttpUrl"); got != "https://example.com/sms" {
		t.Errorf("the SMS webhook is now %q", got)
	}
}

func TestLinkIdentity(t *testing.T) {
	t.Parallel()
	a := newAccount(t)
	a.owns(gb, nil)
	config := a.linkConfig(`msisdn = "+44 7700 900001"` + "\n" + `application_id = "` + ours + `"`)
	a.Test(t, resource.TestCase{
		TerraformVersionChecks: []tfversion.TerraformVersionCheck{tfversion.SkipBelow(tfversion.Version1_12_0)},
		Steps: []resource.TestStep{
			{
				Config: config,
				ConfigStateChecks: []statecheck.StateCheck{statecheck.ExpectIdentity(theLink, map[string]knownvalue.Check{
					"country": knownvalue.StringExact("GB"), "msisdn": knownvalue.StringExact(digits),
				})},
			},
			{ResourceName: theLink, ImportState: true, ImportStateKind: resource.ImportBlockWithResourceIdentity},
		},
	})
}
