// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package token_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/vonage/terraform-provider-vonage/internal/acctest"
)

// keepsNoSecret looks through a whole plan or state, for the start of every token and of every private key.
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
		// The provider blocks, which are part of a plan's configuration, hold the test's own key.
		if found := strings.Count(string(text), secret) - strings.Count(string(text), `"constant_value":"-----`+secret); found > 0 {
			return fmt.Errorf("%q is in it %d times: %s", secret, found, text)
		}
	}
	if !strings.Contains(string(text), "vonage_conversation") {
		return errors.New("there is nothing in it to look at")
	}
	return nil
}

func example(t *testing.T, file string) string {
	t.Helper()
	text, err := os.ReadFile("../../examples/" + file)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// An ephemeral token configures another provider, which reads with it; it is in neither plan nor state.
func TestJWTThroughTerraform(t *testing.T) {
	t.Parallel()
	env := newEnv(t)
	limits := `api_url = "` + env.URL + `"` + "\n  jwt "
	configuration := env.ProviderConfig(`  application_id = "`+applicationA+`"`, "  private_key = <<EOT\n"+acctest.PrivateKey(keyA)+"EOT") +
		strings.Replace(example(t, "ephemeral-resources/vonage_jwt/ephemeral-resource.tf"), "jwt ", limits, 1) + `
data "vonage_conversation" "call" {
  provider = vonage.short_lived
  id       = "CON-` + applicationA + `"
}
`
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

// A token whose application is only made by the same apply is not known in the plan, and is there when it is needed.
func TestJWTOfUnknownKeyThroughTerraform(t *testing.T) {
	t.Parallel()
	env := newEnv(t)
	env.Test(t, resource.TestCase{Steps: []resource.TestStep{{
		Config: fmt.Sprintf(`
resource "terraform_data" "application" {
  input = %q
}

provider "vonage" {
  api_url        = %q
  application_id = terraform_data.application.output
  private_key    = <<EOT
%sEOT
}

ephemeral "vonage_jwt" "later" {}

provider "vonage" {
  alias   = "later"
  api_url = %q
  jwt     = ephemeral.vonage_jwt.later.jwt
}

data "vonage_conversation" "call" {
  provider   = vonage.later
  id         = "CON-%s"
  depends_on = [terraform_data.application]
}
`, applicationA, env.URL, acctest.PrivateKey(keyA), env.URL, applicationA),
		ConfigStateChecks: []statecheck.StateCheck{
			statecheck.ExpectKnownValue("data.vonage_conversation.call", tfjsonpath.New("exists"), knownvalue.Bool(true)),
			keepsNoSecret{},
		},
	}}})
}
