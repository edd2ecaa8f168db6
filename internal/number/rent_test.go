// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package number_test

import (
	"net/http"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/vonage/terraform-provider-vonage/internal/acctest"
	"github.com/vonage/terraform-provider-vonage/internal/emulator"
)

func TestNumberThatCostsTooMuchIsNotRented(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		offer, limits values
		attribute     string // the attribute of the error; "" if none
		words         []string
	}{
		"monthly, above": {
			values{"cost": "1.26"}, values{"max_monthly_cost": "1.25"}, "max_monthly_cost", []string{"1.26 EUR", "1.25", "nothing was bought"},
		},
		"monthly, as decimals":   {values{"cost": "10.00"}, values{"max_monthly_cost": "9.5"}, "max_monthly_cost", []string{"10.00 EUR"}},
		"monthly, exactly":       {values{"cost": "1.250"}, values{"max_monthly_cost": "1.25"}, "", nil},
		"monthly, not stated":    {values{"cost": ""}, values{"max_monthly_cost": "1.25"}, "max_monthly_cost", []string{"no monthly price"}},
		"initial, above":         {values{"initialPrice": "0.51"}, values{"max_initial_cost": "0.5"}, "max_initial_cost", []string{"0.51 EUR"}},
		"initial, below":         {values{"initialPrice": "0.49"}, values{"max_initial_cost": "0.5", "max_monthly_cost": "2"}, "", nil},
		"initial, not stated":    {values{"initialPrice": ""}, values{"max_initial_cost": "0"}, "max_initial_cost", []string{"no initial price"}},
		"no limit, not stated":   {values{"cost": "", "initialPrice": ""}, nil, "", nil},
		"free":                   {values{"cost": "0.00", "initialPrice": "0"}, values{"max_monthly_cost": "0", "max_initial_cost": "0"}, "", nil},
		"only the first of both": {values{"cost": "5", "initialPrice": "5"}, values{"max_monthly_cost": "9", "max_initial_cost": "1"}, "max_initial_cost", nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := newAccount(t)
			a.offers(gb, test.offer)
			_, diags := a.create(numberType, gbNumber(test.limits))
			if test.attribute == "" {
				diags.MustBeEmpty(t)
			} else {
				diags.MustFail(t, test.attribute, test.words...)
			}
			if a.has(gb) != (test.attribute == "") || a.count(buy) != 0 && test.attribute != "" {
				t.Errorf("%v with %v: rented is %t", test.offer, test.limits, a.has(gb))
			}
		})
	}
}

func TestNumberNotOnOffer(t *testing.T) {
	t.Parallel()
	a := newAccount(t)
	_, diags := a.create(numberType, gbNumber(nil))
	diags.MustFail(t, "msisdn", "neither among the account's numbers nor on offer", "vonage_available_numbers")
	a.WantCalls(t, list, search)
}

// Vonage uses one label for all refusals, so the provider looks for the cause.
func TestNumberRefusedByVonage(t *testing.T) {
	t.Parallel()
	methodFailed := emulator.Fault{
		Method: http.MethodPost, Path: "/number/buy", Kind: emulator.Status, Status: 420, Body: `{"error-code":"420","error-code-label":"method failed"}`,
	}
	for name, test := range map[string]struct {
		prepare func(*account)
		words   string
	}{
		"taken meanwhile": {func(a *account) { *a = newRace(a.t, func(a account) { a.Emulator.RemoveInventory(gb) }) }, "somebody else has rented it"},
		"on offer":        {func(a *account) { a.Fail(t, methodFailed) }, "still on offer"},
		"address needed":  {func(a *account) { a.offers(gb, values{"address_required": true}) }, "valid local address"},
		"no money": {func(a *account) {
			if err := a.Emulator.SetBalance("0.10"); err != nil {
				a.t.Fatal(err)
			}
		}, "balance"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := newAccount(t)
			test.prepare(&a)
			if len(a.Emulator.Inventory()) == 0 {
				a.offers(gb, nil)
			}
			object, diags := a.create(numberType, gbNumber(nil))
			diags.MustFail(t, "", "Unable to rent number "+gb, test.words)
			if a.has(gb) || object.State != nil {
				t.Errorf("the account has the number (%t), or the state has: %v", a.has(gb), object.State)
			}
		})
	}
}

// newRace returns an account in which meanwhile is called just before the first purchase.
func newRace(t *testing.T, meanwhile func(account)) account {
	t.Helper()
	var a account
	happened := false
	a = newAccount(t, acctest.WithEmulator(func(o *emulator.Options) {
		o.Received = func(r emulator.Request) {
			if r.Path == "/number/buy" && !happened {
				happened = true
				meanwhile(a)
			}
		}
	}))
	return a
}

func TestNumberBoughtByOurselvesMeanwhileIsAdopted(t *testing.T) {
	t.Parallel()
	a := newRace(t, func(a account) { a.owns(gb, nil) })
	a.offers(gb, nil)
	object, diags := a.create(numberType, gbNumber(nil))
	diags.MustWarn(t, "", "adopted")
	if object.State["monthly_cost"] != nil {
		t.Error("states a cost that was not paid here")
	}
}

func TestNumberWithoutAnAnswerIsNotBoughtTwice(t *testing.T) {
	t.Parallel()
	a := newAccount(t)
	a.offers(gb, nil)
	a.Fail(t, emulator.Fault{Method: http.MethodPost, Path: "/number/buy", Kind: emulator.CloseAfter})
	object := a.mustCreate(numberType, gbNumber(nil))
	a.WantCalls(t, list, search, buy, list)
	if diff := cmp.Diff(rentedState(nil), object.State); diff != "" {
		t.Errorf("state (-want +got):\n%s", diff)
	}
}

// A purchase with unknown outcome stays in the state until a refresh can determine it.
func TestNumberWhosePurchaseIsInDoubt(t *testing.T) {
	t.Parallel()
	for _, bought := range []bool{false, true} {
		a := newAccount(t)
		a.offers(gb, nil)
		kind := emulator.CloseBefore
		if bought {
			kind = emulator.CloseAfter
			a.Fail(t, emulator.Fault{
				Method: http.MethodGet, Path: "/account/numbers", After: 1, Kind: emulator.Status, Status: http.StatusForbidden, Body: "{}",
			})
		}
		a.Fail(t, emulator.Fault{Method: http.MethodPost, Path: "/number/buy", Kind: kind})
		object, diags := a.create(numberType, gbNumber(nil))
		diags.MustFail(t, "", "outcome of renting number "+gb+" is unknown")
		if object.State["msisdn"] != digits || object.State["id"] != nil {
			t.Fatalf("the state keeps %v", object.State)
		}
		refreshed, diags := a.Protocol(t).Read(numberType, object)
		if bought {
			diags.MustBeEmpty(t)
		} else {
			diags.MustWarn(t, "", "number "+gb, "perhaps it was never rented")
		}
		if (refreshed.State != nil) != bought {
			t.Errorf("bought is %t, and a refresh gives %v", bought, refreshed.State)
		}
		if n := a.count(buy); n != 1 {
			t.Errorf("%d purchases", n)
		}
	}
}
