// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package user_test

import (
	"fmt"
	"net/http"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/vonage/terraform-provider-vonage/internal/acctest"
	"github.com/vonage/terraform-provider-vonage/internal/emulator"
	"github.com/vonage/terraform-provider-vonage/internal/provider"
)

// TestTakenNamesPointToImport: nothing is overwritten, and the error says how to import what is there.
func TestTakenNamesPointToImport(t *testing.T) {
	t.Parallel()
	a := newAccount(t)
	a.has("USR-1", values{"name": "alice"})
	_, diags := a.run().Change(userType, acctest.Object{}, values{"name": "alice"})
	diags.MustFail(t, "name", "Unable to create", "import block", `"USR-1"`, "create_before_destroy")
	a.WantCalls(t, listUsers)
	bob := a.create(values{"name": "bob"})
	_, diags = a.run().Change(userType, bob, values{"name": "alice"})
	diags.MustFail(t, "name", "Unable to update", "import block", `"name=alice"`)
	// Another application may have the name as well.
	_, diags = a.other().Change(userType, acctest.Object{}, values{"name": "alice"})
	diags.MustBeEmpty(t)
}

// TestReplacement: the name is free again when the user that had it is deleted, although reads show it for a while.
func TestReplacement(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		a := newAccount(t, acctest.InMemory(), variant(emulator.Variant{Settling: 2 * time.Second}))
		object := a.create(values{"name": "alice"})
		<-time.After(time.Minute)
		p := a.run()
		_, diags := p.Destroy(userType, object)
		diags.MustBeEmpty(t)
		next, diags := p.Change(userType, acctest.Object{}, values{"name": "alice"})
		diags.MustBeEmpty(t)
		if len(a.Emulator.Documents("users").All()) != 1 || next.State["id"] == object.State["id"] {
			t.Errorf("the account has %v", a.Emulator.Documents("users").All())
		}
	})
}

// TestReadersOfANewUser: whoever reads a user in the run that has created it waits until Vonage shows it.
func TestReadersOfANewUser(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		a := newAccount(t, acctest.InMemory(), variant(emulator.Variant{Settling: 3 * time.Second}))
		run := a.run()
		object, diags := run.Change(userType, acctest.Object{}, values{"name": "alice"})
		diags.MustBeEmpty(t)
		_, diags = run.ReadDataSource(userType, values{"id": object.State["id"]})
		diags.MustBeEmpty(t)
		_, diags = run.Change(userType, object, nil)
		diags.MustBeEmpty(t)
		if len(a.Emulator.Documents("users").All()) != 0 {
			t.Error("the user is still there")
		}
	})
}

// TestANewUserIsNotGone: a user that is not shown right after its creation is waited for, stays in the state, and can be changed and deleted.
func TestANewUserIsNotGone(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, time.January, 1, 0, 0, 0, 0, time.UTC)
	var passed atomic.Int64
	clock := acctest.WithProvider(provider.WithClock(func() time.Time { return at.Add(time.Duration(passed.Load())) }))
	for _, slow := range []time.Duration{3 * time.Second, time.Minute} {
		synctest.Test(t, func(t *testing.T) {
			passed.Store(0)
			a := newAccount(t, acctest.InMemory(), clock, variant(emulator.Variant{Settling: slow}))
			object := a.create(values{"name": "alice"})
			read, diags := a.run().Read(userType, object)
			if slow == time.Minute {
				diags.MustWarn(t, "", "not shown yet", "2026-01-01T00:05:00Z")
			} else {
				diags.MustBeEmpty(t)
			}
			if diff := cmp.Diff(object.State, read.State); diff != "" {
				t.Errorf("the state changed:\n%s", diff)
			}
			<-time.After(slow)
			a.Emulator.Documents("users").Remove(fmt.Sprint(object.State["id"]))
			passed.Store(int64(time.Hour))
			gone, diags := a.run().Read(userType, read)
			diags.MustBeEmpty(t)
			if gone.State != nil {
				t.Error("a user that was deleted is still in the state")
			}
		})
	}
	synctest.Test(t, func(t *testing.T) {
		passed.Store(0)
		a := newAccount(t, acctest.InMemory(), clock, variant(emulator.Variant{Settling: 3 * time.Second}))
		object := a.create(values{"name": "alice"})
		object, diags := a.run().Change(userType, object, values{"name": "bob"})
		diags.MustBeEmpty(t)
		_, diags = a.run().Change(userType, object, nil)
		diags.MustBeEmpty(t)
		if left := a.Emulator.Documents("users").All(); len(left) > 0 {
			t.Errorf("left over: %v", left)
		}
	})
}

