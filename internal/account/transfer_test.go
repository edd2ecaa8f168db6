// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package account_test

import (
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/vonage/terraform-provider-vonage/internal/acctest"
	"github.com/vonage/terraform-provider-vonage/internal/emulator"
	"github.com/vonage/terraform-provider-vonage/internal/provider"
)

const tenant = "ad6dc56f"

// newTenant returns an account with a postpaid balance, a number, and a subaccount with money of its own.
func newTenant(t *testing.T, options ...acctest.Option) (*acctest.Env, *emulator.Account) {
	t.Helper()
	fixed := acctest.WithProvider(provider.WithClock(time.Now), provider.WithRandomText(func() string { return "ABCDEFGHIJKLMNOPQRSTUVWXYZ" }))
	env := acctest.New(t, append(options, fixed)...)
	opened, err := env.Emulator.OpenSubaccount(emulator.Opening{
		APIKey: tenant, APISecret: "Password1", Record: emulator.Record{UsePrimaryAccountBalance: new(false)},
	})
	for _, err := range []error{
		err, env.Emulator.Change(emulator.Record{CreditLimit: new("-100")}),
		env.Emulator.SeedNumber("GB/447700900001", values{"type": "mobile-lvn", "features": []any{"SMS"}}),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	return env, opened
}

var moving = values{"from": "abcd1234", "to": tenant, "amount": "12.50", "reference": "monthly"}

// TestMoneyTransfers: the exact amount arrives, under a reference that no other transfer has.
func TestMoneyTransfers(t *testing.T) {
	t.Parallel()
	for typeName, field := range map[string]func(emulator.Record) string{
		"vonage_balance_transfer": func(r emulator.Record) string { return *r.Balance },
		"vonage_credit_transfer":  func(r emulator.Record) string { return strings.TrimPrefix(*r.CreditLimit, "-") },
	} {
		t.Run(typeName, func(t *testing.T) {
			t.Parallel()
			env, opened := newTenant(t)
			progress, diags := env.Protocol(t).Invoke(typeName, moving)
			diags.MustBeEmpty(t)
			if len(progress) != 1 || !strings.Contains(progress[0], `reference "monthly (ABCDEFGHIJKLM)"`) || !strings.Contains(progress[0], "from abcd1234 to ad6dc56f") {
				t.Errorf("progress: %q", progress)
			}
			if moved := field(opened.Record()); moved != "12.50" {
				t.Errorf("%s EUR have arrived", moved)
			}
			requests := env.Emulator.Requests()
			if len(requests) != 1 || !strings.Contains(requests[0].Body, `"amount":12.50`) {
				t.Errorf("sent %+v", requests)
			}
		})
	}
}

// TestMoneyIsNeverMovedTwice: after a lost response, the list of transfers tells; if it is lost, too, the error has the reference.
func TestMoneyIsNeverMovedTwice(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		fault emulator.Fault
		moved string
		says  []string
	}{
		"answer lost":        {emulator.Fault{Kind: emulator.CloseAfter}, "12.50", nil},
		"answer late":        {emulator.Fault{Kind: emulator.StatusAfter, Status: http.StatusGatewayTimeout}, "12.50", nil},
		"everything lost":    {emulator.Fault{Kind: emulator.CloseAfter, Times: -1}, "12.50", []string{"may or may not", "monthly (ABCDEFGHIJKLM)"}},
		"request lost":       {emulator.Fault{Kind: emulator.CloseBefore}, "0.00", []string{"may or may not", "monthly (ABCDEFGHIJKLM)"}},
		"refused":            {emulator.Fault{Kind: emulator.Status, Status: http.StatusForbidden}, "0.00", []string{"403"}},
		"too many at a time": {emulator.Fault{Kind: emulator.Status, Status: http.StatusTooManyRequests, RetryAfter: "0"}, "12.50", nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				env, opened := newTenant(t, acctest.InMemory())
				env.Fail(t, test.fault)
				_, diags := env.Protocol(t, values{"max_retries": 1}).Invoke("vonage_balance_transfer", moving)
				if test.says == nil {
					diags.MustBeEmpty(t)
				} else {
					diags.MustFail(t, "", append(test.says, "Unable to make balance transfer")...)
				}
				if got := *opened.Record().Balance; got != test.moved {
					t.Errorf("%s EUR have arrived", got)
				}
			})
		})
	}
}

// TestNumberTransfer: a number that is there already is left as it is.
func TestNumberTransfer(t *testing.T) {
	t.Parallel()
	env, opened := newTenant(t)
	config := values{"from": "abcd1234", "to": tenant, "country": "gb", "msisdn": "+44 7700 900001"}
	for _, says := range []string{"moved from abcd1234 to ad6dc56f", "ad6dc56f had it already"} {
		progress, diags := env.Protocol(t).Invoke("vonage_number_transfer", config)
		diags.MustBeEmpty(t)
		if diff := cmp.Diff([]string{"number GB/447700900001: " + says}, progress); diff != "" {
			t.Error(diff)
		}
	}
	if _, there := opened.Number("GB/447700900001"); !there {
		t.Error("the subaccount does not have the number")
	}
	if err := opened.Change(emulator.Record{Suspended: new(true)}); err != nil {
		t.Fatal(err)
	}
	_, diags := env.Protocol(t).Invoke("vonage_number_transfer", values{"from": tenant, "to": "abcd1234", "country": "GB", "msisdn": "447700900001"})
	diags.MustFail(t, "", "Unable to make number transfer", "banned")
}

func TestTransfersAreChecked(t *testing.T) {
	t.Parallel()
	env, _ := newTenant(t)
	p := env.Protocol(t)
	for _, amount := range []string{"0", "0.00", "-1", "1,5", "1e3", "01", "", ".5", "1.", "€1"} {
		p.ValidateAction("vonage_balance_transfer", acctest.With(moving, values{"amount": amount})).MustFail(t, "amount")
	}
	for _, amount := range []any{"0.01", "1", "12.50", "100.00000001", acctest.Unknown} {
		p.ValidateAction("vonage_credit_transfer", acctest.With(moving, values{"amount": amount})).MustBeEmpty(t)
	}
	p.ValidateAction("vonage_balance_transfer", acctest.With(moving, values{"to": "abcd1234"})).MustFail(t, "to", "the same account")
	p.ValidateAction("vonage_balance_transfer", acctest.With(moving, values{"to": "not an API key"})).MustFail(t, "to", "API key")
	p.ValidateAction("vonage_balance_transfer", acctest.With(moving, values{"reference": strings.Repeat("x", 101)})).MustFail(t, "reference")
	_, diags := p.Invoke("vonage_balance_transfer", acctest.With(moving, values{"from": "0000dead"}))
	diags.MustFail(t, "from", "only between the primary account and one of its subaccounts", `"abcd1234"`)
	env.WantCalls(t)
	_, diags = p.Invoke("vonage_balance_transfer", acctest.With(moving, values{"amount": "100000"}))
	diags.MustFail(t, "", "Unable to make balance transfer", "exceeds")
}
