// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package acctest

import (
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"

	"github.com/vonage/terraform-provider-vonage/internal/terraformcli"
)

// Test runs a test case through the CLI that TF_ACC_TERRAFORM_PATH names, else terraform or tofu from PATH. Without a
// CLI the test is skipped; with CI set it fails instead, so that a pipeline without a CLI is noticed.
func (e *Env) Test(t *testing.T, testCase resource.TestCase) {
	t.Helper()
	if testing.Short() {
		t.Skip("left out with -short: it runs a CLI")
	}
	cli := prepareCLI()
	switch {
	case cli == "" && os.Getenv("CI") != "":
		t.Fatal("neither terraform nor tofu is on PATH, and in CI this test must not be skipped")
	case cli == "":
		t.Skip("neither terraform nor tofu is on PATH; install one to run this test")
	}
	if testCase.ProtoV6ProviderFactories == nil {
		testCase.ProtoV6ProviderFactories = e.Factories
	}
	resource.UnitTest(t, testCase)
}

// prepareCLI finds the CLI and sets, once per process and before any test uses them, the environment variables that
// control plugin-testing and the CLI: they can be configured in no other way.
var prepareCLI = sync.OnceValue(func() string {
	cli, err := terraformcli.Find()
	if err != nil {
		return ""
	}
	environment := map[string]string{
		"TF_ACC_TERRAFORM_PATH": cli,
		"CHECKPOINT_DISABLE":    "1",
		// The developer's own configuration must not be used. A file that does not exist would cause a warning in front of
		// OpenTofu's version, which could then not be parsed.
		"TF_CLI_CONFIG_FILE": os.DevNull,
	}
	if strings.Contains(filepath.Base(cli), "tofu") {
		environment["TF_ACC_PROVIDER_HOST"] = "registry.opentofu.org"
	}
	for name, value := range environment {
		if err := os.Setenv(name, value); err != nil {
			return ""
		}
	}
	return cli
})
