// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package token_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/vonage/terraform-provider-vonage/internal/acctest"
	"github.com/vonage/terraform-provider-vonage/internal/acctest/cli"
)

func TestMain(m *testing.M) { cli.Main(m) }

// keepsNoSecret checks that a plan or state contains no token and no private key, by how each begins.
type keepsNoSecret struct{}

func (keepsNoSecret) CheckState(_ context.Context, req statecheck.CheckStateRequest, resp *statecheck.CheckStateResponse) {
	resp.Error = findSecret(req.State)
}

func (keepsNoSecret) CheckPlan(_ context.Context, req plancheck.CheckPlanRequest, resp *plancheck.CheckPlanResponse) {
	resp.Error = findSecret(req.Plan)
}

func findSecret(document any) error {
	text, err := json.Marshal(document)
	if err != nil {
		return err
	}
	for _, secret := range []string{"eyJ", "BEGIN PRIVATE KEY"} {
		// A plan includes the configuration, and its provider blocks hold the test's own key.
		if found := strings.Count(string(text), secret) - strings.Count(string(text), `"constant_value":"-----`+secret); found > 0 {
			return fmt.Errorf("%q is in it %d times: %s", secret, found, text)
		}
	}
	if !strings.Contains(string(text), "vonage_conversation") {
		return errors.New("there is nothing in it to look at")
	}
	return nil
}

// An ephemeral token configures a second provider, which reads with it; the token is in neither plan nor state.
func TestJWTThroughTerraform(t *testing.T) {
	t.Parallel()
	env := newEnv(t)
	// The plugin has one token only: in this test all provider blocks share one server, which uses the last configuration
	// it got.
	configuration := env.ProviderConfig(`  application_id = "`+applicationA+`"`, "  private_key = <<EOT\n"+acctest.PrivateKey(keyA)+"EOT") +
		fmt.Sprintf(`
ephemeral "vonage_jwt" "run" {
  expires_in = "30m"
}

provider "vonage" {
  alias   = "short_lived"
  api_url = %q
  jwt     = ephemeral.vonage_jwt.run.jwt
}

data "vonage_conversation" "call" {
  provider = vonage.short_lived
  id       = "CON-%s"
}
`, env.URL, applicationA)
	env.Test(t, resource.TestCase{Steps: []resource.TestStep{{
		Config: configuration,
		ConfigStateChecks: []statecheck.StateCheck{
			statecheck.ExpectKnownValue("data.vonage_conversation.call", tfjsonpath.New("exists"), knownvalue.Bool(true)),
			keepsNoSecret{},
		},
		ConfigPlanChecks: resource.ConfigPlanChecks{
			PreApply:             []plancheck.PlanCheck{keepsNoSecret{}},
			PostApplyPostRefresh: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan(), keepsNoSecret{}},
		},
	}}})
}

// A token whose application is created in the same apply is unknown during the plan and available when it is needed.
func TestJWTOfUnknownKeyThroughTerraform(t *testing.T) {
	t.Parallel()
	pair := "application_id = terraform_data.application.output\nprivate_key = <<EOT\n" + acctest.PrivateKey(keyA) + "EOT\n"
	t.Run("of its own", func(t *testing.T) {
		t.Parallel()
		testLater(t, "", pair)
	})
	t.Run("of the provider", func(t *testing.T) {
		t.Parallel()
		if !cli.New(t).Has(t, cli.UnknownEphemeralValues) {
			t.Skip("this CLI waits for an ephemeral resource's own arguments only; TestJWTOfUnknownKey opens one in process")
		}
		testLater(t, pair, "")
	})
}

func testLater(t *testing.T, provider, ephemeral string) {
	t.Helper()
	env := newEnv(t)
	env.Test(t, resource.TestCase{Steps: []resource.TestStep{{
		Config: fmt.Sprintf(`
resource "terraform_data" "application" {
  input = %q
}

provider "vonage" {
  api_url = %q
  %s
}

ephemeral "vonage_jwt" "later" {
  %s
}

provider "vonage" {
  alias   = "later"
  api_url = %[2]q
  jwt     = ephemeral.vonage_jwt.later.jwt
}

data "vonage_conversation" "call" {
  provider   = vonage.later
  id         = "CON-%[1]s"
  depends_on = [terraform_data.application]
}
`, applicationA, env.URL, provider, ephemeral),
		ConfigStateChecks: []statecheck.StateCheck{
			statecheck.ExpectKnownValue("data.vonage_conversation.call", tfjsonpath.New("exists"), knownvalue.Bool(true)),
			keepsNoSecret{},
		},
	}}})
}
