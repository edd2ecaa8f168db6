// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package account_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/vonage/terraform-provider-vonage/internal/acctest"
)

const (
	listSubaccounts  = "GET /accounts/abcd1234/subaccounts"
	createSubaccount = "POST /accounts/abcd1234/subaccounts"
)

// TestSubaccount: one life from creation to suspension, with every request.
func TestSubaccount(t *testing.T) {
	t.Parallel()
	env := acctest.New(t)
	object, diags := env.Protocol(t).Change("vonage_subaccount", acctest.Object{}, values{"name": "staging"})
	diags.MustBeEmpty(t)
	env.WantCalls(t, listSubaccounts, createSubaccount)
	subaccounts := env.Emulator.Subaccounts()
	if len(subaccounts) != 1 {
		t.Fatalf("%d subaccounts", len(subaccounts))
	}
	key, secret := subaccounts[0].Credentials()
	want := values{
		"id": key, "api_key": key, "name": "staging", "suspended": false, "use_primary_account_balance": true, "secret": secret,
		"secret_wo": nil, "secret_wo_version": nil, "primary_account_api_key": "abcd1234", "created_at": object.State["created_at"],
		"deletion_policy": "SUSPEND", "timeouts": nil,
	}
	if diff := cmp.Diff(want, object.State); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(values{"api_key": key}, object.Identity); diff != "" {
		t.Error(diff)
	}

	p := env.Protocol(t)
	object, diags = p.Read("vonage_subaccount", object)
	diags.MustBeEmpty(t)
	if diff := cmp.Diff(want, object.State); diff != "" {
		t.Error(diff)
	}
	object, diags = p.Change("vonage_subaccount", object, values{"name": "production", "suspended": true})
	diags.MustBeEmpty(t)
	env.WantCalls(t, listSubaccounts, "PATCH /accounts/abcd1234/subaccounts/"+key)
	record := subaccounts[0].Record()
	if *record.Name != "production" || !*record.Suspended || !*record.UsePrimaryAccountBalance || object.State["secret"] != secret {
		t.Errorf("after the update it is %+v", record)
	}
	for _, id := range []string{key, "name=production"} {
		imported, diags := env.Protocol(t).Import("vonage_subaccount", id)
		diags.MustBeEmpty(t)
		if diff := cmp.Diff(acctest.With(object.State, values{"secret": nil, "created_at": imported.State["created_at"]}), imported.State); diff != "" {
			t.Errorf("imported by %s: %s", id, diff)
		}
	}
}
