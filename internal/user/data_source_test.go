// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package user_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/vonage/terraform-provider-vonage/internal/acctest"
	"github.com/vonage/terraform-provider-vonage/internal/vonage"
)

// signed returns a token of an application for which the provider has no key.
func signed(t *testing.T, applicationID string) string {
	t.Helper()
	token, err := vonage.Claims{ApplicationID: applicationID, IssuedAt: time.Now().Add(-time.Minute), ExpiresAt: time.Now().Add(time.Hour)}.Sign(acctest.Key(0))
	if err != nil {
		t.Fatal(err)
	}
	return token
}

func TestDataSources(t *testing.T) {
	t.Parallel()
	a := newAccount(t)
	object := a.create(everything())
	id := object.State["id"]
	want := acctest.With(everything(), values{"id": id, "channels": acctest.With(everything()["channels"].(values), values{
		"pstn": number("447700900001"), "sip": []any{values{"uri": "sip:alice@example.com", "username": "alice"}},
	})})
	for _, asked := range []values{{"id": id}, {"name": "alice"}} {
		got, diags := a.run().ReadDataSource(userType, asked)
		diags.MustBeEmpty(t)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%v (-want +got):\n%s", asked, diff)
		}
	}
	a.WantCalls(t, getUser, listUsers, getUser)
	p := a.run()
	for range 3 { // shared
		_, diags := p.ReadDataSource(userType, values{"id": id})
		diags.MustBeEmpty(t)
	}
	a.WantCalls(t, getUser)
	for _, asked := range []values{{"id": "USR-0"}, {"name": "nobody"}} {
		_, diags := a.run().ReadDataSource(userType, asked)
		diags.MustFail(t, "", "Unable to read user", "application "+ours)
	}
	_, diags := a.run().ReadDataSource(userType, values{"id": "jp4146p4"})
	diags.MustFail(t, "id", "Invalid user id")

	a.has("USR-0", values{"name": "bare"})
	got, diags := a.run().ReadDataSource(userType, values{"id": "USR-0"})
	diags.MustBeEmpty(t)
	if diff := cmp.Diff(values{"id": "USR-0", "name": "bare", "display_name": nil, "image_url": nil, "custom_data": nil, "ttl": nil, "channels": nil}, got); diff != "" {
		t.Error(diff)
	}
	got, diags = a.run().ReadDataSource("vonage_users", values{})
	diags.MustBeEmpty(t)
	users := []any{values{"id": "USR-0", "name": "bare", "display_name": nil}, values{"id": id, "name": "alice", "display_name": "Alice"}}
	if diff := cmp.Diff(values{"users": users}, got); diff != "" {
		t.Error(diff)
	}
}

// TestListsReadPages: pages of 100, and only as many as are asked for. Users are read one by one only to include them.
func TestListsReadPages(t *testing.T) {
	t.Parallel()
	a := newAccount(t)
	for i := range 120 {
		a.has(fmt.Sprintf("USR-%08d-0000-4000-8000-000000000000", i), values{"name": fmt.Sprint("u", i), "channels": values{"vbc": []any{values{"extension": "1"}}}})
	}
	got, diags := a.run().ReadDataSource("vonage_users", values{})
	diags.MustBeEmpty(t)
	if users, _ := got["users"].([]any); len(users) != 120 {
		t.Errorf("%d users", len(users))
	}
	a.WantCalls(t, listUsers, listUsers)
	listed, diags := a.run().List(userType, values{}, 50, false)
	diags.MustBeEmpty(t)
	if len(listed) != 50 || listed[49].DisplayName != "u49" {
		t.Errorf("listed %d", len(listed))
	}
	a.WantCalls(t, listUsers)
	listed, diags = a.run().List(userType, values{}, 2, true)
	diags.MustBeEmpty(t)
	a.WantCalls(t, listUsers, getUser, getUser)
	want := values{"id": "USR-00000001-0000-4000-8000-000000000000", "name": "u1", "display_name": nil, "image_url": nil, "custom_data": nil, "ttl": nil, "timeouts": nil}
	channels, _ := listed[1].Resource["channels"].(values)
	if diff := cmp.Diff(acctest.With(want, values{"channels": channels}), listed[1].Resource); diff != "" || channels["vbc"] == nil {
		t.Error(diff)
	}
}
