// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package sip_test

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/vonage/terraform-provider-vonage/internal/acctest"
	"github.com/vonage/terraform-provider-vonage/internal/emulator"
)

func TestUserLifeCycle(t *testing.T) {
	t.Parallel()
	a := under(t, emulator.Variant{SIPSecretsShown: true})
	a.has(nil)
	user, diags := a.Protocol(t).Change(userType, acctest.Object{}, userConfig(nil))
	diags.MustBeEmpty(t)
	a.WantCalls(t, getUsers, getUser, postUser, getUser)
	want := values{"id": name + "/desk-1", "domain": name, "key": "desk-1", "secret_wo": nil, "secret_wo_version": int64(1), "timeouts": nil}
	if diff := cmp.Diff(fmt.Sprint(want), fmt.Sprint(user.State)); diff != "" {
		t.Errorf("state (-want +got):\n%s", diff)
	}
	if a.secretOf("desk-1") != secret {
		t.Errorf("the secret is %q", a.secretOf("desk-1"))
	}
	user, diags = a.Protocol(t).Change(userType, user, userConfig(values{"secret_wo": otherSecret, "secret_wo_version": 2}))
	diags.MustBeEmpty(t)
	a.WantCalls(t, getUser, putUser)
	if a.secretOf("desk-1") != otherSecret {
		t.Errorf("the new secret is %q", a.secretOf("desk-1"))
	}
	// Another value of the same version is not sent: nobody can see that it is another one.
	user, diags = a.Protocol(t).Change(userType, user, userConfig(values{"secret_wo": secret, "secret_wo_version": 2}))
	diags.MustBeEmpty(t)
	a.WantCalls(t)
	_, diags = a.Protocol(t).Change(userType, user, nil)
	diags.MustBeEmpty(t)
	a.WantCalls(t, deleteUser)
	if a.secretOf("desk-1") != "" {
		t.Error("the user is still there")
	}
}

// TestShortSecretsFailThePlan: validation lets pass what a mocked provider may have made up; the plan does not.
func TestShortSecretsFailThePlan(t *testing.T) {
	t.Parallel()
	a := newAccount(t)
	a.has(nil)
	user := a.create(userType, userConfig(nil))
	for _, word := range []string{"Short1", "abcdefghijk1"} {
		config := userConfig(values{"key": "desk-2", "secret_wo": word})
		_, diags := a.Protocol(t).Plan(userType, acctest.Object{}, config)
		diags.MustFail(t, "secret_wo", "12 to 64")
		_, diags = a.Protocol(t).Plan(userType, user, userConfig(values{"secret_wo": word, "secret_wo_version": 2}))
		diags.MustFail(t, "secret_wo", "12 to 64")
	}
}

// TestImportedUserKeepsItsSecret: the first version is recorded, the second sent.
func TestImportedUserKeepsItsSecret(t *testing.T) {
	t.Parallel()
	a := newAccount(t)
	a.has(nil, "desk-1")
	user, diags := a.Protocol(t).Import(userType, name+"/desk-1")
	diags.MustBeEmpty(t)
	byIdentity, diags := a.Protocol(t).ImportIdentity(userType, values{"domain": name, "key": "desk-1"})
	diags.MustBeEmpty(t)
	if diff := cmp.Diff(user.State, byIdentity.State); diff != "" {
		t.Errorf("by identity (-id +identity):\n%s", diff)
	}
	a.Calls()
	user, diags = a.Protocol(t).Change(userType, user, userConfig(nil))
	diags.MustBeEmpty(t)
	a.WantCalls(t)
	if a.secretOf("desk-1") != otherSecret {
		t.Error("the secret was sent")
	}
	_, diags = a.Protocol(t).Change(userType, user, userConfig(values{"secret_wo_version": 2}))
	diags.MustBeEmpty(t)
	if a.secretOf("desk-1") != secret {
		t.Error("the second version was not sent")
	}
	for _, id := range []string{"desk-1", "/desk-1", name + "/", name + "/a/b"} {
		_, diags = a.Protocol(t).Import(userType, id)
		diags.MustFail(t, "", "Invalid import id")
	}
	_, diags = a.Protocol(t).ImportIdentity(userType, values{"domain": name, "key": "a/b"})
	diags.MustFail(t, "", `"`+name+`/a/b"`)
	_, diags = a.Protocol(t).Import(userType, name+"/desk-2")
	diags.MustFail(t, "", "Unable to read")
}

// TestUsersOfOddDomains: a domain that cannot be read has its users in the list, and one that is gone since it was listed has none.
func TestUsersOfOddDomains(t *testing.T) {
	t.Parallel()
	a := newAccount(t)
	a.has(values{"acl": values{"a": 1}}, "desk-1")
	if err := a.Emulator.Documents("sip_domains").Seed("late-pbx", values{"acl": []any{}, "users": values{"door": values{"secret": secret}}}); err != nil {
		t.Fatal(err)
	}
	a.Fail(t, emulator.Fault{
		Kind: emulator.Status, Path: "/v1/psip/late-pbx/users", Status: 404, Times: -1,
		Body: `{"type":"https://www.nexmo.com/messages/Errors#NotFound","title":"Invalid domain selected"}`,
	})
	results, diags := a.Protocol(t).List(userType, values{}, 100, true)
	diags.MustBeEmpty(t)
	if len(results) != 1 || results[0].DisplayName != "desk-1 of "+name {
		t.Errorf("listed %v", results)
	}
}

// TestFullDomains: the plan warns of a domain that has all the users that it can have, and the error says how many those are.
func TestFullDomains(t *testing.T) {
	t.Parallel()
	a := newAccount(t)
	users := make([]string, 200)
	for i := range users {
		users[i] = fmt.Sprint("u", i)
	}
	a.has(nil, users[1:]...)
	plan, diags := a.Protocol(t).Plan(userType, acctest.Object{}, userConfig(nil))
	diags.MustBeEmpty(t)
	a.has(nil, users...)
	_, diags = a.Protocol(t).Apply(plan)
	diags.MustFail(t, "", "Too many users", "at most 200 users")
	_, diags = a.Protocol(t).Plan(userType, acctest.Object{}, userConfig(nil))
	diags.MustWarn(t, "domain", "is full", "200")
}
