// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package vonage_test

import (
	"errors"
	"net/http"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/vonage/terraform-provider-vonage/internal/vonage"
)

func TestCapturedSubaccounts(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]struct {
		balance, limit string
		subaccounts    []vonage.Subaccount
	}{
		"subaccounts_own_balances": {"29.6672", "0", []vonage.Subaccount{
			{
				APIKey: "qwer1234", PrimaryAPIKey: "test_api_key", Name: "second own balance subacct", Balance: "0.5", CreditLimit: "0",
				CreatedAt: "2023-06-07T10:50:44.000Z",
			},
			{
				APIKey: "1234qwer", PrimaryAPIKey: "test_api_key", Name: "own balance subaccount", Balance: "1.71", CreditLimit: "0",
				CreatedAt: "2023-06-09T13:52:43.000Z",
			},
		}},
		"subaccounts_shared_balance": {"", "", []vonage.Subaccount{{
			APIKey: "dfert466", PrimaryAPIKey: "acc6111f", Name: "Subaccount department B", Balance: "100.25", CreditLimit: "-100.25",
			CreatedAt: "2018-03-02T16:34:49Z", UsePrimaryBalance: true,
		}}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			list, err := replay(t, name).Subaccounts.List(t.Context())
			if err != nil || list.TotalBalance != want.balance || list.TotalCreditLimit != want.limit {
				t.Errorf("the totals are %q and %q, %v", list.TotalBalance, list.TotalCreditLimit, err)
			}
			if diff := cmp.Diff(want.subaccounts, all(t, list.All())); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestCapturedSubaccountWrites(t *testing.T) {
	t.Parallel()
	created, err := replay(t, "subaccount_created").Subaccounts.Create(t.Context(), vonage.NewSubaccount{Name: "test_subaccount", Secret: "1234asdfA"})
	want := vonage.Subaccount{
		APIKey: "1234qwer", PrimaryAPIKey: "test_api_key", Name: "test_subaccount", Secret: "SuperSecr3t", Balance: "0", CreditLimit: "0",
		CreatedAt: "2024-08-28T14:11:32.239Z",
	}
	if diff := cmp.Diff(want, created); diff != "" || err != nil {
		t.Errorf("%v\n%s", err, diff)
	}
	modified, err := replay(t, "subaccount_modified").Subaccounts.Update(t.Context(), "1234qwer",
		vonage.SubaccountChange{Suspended: new(true), Name: new("modified_test_subaccount")})
	want = vonage.Subaccount{
		APIKey: "1234qwer", PrimaryAPIKey: "asdf1234", Name: "modified_test_subaccount", Suspended: true, Balance: "0", CreditLimit: "0",
		CreatedAt: "2024-08-28T14:11:32.000Z",
	}
	if diff := cmp.Diff(want, modified); diff != "" || err != nil {
		t.Errorf("%v\n%s", err, diff)
	}
}

func TestCapturedTransfers(t *testing.T) {
	t.Parallel()
	since := time.Date(2023, time.August, 7, 10, 50, 44, 0, time.UTC)
	live := []vonage.MoneyTransfer{
		{ID: "6917b0ae-aed3-453c-a918-e37f6ef7b21a", From: "test_api_key", To: "asdfqwer", Amount: "0.01", CreatedAt: "2023-12-22T19:41:19.000Z"},
		{ID: "049adc07-5da1-4d13-bacd-0ee6a99ef948", From: "test_api_key", To: "asdfqwer", Amount: "0.5", CreatedAt: "2023-12-22T19:40:36.000Z"},
	}
	for name, want := range map[string]struct {
		money     vonage.Money
		transfers []vonage.MoneyTransfer
	}{
		"balance_transfers": {vonage.Balance, live},
		"credit_transfers":  {vonage.Credit, live},
		"credit_transfers_as_specified": {vonage.Credit, []vonage.MoneyTransfer{
			{
				ID: "07b5-46e1-a527-85530e625800", From: "7c9738e6", To: "ad6dc56f", Amount: "123.45", CreatedAt: "2019-03-02T16:34:49Z",
				Reference: "This gets added to the audit log",
			},
			{
				ID: "b9a8-43d2-c627-90f4c24a75e1", From: "2e7f8a4d", To: "e3b59f71", Amount: "987.65", CreatedAt: "2023-06-12T09:15:30Z",
				Reference: "Another credit transfer",
			},
		}},
	} {
		got, err := replay(t, name).Subaccounts.MoneyTransfers(t.Context(), want.money, since)
		if diff := cmp.Diff(want.transfers, got); diff != "" || err != nil {
			t.Errorf("%s: %v\n%s", name, err, diff)
		}
	}
	for name, asked := range map[string]vonage.MoneyTransfer{
		"balance_transferred": {
			ID: "a1a90387-fcf2-41dc-9beb-cfd82b6b994d", From: "test_api_key", To: "asdfqwer", Amount: "0.02", Reference: "A reference",
			CreatedAt: "2024-08-29T13:29:51.000Z",
		},
		"balance_transferred_as_specified": {
			ID: "07b5-46e1-a527-85530e625800", From: "acc6111f", To: "s5r3fds", Amount: "123.45", Reference: "this is a balance transfer",
			CreatedAt: "2019-03-02T16:34:49Z",
		},
	} {
		got, err := replay(t, name).Subaccounts.TransferMoney(t.Context(), vonage.Balance, asked, since)
		if diff := cmp.Diff(asked, got); diff != "" || err != nil {
			t.Errorf("%s: %v\n%s", name, err, diff)
		}
	}
}

func TestCapturedNumberTransfers(t *testing.T) {
	t.Parallel()
	asked := vonage.NumberTransfer{From: "test_api_key", To: "asdfqwer", Number: vonage.NumberKey{Country: "GB", MSISDN: "447700900000"}}
	if done, err := replay(t, "number_transferred").Subaccounts.TransferNumber(t.Context(), asked); err != nil || !done {
		t.Errorf("done: %t, %v", done, err)
	}
	_, err := replay(t, "number_transfer_suspended").Subaccounts.TransferNumber(t.Context(), asked)
	refusal, refused := errors.AsType[*vonage.Error](err)
	if !refused || refusal.Code != "invalid-number-transfer" || refusal.Status != http.StatusForbidden {
		t.Errorf("refused with %v", err)
	}
}
