// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package conversation_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"regexp"
	"testing"

	tfjson "github.com/hashicorp/terraform-json"
	"github.com/hashicorp/terraform-plugin-testing/config"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/vonage/terraform-provider-vonage/internal/acctest"
)

func providerA(env *acctest.Env) string {
	return env.ProviderConfig(`  application_id = "`+applicationA+`"`, "  private_key = <<EOT\n"+acctest.PrivateKey(keyA)+"EOT")
}

func example(t *testing.T) string {
	t.Helper()
	text, err := os.ReadFile("../../examples/data-sources/vonage_conversation/data-source.tf")
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// checkIs expects a status of the example's check block.
type checkIs tfjson.CheckStatus

func (want checkIs) CheckState(_ context.Context, req statecheck.CheckStateRequest, resp *statecheck.CheckStateResponse) {
	for _, check := range req.State.Checks {
		if check.Address.Name == "both_phones_are_connected" {
			if check.Status != tfjson.CheckStatus(want) {
				resp.Error = fmt.Errorf("the check block says %s, not %s", check.Status, want)
			}
			return
		}
	}
	resp.Error = errors.New("the check block was not evaluated")
}

// The documented example runs in Terraform, from the call in progress to its end.
func TestExampleThroughTerraform(t *testing.T) {
	t.Parallel()
	env := newEnv(t)
	const address = "data.vonage_conversation.call"
	variables := config.Variables{"conversation_id": config.StringVariable(conversationID)}
	leg := func(id, from, to string) knownvalue.Check {
		return knownvalue.ObjectExact(map[string]knownvalue.Check{
			"leg": knownvalue.StringExact(id), "from": knownvalue.StringExact(from), "to": knownvalue.StringExact(to),
		})
	}
	env.Test(t, resource.TestCase{Steps: []resource.TestStep{
		{
			Config:          providerA(env) + example(t),
			ConfigVariables: variables,
			ConfigStateChecks: []statecheck.StateCheck{
				checkIs(tfjson.CheckStatusPass),
				statecheck.ExpectKnownValue(address, tfjsonpath.New("exists"), knownvalue.Bool(true)),
				statecheck.ExpectKnownValue(address, tfjsonpath.New("properties").AtMapKey("ttl"), knownvalue.Int64Exact(172800)),
				statecheck.ExpectKnownValue(address, tfjsonpath.New("members").AtSliceIndex(1).AtMapKey("channel").AtMapKey("cpa"), knownvalue.Null()),
				statecheck.ExpectKnownOutputValue("legs", knownvalue.ListExact([]knownvalue.Check{
					leg("30cecc87-7ac9-4d03-910a-e9d69558263c", "Unknown", "447700000001"),
					leg("797168e24c19a3c45e74e05b10fef2b5", "447700000001", "447700000002"),
				})),
			},
			ConfigPlanChecks: resource.ConfigPlanChecks{PostApplyPostRefresh: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()}},
		},
		{
			PreConfig: func() {
				document := tutorial(t)
				document["members"].([]any)[0].(values)["state"] = "left"
				seedConversation(t, env, document)
			},
			Config:            providerA(env) + example(t),
			ConfigVariables:   variables,
			ConfigStateChecks: []statecheck.StateCheck{checkIs(tfjson.CheckStatusFail)},
		},
		{
			PreConfig:       func() { env.Emulator.RemoveConversation(conversationID) },
			Config:          providerA(env) + example(t),
			ConfigVariables: variables,
			ExpectError:     regexp.MustCompile(`The\s+call\s+has\s+ended`),
		},
	}})
}
