// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package examples_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/vonage/terraform-provider-vonage/internal/emulator"
)

// The example's own tests pass when run as in the guide: with the account of its seed file, which they leave unchanged
// except for the cost of the rented number.
func TestModuleTesting(t *testing.T) {
	t.Parallel()

	account, directory := moduleTesting(t)
	offered := account.Emulator.Inventory()

	printed, err := account.terraform.Run(t.Context(), directory, "test", "-no-color")
	if err != nil {
		t.Fatal(err)
	}

	if !strings.Contains(printed, "Success! 5 passed, 0 failed.") {
		t.Errorf("terraform test:\n%s", printed)
	}

	account.mustHold(t, map[string]any{})

	if diff := cmp.Diff(offered, account.Emulator.Inventory()); diff != "" {
		t.Errorf("the number was not given back (-before +after):\n%s", diff)
	}

	if balance := account.Emulator.Balance(); balance != "3.75" {
		t.Errorf("the balance is %s, as if nothing had been rented for 1.25", balance)
	}
}

// The block of the guide for an emulator with a name of its own does not disturb the tests elsewhere.
func TestModuleTestingWithAllowedHost(t *testing.T) {
	t.Parallel()

	account, directory := moduleTesting(t)
	_, after, _ := strings.Cut(contents(t, "../docs/guides/testing-modules.md"), "```hcl\n")
	block, _, _ := strings.Cut(after, "```")

	if !strings.Contains(block, `allow_http_hosts = ["vonage-emulator"]`) {
		t.Fatalf("the guide has another block: %s", block)
	}

	path := filepath.Join(directory, "tests", "hotline.tftest.hcl")
	if err := os.WriteFile(path, []byte(block+contents(t, path)), 0o600); err != nil {
		t.Fatal(err)
	}

	printed, err := account.terraform.Run(t.Context(), directory, "test", "-no-color", "-filter=tests/hotline.tftest.hcl")
	if err != nil || !strings.Contains(printed, "Success! 3 passed, 0 failed.") {
		t.Errorf("terraform test: %v\n%s", err, printed)
	}
}

// The tests fail if the number cannot be rented.
func TestModuleTestingFails(t *testing.T) {
	t.Parallel()

	account, directory := moduleTesting(t)
	account.Emulator.RemoveInventory("GB/447700900100")

	_, err := account.terraform.Run(t.Context(), directory, "test", "-no-color")
	if err == nil || !strings.Contains(err.Error(), "447700900100") {
		t.Errorf("the number that could not be rented is not named: %v", err)
	}

	account.mustHold(t, map[string]any{})
}

// The tests with mocks pass without credentials, and ask nothing.
func TestModuleTestingWithMocks(t *testing.T) {
	t.Parallel()

	account, directory := moduleTesting(t)
	nobody := account.terraform.With(map[string]string{
		"VONAGE_API_KEY": "", "VONAGE_API_SECRET": "", "VONAGE_APPLICATION_ID": "", "VONAGE_PRIVATE_KEY": "",
	})

	printed, err := nobody.Run(t.Context(), directory, "test", "-no-color", "-filter=tests/mocked.tftest.hcl", "-filter=tests/mocked_values.tftest.hcl")
	if err != nil || !strings.Contains(printed, "Success! 2 passed, 0 failed.") {
		t.Errorf("terraform test: %v\n%s", err, printed)
	}

	if requests := account.Emulator.Requests(); len(requests) > 0 {
		t.Errorf("%d requests were sent", len(requests))
	}
}

// references passes computed values of this provider to every argument that takes one.
const references = `
terraform {
  required_providers {
    vonage = { source = "vonage/vonage" }
  }
}

resource "vonage_application" "one" {
  name = "one"
}

resource "vonage_application" "two" {
  name       = "two"
  public_key = vonage_application.one.public_key
}

data "vonage_application" "one" {
  id = vonage_application.one.id
}

data "vonage_number" "some" {
  msisdn = "447700900100"
}

data "vonage_number" "same" {
  msisdn  = data.vonage_number.some.msisdn
  country = data.vonage_number.some.country
}

data "vonage_numbers" "linked" {
  country        = data.vonage_number.some.country
  application_id = vonage_application.one.id
}

data "vonage_available_numbers" "similar" {
  country = data.vonage_number.some.country
}

resource "vonage_number" "some" {
  country = data.vonage_number.some.country
  msisdn  = data.vonage_number.some.msisdn
}

resource "vonage_number_link" "some" {
  country        = data.vonage_number.some.country
  msisdn         = data.vonage_number.some.msisdn
  application_id = data.vonage_application.one.id
}
`

// A mocked provider's random text is accepted wherever a value of this provider can be passed on.
func TestMockedReferences(t *testing.T) {
	t.Parallel()

	account, directory := newEmptyAccount(t), t.TempDir()
	for name, content := range map[string]string{
		"main.tf":           references,
		"mocked.tftest.hcl": "mock_provider \"vonage\" {}\n\nrun \"apply\" {}\n",
	} {
		if err := os.WriteFile(filepath.Join(directory, name), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}

	printed, err := account.terraform.Run(t.Context(), directory, "test", "-no-color")
	if err != nil || !strings.Contains(printed, "Success! 1 passed, 0 failed.") {
		t.Errorf("terraform test: %v\n%s", err, printed)
	}
}

// moduleTesting returns the account of the example's seed file, and a copy of the example.
func moduleTesting(t *testing.T) (account, string) {
	t.Helper()

	text, err := os.ReadFile("module-testing/account.json")
	if err != nil {
		t.Fatal(err)
	}

	seed, err := emulator.ParseSeed(text)
	if err != nil {
		t.Fatal(err)
	}

	account, directory := newEmptyAccount(t), t.TempDir()
	if err := account.Emulator.Load(seed); err != nil {
		t.Fatal(err)
	}

	if err := os.CopyFS(directory, os.DirFS("module-testing")); err != nil {
		t.Fatal(err)
	}

	return account, directory
}