// TestLostCreation: a POST without a response is not repeated. Its user is adopted if it is as it was to be, and no other is.
func TestLostCreation(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		meanwhile values // what is there when the look-up comes
		problem   string
	}{
		"as it was to be": {},
		"another one":     {values{"name": "alice", "display_name": "Somebody else"}, "is not as it was to be"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				var a account
				a = newAccount(t, acctest.InMemory(), acctest.Around(func(next http.Handler) http.Handler {
					return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
						if r.Method == http.MethodPost && test.meanwhile != nil {
							a.has("USR-2", test.meanwhile)
							panic(http.ErrAbortHandler)
						}
						next.ServeHTTP(w, r)
					})
				}))
				if test.meanwhile == nil {
					a.Fail(t, emulator.Fault{Method: "POST", Kind: emulator.CloseAfter})
				}
				object, diags := a.run().Change(userType, acctest.Object{}, values{"name": "alice", "ttl": 60})
				if test.problem == "" {
					diags.MustBeEmpty(t)
					if a.stored(object) == nil || len(a.Emulator.Documents("users").All()) != 1 {
						t.Errorf("the account has %v", a.Emulator.Documents("users").All())
					}
					return
				}
				diags.MustFail(t, "", test.problem, "may or may not")
				read, diags := a.run().Read(userType, object)
				diags.MustBeEmpty(t)
				if read.State != nil || len(a.Emulator.Documents("users").All()) != 1 {
					t.Errorf("the state is %v, the account has %v", read.State, a.Emulator.Documents("users").All())
				}
				_, diags = a.run().Change(userType, object, nil) // as when it is tainted
				diags.MustBeEmpty(t)
				if len(a.Emulator.Documents("users").All()) != 1 {
					t.Error("somebody else's user was deleted")
				}
			})
		})
	}
}

// TestMissingCredentials: the plan says what is missing, before anything is sent.
func TestMissingCredentials(t *testing.T) {
	t.Parallel()
	a := newAccount(t)
	object := a.create(values{"name": "alice"})
	for name, test := range map[string]struct {
		provider values
		words    []string
	}{
		"all":             {nil, []string{"application_id and private_key", "VONAGE_APPLICATION_ID", "https://dashboard.vonage.com/applications"}},
		"the key":         {values{"application_id": ours}, []string{"application_id but not private_key"}},
		"the application": {values{"private_key": acctest.PrivateKey(0)}, []string{"private_key but not application_id"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := a.Protocol(t, test.provider)
			_, diags := p.Plan(userType, acctest.Object{}, values{"name": "bob"})
			diags.MustFail(t, "", append([]string{`Unable to plan user "bob"`}, test.words...)...)
			_, diags = p.Read(userType, object)
			diags.MustFail(t, "", test.words...)
			_, diags = p.Import(userType, "name=alice")
			diags.MustFail(t, "", test.words...)
			_, diags = p.ReadDataSource("vonage_users", values{})
			diags.MustFail(t, "", test.words...)
		})
	}
	unknown := a.Protocol(t, values{"application_id": acctest.Unknown, "private_key": acctest.Unknown})
	_, diags := unknown.Plan(userType, acctest.Object{}, values{"name": acctest.Unknown, "channels": acctest.Unknown, "custom_data": acctest.Unknown, "ttl": acctest.Unknown})
	diags.MustBeEmpty(t)
}

// TestAnotherApplication: with the credentials of another application, no user is lost, made again or deleted.
func TestAnotherApplication(t *testing.T) {
	t.Parallel()
	a := newAccount(t)
	object := a.create(values{"name": "alice"})
	words := []string{"application " + ours, "application " + theirs, "application_id and private_key in the provider block", "provider alias", "terraform state rm"}
	read, diags := a.other().Read(userType, object)
	diags.MustFail(t, "", append(words, "Unable to read")...)
	if diff := cmp.Diff(object.State, read.State); diff != "" {
		t.Error(diff)
	}
	a.Calls()
	_, diags = a.other().Change(userType, object, values{"name": "bob"})
	diags.MustFail(t, "", append(words, "Unable to update")...)
	_, diags = a.other().Change(userType, object, nil)
	diags.MustFail(t, "", append(words, "Unable to delete")...)
	a.WantCalls(t)
	token := values{"jwt": signed(t, ours)}
	_, diags = a.Protocol(t, token).Change(userType, object, values{"name": "carol"}) // the same application
	diags.MustBeEmpty(t)
}

// TestForeign404: a 404 that is not the API's own drops nothing.
func TestForeign404(t *testing.T) {
	t.Parallel()
	var foreign atomic.Bool
	a := newAccount(t, acctest.Around(func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if foreign.Load() {
				http.NotFound(w, r)
				return
			}
			next.ServeHTTP(w, r)
		})
	}))
	object := a.create(values{"name": "alice"})
	foreign.Store(true)
	read, diags := a.run().Read(userType, object)
	diags.MustFail(t, "", "Unable to read", "404")
	_, deleted := a.run().Change(userType, object, nil)
	deleted.MustFail(t, "", "Unable to delete")
	if diff := cmp.Diff(object.State, read.State); diff != "" || len(a.Emulator.Documents("users").All()) != 1 {
		t.Error(diff)
	}
}
