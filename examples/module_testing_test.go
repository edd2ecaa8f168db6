// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package examples_test

import (
	"os"
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

	if !strings.Contains(printed, "Success! 3 passed, 0 failed.") {
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
