// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package resilience_test

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"slices"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/vonage/terraform-provider-vonage/internal/acctest"
	"github.com/vonage/terraform-provider-vonage/internal/acctest/specimen"
	"github.com/vonage/terraform-provider-vonage/internal/emulator"
	"github.com/vonage/terraform-provider-vonage/internal/provider"
)

// TestAnotherAccountLosesNothing signs in to another account, which has none of the objects. That is an error which names
// both accounts and what to do, in a refresh, in a change and in a destroy; the latter two send nothing.
func TestAnotherAccountLosesNothing(t *testing.T) {
	t.Parallel()
	everySubject(t, func(t *testing.T, w *world) {
		t.Helper()
		w.mustCreate()
		elsewhere := w.elsewhere()
		elsewhere.Emulator.ResetRequests()

		before := w.object
		refused := map[string]acctest.Diagnostics{}
		_, refused["change"] = elsewhere.run(t).Change(w.subject.typeName, before, w.subject.Second)
		destroyed, diags := elsewhere.run(t).Change(w.subject.typeName, before, nil)
		if policy := before.State["deletion_policy"]; policy != "ABANDON" { // which drops the state without a call, as asked
			refused["destroy"] = diags
			if diff := cmp.Diff(before.State, destroyed.State); diff != "" {
				t.Errorf("the destroy changed the state:\n%s", diff)
			}
		}
		for _, call := range elsewhere.Emulator.Requests() {
			t.Errorf("%s %s was sent to the other account", call.Method, call.Path)
		}
		refreshed, diags := elsewhere.run(t).Read(w.subject.typeName, before)
		refused["refresh"] = diags
		if diff := cmp.Diff(before.State, refreshed.State); diff != "" {
			t.Errorf("the refresh changed the state:\n%s", diff)
		}
		for doing, diags := range refused {
			t.Log(doing)
			diags.Errors().MustFail(t, "", append(elsewhere.words, "Unable to", "provider alias", "terraform state rm")...)
		}
		w.mustConverge(w.subject.Second)
		w.mustAgree()
	})
}

// TestAnotherAccountLosesNoUnfinishedObject signs in to another account after a create whose outcome nobody knows.
func TestAnotherAccountLosesNoUnfinishedObject(t *testing.T) {
	t.Parallel()
	everySubject(t, func(t *testing.T, w *world) {
		t.Helper()
		diags := w.change(w.run(), w.subject.First)
		if !diags.HasError() || (w.object.State == nil) != w.subject.Unfindable {
			t.Fatalf("the creation left %v: %s", w.object.State, diags)
		}
		if w.subject.Unfindable {
			return
		}
		elsewhere := w.elsewhere()
		refreshed, diags := elsewhere.run(t).Read(w.subject.typeName, w.object)
		diags.MustFail(t, "", elsewhere.words...)
		if diff := cmp.Diff(w.object.State, refreshed.State); diff != "" {
			t.Errorf("the refresh changed the state:\n%s", diff)
		}
	}, acctest.Around(func(next http.Handler) http.Handler {
		var written atomic.Bool
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			switch {
			case r.Method != http.MethodGet:
				next.ServeHTTP(httptest.NewRecorder(), r)
				written.Store(true)
				panic(http.ErrAbortHandler) // no response
			case written.Load():
				w.WriteHeader(http.StatusForbidden)
			default:
				next.ServeHTTP(w, r)
			}
		})
	}))
}

// TestObjectsWithoutAnAccountTakeThePresentOne covers states of earlier versions and imports.
func TestObjectsWithoutAnAccountTakeThePresentOne(t *testing.T) {
	t.Parallel()
	everySubject(t, func(t *testing.T, w *world) {
		t.Helper()
		if w.subject.InOneAccount {
			return
		}
		w.mustCreate()
		earlier := w.withoutOwner()
		gone, diags := w.elsewhere().run(t).Read(w.subject.typeName, earlier)
		if diags.HasError() || gone.State != nil {
			t.Errorf("without an account, the object is not gone: %s", diags)
		}
		adopted, diags := w.run().Read(w.subject.typeName, earlier)
		diags.MustBeEmpty(t)
		objects := map[string]acctest.Object{"of an earlier version": adopted}
		if w.subject.ImportID != nil {
			objects["imported"], diags = w.run().Import(w.subject.typeName, w.subject.ImportID(w.object.State))
			diags.MustBeEmpty(t)
		}
		for name, object := range objects {
			t.Log(name)
			elsewhere := w.elsewhere()
			_, diags := elsewhere.run(t).Read(w.subject.typeName, object)
			diags.MustFail(t, "", elsewhere.words...)
		}
	})
}

