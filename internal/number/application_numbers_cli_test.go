// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package number_test

import (
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/vonage/terraform-provider-vonage/internal/acctest"
)

// moved is how many numbers the recipes move from one form to the other: more than a page. What Terraform does for each
// grows with their number.
const moved = 110

const manyNumbers = `
locals {
  numbers = toset([for i in range(%d) : format("44770090%%04d", i)])
}
`

const linkOfEach = `
resource "vonage_number_link" "each" {
  for_each       = local.numbers
  msisdn         = each.key
  application_id = %q
}
`

const allTogether = `
resource "vonage_application_numbers" "all" {
  application_id = %q
  numbers        = local.numbers
}
`

// Numbers move from single links to one object and back without a write to Vonage: the recipes of the guide "Large
// accounts".
func TestNumbersMoveBetweenBothForms(t *testing.T) {
	t.Parallel()
	a := newAccount(t)
	a.ownsMany(moved, linkedTo(ours))
	numbers := fmt.Sprintf(manyNumbers, moved)
	w := a.workspace(numbers + fmt.Sprintf(linkOfEach, ours))
	w.run("apply", "-auto-approve") // the links exist, so this writes nothing either
	for _, step := range []struct{ name, configuration string }{
		{"to one object", fmt.Sprintf(allTogether, ours) + `
removed {
  from = vonage_number_link.each
  lifecycle { destroy = false }
}

import {
  to = vonage_application_numbers.all
  id = "` + ours + `"
}
`},
		{"and back", fmt.Sprintf(linkOfEach, ours) + `
removed {
  from = vonage_application_numbers.all
  lifecycle { destroy = false }
}

import {
  for_each = local.numbers
  to       = vonage_number_link.each[each.key]
  id       = each.key
}
`},
	} {
		w.configure(numbers + step.configuration)
		w.run("apply", "-auto-approve")
		w.run("plan", "-detailed-exitcode")
		for _, request := range a.Emulator.Requests() {
			if request.Method != http.MethodGet {
				t.Fatalf("%s: %s %s was sent", step.name, request.Method, request.Path)
			}
		}
		if n := len(a.linkedOnes(ours)); n != moved {
			t.Errorf("%s: %d are linked", step.name, n)
		}
	}
}

func (w workspace) configure(configuration string) {
	w.t.Helper()
	if err := os.WriteFile(filepath.Join(w.directory, "main.tf"), []byte(configuration), 0o600); err != nil {
		w.t.Fatal(err)
	}
}

// The numbers are rented by the same apply: their ids are known only then.
func TestApplicationNumbersThatAreRentedFirst(t *testing.T) {
	t.Parallel()
	a := newAccount(t)
	for i := range 3 {
		a.offers("GB/"+nth(i), nil)
	}
	configuration := `
resource "vonage_number" "rented" {
  for_each        = toset(["` + nth(0) + `", "` + nth(1) + `", "` + nth(2) + `"])
  country         = "GB"
  msisdn          = each.key
  deletion_policy = "DELETE"
}

resource "vonage_application_numbers" "all" {
  application_id = "` + ours + `"
  numbers        = [for number in vonage_number.rented : number.id]
}
`
	w := a.workspace(configuration)
	w.run("apply", "-auto-approve")
	a.wantLinked(ours, upTo(3)...)
	w.run("plan", "-detailed-exitcode")
	w.configure(strings.Replace(configuration, `, "`+nth(1)+`"`, "", 1)) // one is cancelled, and no longer listed
	w.run("apply", "-auto-approve")
	a.wantLinked(ours, nth(0), nth(2))
	w.run("plan", "-detailed-exitcode")
	w.run("destroy", "-auto-approve")
	if n := len(a.Emulator.Numbers()); n > 0 {
		t.Errorf("%d numbers are left", n)
	}
}

// A tainted resource is replaced without a write to the links that stand.
func TestTaintedApplicationNumbersAreFinished(t *testing.T) {
	t.Parallel()
	var refused refusing
	a := newAccount(t, acctest.Around(refused.around))
	a.ownsMany(4, nil)
	w := a.workspace(fmt.Sprintf(manyNumbers, 4) + fmt.Sprintf(allTogether, ours))
	refused.only(420, nth(2))
	w.fails([]string{"Unable to link the numbers of application " + ours, nth(2)}, "apply", "-auto-approve")
	a.wantLinked(ours, nth(0), nth(1), nth(3))
	refused.only(0)
	a.Emulator.ResetRequests()
	w.run("apply", "-auto-approve")
	a.wantLinked(ours, upTo(4)...)
	if n := a.count(update); n != 1 {
		t.Errorf("%d updates", n)
	}
	w.run("plan", "-detailed-exitcode")
	w.run("destroy", "-auto-approve")
	a.wantLinked(ours)
}
