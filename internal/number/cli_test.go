// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package number_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/vonage/terraform-provider-vonage/internal/acctest"
	"github.com/vonage/terraform-provider-vonage/internal/acctest/cli"
	"github.com/vonage/terraform-provider-vonage/internal/emulator"
)

func TestMain(m *testing.M) { cli.Main(m) }

// workspace is a configuration directory in which commands are run one by one, as users do.
type workspace struct {
	account

	terraform cli.CLI
	directory string
}

func (a account) workspace(configuration string) workspace {
	a.t.Helper()
	w := workspace{account: a, terraform: cli.New(a.t), directory: a.t.TempDir()}
	provider := a.ProviderConfig()
	if !strings.Contains(configuration, "required_providers") {
		provider += requiredProviders
	}
	for name, text := range map[string]string{"main.tf": configuration, "provider.tf": provider} {
		if err := os.WriteFile(filepath.Join(w.directory, name), []byte(text), 0o600); err != nil {
			a.t.Fatal(err)
		}
	}
	return w
}

const requiredProviders = "terraform {\n  required_providers {\n    vonage = {\n      source = \"vonage/vonage\"\n    }\n  }\n}\n"

func (w workspace) run(arguments ...string) {
	w.t.Helper()
	if _, err := w.terraform.Run(w.t.Context(), w.directory, append(arguments, "-no-color")...); err != nil {
		w.t.Fatal(err)
	}
}

// fails requires that a command fails and prints all the words.
func (w workspace) fails(words []string, arguments ...string) {
	w.t.Helper()
	_, err := w.terraform.Run(w.t.Context(), w.directory, append(arguments, "-no-color")...)
	if err == nil {
		w.t.Fatalf("terraform %s does not fail", arguments)
	}
	printed := strings.Join(strings.Fields(err.Error()), " ") // Terraform may break lines anywhere
	for _, word := range words {
		if !strings.Contains(printed, word) {
			w.t.Errorf("terraform %s does not say %q:\n%s", arguments, word, err)
		}
	}
}

// A tainted but intact number is kept, and brought up to date.
func TestUntaintKeepsANumber(t *testing.T) {
	t.Parallel()
	a := newAccount(t)
	a.offers(gb, nil)
	w := a.workspace("resource \"vonage_number\" \"main\" {\n  country = \"GB\"\n  msisdn  = \"447700900001\"\n}\n")
	w.run("apply", "-auto-approve")
	w.run("taint", theNumber)
	w.fails([]string{"Unable to destroy number " + gb, "terraform untaint"}, "apply", "-auto-approve")
	w.run("untaint", theNumber)
	w.run("plan", "-detailed-exitcode")
	w.fails([]string{"Unable to destroy number " + gb, "PREVENT"}, "apply", "-auto-approve", "-replace="+theNumber)
	w.run("plan", "-detailed-exitcode")
	w.fails([]string{"Unable to destroy number " + gb, "PREVENT"}, "destroy", "-auto-approve")
	a.kept()
}

// The documented way to rent numbers from a search. The search returns different numbers each time; the chosen ones stay
// the same.
func TestNumbersChosenFromASearch(t *testing.T) {
	t.Parallel()
	a := newAccount(t, acctest.WithEmulator(func(o *emulator.Options) { o.Variant.SearchDrifts = true }))
	id := func(i int) string { return fmt.Sprintf("GB/4477009000%02d", i) }
	for i := range 20 {
		a.offers(id(i), nil)
	}
	configuration, err := os.ReadFile("../../examples/guides/phone-numbers-search/main.tf")
	if err != nil {
		t.Fatal(err)
	}
	w := a.workspace(string(configuration))
	w.run("plan", "-out=tfplan")
	// Before the apply, one of the three is rented by somebody else, and cheaper ones are offered.
	a.Emulator.RemoveInventory(id(1))
	for i := range 10 {
		a.offers(id(30+i), values{"cost": "0.50"})
	}
	w.fails([]string{id(1) + " is neither among the account's numbers nor on offer"}, "apply", "tfplan")
	wantRented := func() {
		t.Helper()
		if bought := a.count(buy); !a.has(id(0)) || !a.has(id(2)) || bought != 2 || len(a.Emulator.Numbers()) != 2 {
			t.Errorf("%d numbers, %d purchases", len(a.Emulator.Numbers()), bought)
		}
	}
	wantRented()
	w.run("apply", "-auto-approve", `-var=lost=["447700900001"]`)
	a.offers(id(40), values{"cost": "0.01"})
	w.run("plan", "-detailed-exitcode", `-var=lost=["447700900001"]`)
	wantRented()
}

// A saved plan says what is wrong by the time of its apply, and Terraform finds no bug in the provider. With -replace, an
// imported object, which has no owner yet, is not taken for another one.
func TestSavedPlansAndReplacements(t *testing.T) {
	t.Parallel()
	a := newAccount(t)
	a.owns(gb, nil)
	w := a.workspace(fmt.Sprintf("resource %q \"main\" {\n  msisdn         = %q\n  application_id = %q\n}\n", linkType, digits, ours))
	w.run("plan", "-out=tfplan")
	a.Emulator.RemoveNumber(gb)
	w.fails([]string{"The account has no number " + digits}, "apply", "tfplan")
	a.owns("JE/"+digits, nil)
	w.run("plan", "-out=tfplan")
	a.Emulator.RemoveNumber("JE/" + digits)
	a.owns(gb, linkedTo(ours))
	w.run("apply", "tfplan")
	w.run("state", "rm", linkType+".main")
	w.run("import", linkType+".main", gb)
	w.run("apply", "-auto-approve", "-replace="+linkType+".main")
	w.run("plan", "-detailed-exitcode")
	if a.setting("app_id") != ours {
		t.Errorf("the number is linked to %q", a.setting("app_id"))
	}
}