// TestANewSecretIsNoOtherAccount rotates the secret: what is gone then is gone.
func TestANewSecretIsNoOtherAccount(t *testing.T) {
	t.Parallel()
	everySubject(t, func(t *testing.T, w *world) {
		t.Helper()
		if w.subject.InOneAccount {
			return
		}
		w.mustCreate()
		rotated := signIn(t, w.APIKey, "Rotated0Secret")
		seedApplication(t, rotated, specimen.ApplicationA, 1) // with another key
		gone, diags := rotated.Protocol(t, values{"application_id": specimen.ApplicationA, "private_key": acctest.PrivateKey(1)}).Read(w.subject.typeName, w.object)
		if diags.HasError() || gone.State != nil {
			t.Errorf("the object is not gone: %s", diags)
		}
	})
}

// TestAnObjectMayMoveToAnotherAccount moves a number from the primary account to a subaccount, say. It belongs to the
// account under which it is found.
func TestAnObjectMayMoveToAnotherAccount(t *testing.T) {
	t.Parallel()
	everySubject(t, func(t *testing.T, w *world) {
		t.Helper()
		if w.subject.InOneAccount || w.subject.Stays {
			return
		}
		w.mustCreate()
		elsewhere := signIn(t, "efgh5678", "Another0Secret")
		if err := elsewhere.Emulator.Load(seedOf(t, w.Emulator)); err != nil {
			t.Fatal(err)
		}
		moved, diags := elsewhere.Protocol(t).Read(w.subject.typeName, w.object)
		diags.MustBeEmpty(t)
		if diff := cmp.Diff(w.object.State, moved.State); diff != "" {
			t.Errorf("the state changed:\n%s", diff)
		}
		_, diags = elsewhere.Protocol(t).Change(w.subject.typeName, moved, w.subject.Second)
		if diags.HasError() {
			t.Error(diags)
		}
	})
}

// everySubject tries every resource, each in an account of its own.
func everySubject(t *testing.T, try func(t *testing.T, w *world), options ...acctest.Option) {
	t.Helper()
	for _, subject := range subjects() {
		if subject.Operations != nil && !slices.Contains(subject.Operations, "create") {
			continue
		}
		t.Run(subject.Name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) { try(t, newWorld(t, subject, options...)) })
		})
	}
}

// signIn returns an account with these credentials, in which nothing was made recently.
func signIn(t *testing.T, apiKey, apiSecret string) *acctest.Env {
	t.Helper()
	later := time.Date(2027, time.January, 1, 0, 0, 0, 0, time.UTC)
	return acctest.New(t, acctest.InMemory(), acctest.WithProvider(provider.WithClock(func() time.Time { return later })),
		acctest.WithEmulator(func(o *emulator.Options) { o.APIKey, o.APISecret = apiKey, apiSecret }))
}

// place is another account, or for what belongs to an application another application, that has none of the objects.
type place struct {
	*acctest.Env

	credentials values
	words       []string // of the error that says whose the object is, and whose tokens or key are sent
}

func (w *world) elsewhere() place {
	w.t.Helper()
	env := signIn(w.t, "efgh5678", "Another0Secret")
	if !w.subject.OfApplication {
		return place{env, nil, []string{`"` + w.APIKey + `"`, `"efgh5678" (api_key and api_secret in the provider block)`}}
	}
	seedApplication(w.t, env, specimen.ApplicationB, 0)
	return place{
		env,
		values{"application_id": specimen.ApplicationB, "private_key": acctest.PrivateKey(0)},
		[]string{"application " + specimen.ApplicationA, "application " + specimen.ApplicationB + " (application_id and private_key in the provider block)"},
	}
}

func (p place) run(t *testing.T) *acctest.Protocol {
	t.Helper()
	return p.Protocol(t, p.credentials)
}

func seedApplication(t *testing.T, env *acctest.Env, id string, key int) {
	t.Helper()
	if err := env.Emulator.SeedApplication(id, values{"name": "n", "keys": values{"public_key": acctest.PublicKey(key)}}); err != nil {
		t.Fatal(err)
	}
}

// withoutOwner removes the account, or the application, from the object's private state.
func (w *world) withoutOwner() acctest.Object {
	w.t.Helper()
	owner := "account"
	if w.subject.OfApplication {
		owner = "application"
	}
	object := w.object
	var private map[string]json.RawMessage
	if err := json.Unmarshal(object.Private, &private); err != nil {
		w.t.Fatal(err)
	}
	if private[owner] == nil {
		w.t.Fatalf("the object has no %s: %s", owner, object.Private)
	}
	delete(private, owner)
	text, err := json.Marshal(private)
	if err != nil {
		w.t.Fatal(err)
	}
	object.Private = text
	return object
}
