// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package account_test

import (
	"bytes"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/vonage/terraform-provider-vonage/internal/acctest"
	"github.com/vonage/terraform-provider-vonage/internal/emulator"
	"github.com/vonage/terraform-provider-vonage/internal/provider"
)

type values = acctest.Values

const (
	secretType = "vonage_api_secret"
	subaccount = "sub00001"

	list, post, revoke = "GET /accounts/abcd1234/secrets", "POST /accounts/abcd1234/secrets", "DELETE /accounts/abcd1234/secrets/ID"
	ofSub              = "/accounts/" + subaccount + "/secrets"
)

// account is a Vonage account with one secret, which the provider signs in with, and a subaccount.
type account struct {
	*acctest.Env

	t   *testing.T
	sub *emulator.Account
}

func newAccount(t *testing.T, options ...acctest.Option) account {
	t.Helper()
	e := acctest.New(t, append([]acctest.Option{acctest.InMemory()}, options...)...)
	sub, err := e.Emulator.OpenSubaccount(emulator.Opening{APIKey: subaccount, APISecret: "Subaccount1"})
	if err != nil {
		t.Fatal(err)
	}
	return account{e, t, sub}
}

func secret(value string, version int) values {
	return values{"secret_wo": value, "secret_wo_version": version}
}

func subSecret(value string, version int) values {
	return acctest.With(secret(value, version), values{"api_key": subaccount})
}

// change applies a configuration in a run of its own, signed in with a secret ("": the first one), and must succeed.
func (a account) change(object acctest.Object, config values, signedIn ...string) acctest.Object {
	a.t.Helper()
	changed, diags := a.run(signedIn...).Change(secretType, object, config)
	if diags.HasError() {
		a.t.Fatalf("%v -> %v: %s", object.State, config, diags)
	}
	return changed
}

// run starts a run that is signed in with a secret of the account.
func (a account) run(signedIn ...string) *acctest.Protocol {
	a.t.Helper()
	if len(signedIn) == 0 {
		return a.Protocol(a.t)
	}
	return a.Protocol(a.t, values{"api_secret": signedIn[0]})
}

// has requires that an account has secrets with these values and no others.
func has(t *testing.T, account *emulator.Account, want ...string) {
	t.Helper()
	secrets := account.APISecrets()
	for _, value := range want {
		if !contains(secrets, value) {
			t.Errorf("there is no secret %q in %v", value, secrets)
		}
	}
	if len(secrets) != len(want) {
		t.Errorf("there are the secrets %v, want %v", secrets, want)
	}
}

func contains(secrets map[string]string, value string) bool {
	for _, has := range secrets {
		if has == value {
			return true
		}
	}
	return false
}

func TestSecretLifeCycle(t *testing.T) {
	t.Parallel()
	a := newAccount(t)
	object := a.change(acctest.Object{}, secret("First1234", 1))
	a.WantCalls(t, list, list, post) // the list once for the plan, and once more before the write
	has(t, a.Emulator.Account, a.APISecret, "First1234")
	id, _ := object.State["secret_id"].(string)
	if a.Emulator.APISecrets()[id] != "First1234" || object.State["id"] != "abcd1234/"+id || object.State["created_at"] == nil {
		t.Errorf("the state is %v", object.State)
	}
	for _, text := range []string{fmt.Sprint(object.State), string(object.Private)} {
		if strings.Contains(text, "First1234") {
			t.Errorf("the value is stored: %s", text)
		}
	}
	next := a.run()
	refreshed, diags := next.Read(secretType, object)
	diags.MustBeEmpty(t)
	plan, diags := next.Plan(secretType, refreshed, secret("Other1234", 1)) // a value alone changes nothing
	diags.MustBeEmpty(t)
	if plan.Changes() {
		t.Errorf("the plan has changes: %v", plan.State)
	}
	a.Calls()
	a.change(refreshed, nil)
	a.WantCalls(t, revoke)
	has(t, a.Emulator.Account, a.APISecret)
}

func TestSecretValueIsChecked(t *testing.T) {
	t.Parallel()
	a := newAccount(t)
	for name, value := range map[string]string{
		"7 characters": "Abcde12", "26 characters": "Abcdefghijklmnopqrstuvwx12", "no upper-case letter": "abcdefg1",
		"no lower-case letter": "ABCDEFG1", "no digit": "Abcdefgh", "no upper-case letter (A to Z)": "Äbcdefg1",
		"control character": "Abcdef12\n", "trimspace()": "Abc\x00def12", "white space": " Abcdef12", "quotation marks": `"Abcdef12"`,
	} {
		said := a.run().ValidateResource(secretType, secret(value, 1)).MustFail(t, "secret_wo", strings.TrimPrefix(name, "2"))
		if strings.Contains(fmt.Sprint(said), value) {
			t.Errorf("%s: the message has the value: %v", name, said)
		}
	}
	for _, value := range []string{"Abcdef12", "Abcdefghijklmnopqrstuvwx1", "ÄÖÜ äöü Aa1 !\"§$%&/()=?`"} {
		a.run().ValidateResource(secretType, secret(value, 1)).MustBeEmpty(t)
	}
	a.run().ValidateResource(secretType, secret("Abcdef12", 1)).MustBeEmpty(t)
	a.run().ValidateResource(secretType, acctest.With(secret("Abcdef12", 1), values{"api_key": "a/b"})).MustFail(t, "api_key", "API key")
}

// With room for a second secret, the new one is made before the old one is deleted.
func TestRotationOverlaps(t *testing.T) {
	t.Parallel()
	a := newAccount(t)
	for id := range a.sub.APISecrets() { // imported, it is the only one
		object, diags := a.run().Import(secretType, subaccount+"/"+id)
		diags.MustBeEmpty(t)
		object = a.change(object, subSecret("Ignored123", 1)) // the first version is only recorded
		has(t, a.sub, "Subaccount1")
		a.Calls()
		rotated, diags := a.run().Change(secretType, object, subSecret("Second123", 2))
		diags.MustBeEmpty(t)
		a.WantCalls(t, "GET "+ofSub, "GET "+ofSub, "POST "+ofSub, "DELETE "+ofSub+"/ID")
		has(t, a.sub, "Second123")
		if rotated.State["secret_id"] == id || a.sub.APISecrets()[fmt.Sprint(rotated.State["secret_id"])] != "Second123" {
			t.Errorf("the state is %v", rotated.State)
		}
		if bytes.Contains(rotated.Private, []byte(id)) {
			t.Errorf("there is something left of the old secret: %s", rotated.Private)
		}
	}
}

// With two secrets, the old one is deleted before the new one is made, and the plan says so.
func TestRotationWithoutOverlap(t *testing.T) {
	t.Parallel()
	a := newAccount(t)
	object := a.change(acctest.Object{}, secret("First1234", 1))
	a.Calls()
	p := a.run()
	plan, diags := p.Plan(secretType, object, secret("Second123", 2))
	diags.MustWarn(t, "secret_wo_version", "without overlap", "deletes secret "+fmt.Sprint(object.State["secret_id"]))
	if plan.State["secret_id"] != acctest.Unknown || plan.State["id"] != acctest.Unknown || plan.State["created_at"] != acctest.Unknown {
		t.Errorf("planned %v", plan.State)
	}
	rotated, diags := a.run().Apply(plan)
	diags.MustBeEmpty(t)
	a.WantCalls(t, list, list, revoke, post)
	has(t, a.Emulator.Account, a.APISecret, "Second123")
	a.change(rotated, nil)
}

// A second secret that appears after the plan stops a rotation that was to overlap.
func TestRotationIsPlannedAgain(t *testing.T) {
	t.Parallel()
	a := newAccount(t)
	var object acctest.Object
	for id := range a.sub.APISecrets() {
		imported, diags := a.run().Import(secretType, subaccount+"/"+id)
		diags.MustBeEmpty(t)
		object = a.change(imported, subSecret("Ignored123", 1))
	}
	plan, diags := a.run().Plan(secretType, object, subSecret("Second123", 2))
	diags.MustBeEmpty(t)
	other := a.change(acctest.Object{}, subSecret("Another12", 1))
	same, diags := a.run().Apply(plan)
	diags.MustFail(t, "", "two API secrets", "Nothing was changed", "Plan again")
	has(t, a.sub, "Subaccount1", "Another12")
	a.change(other, nil)
	a.change(same, subSecret("Second123", 2))
	has(t, a.sub, "Second123")
}

// The provider never deletes the secret that it signs in with: not in a later run, with whatever credentials it was created.
func TestSecretInUseIsKept(t *testing.T) {
	t.Parallel()
	a := newAccount(t)
	object := a.change(acctest.Object{}, secret("First1234", 1))
	for name, act := range map[string]func(p *acctest.Protocol) acctest.Diagnostics{
		"planned destroy": func(p *acctest.Protocol) acctest.Diagnostics {
			_, diags := p.Plan(secretType, object, nil)
			return diags
		},
		"destroy": func(p *acctest.Protocol) acctest.Diagnostics {
			_, diags := p.Destroy(secretType, object)
			return diags
		},
		"rotation": func(p *acctest.Protocol) acctest.Diagnostics {
			_, diags := p.Plan(secretType, object, secret("Second123", 2))
			return diags
		},
		"replacement": func(p *acctest.Protocol) acctest.Diagnostics {
			_, diags := p.Plan(secretType, object, subSecret("Second123", 1))
			return diags
		},
	} {
		said := act(a.run("First1234")).MustFail(t, "", "signs in with this secret", "Nothing was changed", "Rotating API secrets", "destroy = false")
		if strings.Contains(fmt.Sprint(said), "First1234") {
			t.Errorf("%s: the message has the value", name)
		}
		has(t, a.Emulator.Account, a.APISecret, "First1234")
	}
	a.change(object, nil) // signed in with the other one
	has(t, a.Emulator.Account, a.APISecret)
}

// A rotation that was planned with other credentials than it is applied with does not cut itself off either.
func TestSecretInUseIsKeptInApply(t *testing.T) {
	t.Parallel()
	a := newAccount(t)
	object := a.change(acctest.Object{}, secret("First1234", 1))
	plan, _ := a.run().Plan(secretType, object, secret("Second123", 2))
	_, diags := a.run("First1234").Apply(plan)
	diags.MustFail(t, "", "signs in with this secret")
	has(t, a.Emulator.Account, a.APISecret, "First1234")
}

// Two slots are rotated in turn, as the guide shows, each while the provider signs in with the other.
func TestTwoSlots(t *testing.T) {
	t.Parallel()
	a := newAccount(t)
	one := a.change(acctest.Object{}, secret("First1234", 1))
	for id, value := range a.Emulator.APISecrets() { // the secret that the account came with is deleted in the dashboard
		if value == a.APISecret {
			revokeElsewhere(t, a, id, "First1234")
		}
	}
	two := a.change(acctest.Object{}, secret("Second123", 1), "First1234")
	for round := 2; round < 4; round++ {
		one = a.change(one, secret(fmt.Sprint("First123", round), round), "Second123")
		has(t, a.Emulator.Account, fmt.Sprint("First123", round), "Second123")
		two = a.change(two, secret("Second123", round), fmt.Sprint("First123", round))
	}
	_, diags := a.run("Second123").Plan(secretType, two, nil)
	diags.MustFail(t, "", "signs in with this secret")
	a.change(one, nil, "Second123")
	has(t, a.Emulator.Account, "Second123")
}

// revokeElsewhere deletes a secret as somebody else would.
func revokeElsewhere(t *testing.T, a account, id, signedIn string) {
	t.Helper()
	req := httptest.NewRequest(http.MethodDelete, "/accounts/"+a.APIKey+"/secrets/"+id, http.NoBody)
	req.SetBasicAuth(a.APIKey, signedIn)
	answer := httptest.NewRecorder()
	if a.Emulator.ServeHTTP(answer, req); answer.Code != http.StatusNoContent {
		t.Fatal(answer.Body)
	}
}

// Of a secret that it has not set, the provider does not know whether it signs in with it.
func TestImportedSecretOfTheOwnAccountIsKept(t *testing.T) {
	t.Parallel()
	a := newAccount(t)
	a.change(acctest.Object{}, secret("First1234", 1))
	for id := range a.Emulator.APISecrets() {
		for _, importID := range []string{"abcd1234/" + id, id} {
			object, diags := a.run().Import(secretType, importID)
			diags.MustBeEmpty(t)
			object = a.change(object, secret("Whatever1", 1))
			_, diags = a.run().Plan(secretType, object, nil)
			diags.MustFail(t, "", "has not set this secret", "dashboard.vonage.com", "destroy = false")
			_, diags = a.run().Destroy(secretType, object)
			diags.MustFail(t, "", "has not set this secret")
			_, diags = a.run().Plan(secretType, object, secret("Whatever1", 2))
			diags.MustFail(t, "", "has not set this secret")
		}
	}
	has(t, a.Emulator.Account, a.APISecret, "First1234")
}

func TestLastSecretIsKept(t *testing.T) {
	t.Parallel()
	a := newAccount(t)
	for id := range a.sub.APISecrets() {
		object, diags := a.run().ImportIdentity(secretType, values{"api_key": subaccount, "secret_id": id})
		diags.MustBeEmpty(t)
		kept, diags := a.run().Destroy(secretType, object)
		diags.MustFail(t, "", "last secret", "code delete-last-secret", "also in the state")
		if kept.State == nil {
			t.Error("it is gone from the state")
		}
	}
}

func TestThirdSecret(t *testing.T) {
	t.Parallel()
	for _, old := range []bool{false, true} {
		a := newAccount(t, acctest.WithEmulator(func(o *emulator.Options) { o.Variant.OldSecretLimit = old }))
		a.change(acctest.Object{}, secret("First1234", 1))
		plan, diags := a.run().Plan(secretType, acctest.Object{}, secret("Third1234", 1))
		diags.MustWarn(t, "", "No room", "has 2 API secrets", "an earlier run was killed", "dashboard")
		object, diags := a.run().Apply(plan)
		diags.MustFail(t, "", "at most two", "secret_wo_version", "an earlier run was killed", "dashboard")
		if object.State != nil {
			t.Errorf("it is in the state: %v", object.State)
		}
	}
}

func TestEqualSecretIsRefusedAtItsAttribute(t *testing.T) {
	t.Parallel()
	a := newAccount(t)
	_, diags := a.run().Change(secretType, acctest.Object{}, secret(a.APISecret, 1))
	if said := diags.MustFail(t, "secret_wo", "Must be different"); strings.Contains(fmt.Sprint(said), a.APISecret) {
		t.Error("the message has the value")
	}
}

// A lost response to a create: the secret is adopted if its value signs in, and else the error says what may exist.
func TestLostAnswerToCreate(t *testing.T) {
	t.Parallel()
	t.Run("adopted", func(t *testing.T) {
		t.Parallel()
		a := newAccount(t)
		a.Fail(t, emulator.Fault{Method: "POST", Path: "/accounts/*/secrets", Kind: emulator.CloseAfter})
		object := a.change(acctest.Object{}, secret("First1234", 1))
		if a.Emulator.APISecrets()[fmt.Sprint(object.State["secret_id"])] != "First1234" {
			t.Errorf("the state is %v", object.State)
		}
		a.WantCalls(t, list, list, post, list)
	})
	t.Run("in doubt", func(t *testing.T) {
		t.Parallel()
		synctest.Test(t, func(t *testing.T) {
			a := newAccount(t)
			plan, diags := a.run().Plan(secretType, acctest.Object{}, secret("First1234", 1))
			diags.MustBeEmpty(t)
			a.Fail(t, emulator.Fault{Method: "POST", Path: "/accounts/*/secrets", Kind: emulator.CloseAfter})
			a.Fail(t, emulator.Fault{Method: "GET", Path: "/accounts/*/secrets", After: 1, Times: -1, Kind: emulator.Status, Status: 500})
			object, diags := a.run().Apply(plan)
			said := diags.MustFail(t, "", "may have a new API secret", "Nothing was sent twice", "Rotating API secrets")
			if strings.Contains(fmt.Sprint(said), "First1234") || object.State != nil {
				t.Errorf("the message or the state has too much: %v, %v", said, object.State)
			}
			if sent := strings.Count(strings.Join(a.Calls(), "\n"), "POST"); sent != 1 {
				t.Errorf("it was sent %d times", sent)
			}
		})
	})
}

// A rotation that made the new secret and could not delete the old one is finished by the next apply.
func TestUnfinishedRotationGoesOn(t *testing.T) {
	t.Parallel()
	for name, after := range map[string]func(a account, object acctest.Object){
		"the same version again": func(a account, object acctest.Object) {
			a.Calls()
			done := a.change(object, subSecret("Second123", 2))
			a.WantCalls(a.t, "DELETE "+ofSub+"/ID")
			has(a.t, a.sub, "Second123")
			if done.State["secret_id"] != object.State["secret_id"] || done.State["secret_wo_version"] != 2 || bytes.Contains(done.Private, []byte("left_over")) {
				a.t.Errorf("it is not finished: %v %s", done.State, done.Private)
			}
		},
		"another version": func(a account, object acctest.Object) {
			a.change(object, subSecret("Third1234", 3))
			has(a.t, a.sub, "Third1234")
		},
		"destroyed": func(a account, object acctest.Object) { // which leaves none, so the last one stays
			kept, diags := a.run().Destroy(secretType, object)
			diags.MustFail(a.t, "", "last secret")
			has(a.t, a.sub, "Second123")
			if kept.State == nil {
				a.t.Error("it is gone from the state")
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				a := newAccount(t)
				var object acctest.Object
				for first := range a.sub.APISecrets() {
					imported, diags := a.run().Import(secretType, subaccount+"/"+first)
					diags.MustBeEmpty(t)
					object = a.change(imported, subSecret("Ignored123", 1))
				}
				a.Fail(t, emulator.Fault{Method: "DELETE", Path: "/accounts/*/secrets/*", Times: 5, Kind: emulator.Status, Status: 500})
				object, diags := a.run().Change(secretType, object, subSecret("Second123", 2))
				diags.MustFail(t, "", "The new secret", "The next apply deletes it")
				has(t, a.sub, "Subaccount1", "Second123")
				if a.sub.APISecrets()[fmt.Sprint(object.State["secret_id"])] != "Second123" || object.State["secret_wo_version"] != 1 {
					t.Errorf("the state is %v", object.State)
				}
				refreshed, diags := a.run().Read(secretType, object)
				diags.MustBeEmpty(t)
				after(account{a.Env, t, a.sub}, refreshed)
			})
		})
	}
}

// Writes that Vonage refuses because the account has just been changed are waited out.
func TestOutdatedAccountIsWaitedOut(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		a := newAccount(t, acctest.WithEmulator(func(o *emulator.Options) { o.Variant.AccountSettles = 2 * time.Second }))
		object := a.change(acctest.Object{}, secret("First1234", 1))
		object = a.change(object, secret("Second123", 2))
		has(t, a.Emulator.Account, a.APISecret, "Second123")
		a.change(object, nil)
		has(t, a.Emulator.Account, a.APISecret)
	})
}

func TestSecretIsGone(t *testing.T) {
	t.Parallel()
	a := newAccount(t)
	object := a.change(acctest.Object{}, secret("First1234", 1))
	for _, body := range []string{"", "<h1>Not Found</h1>", `{"type":"x#invalid-api-key","title":"Invalid API Key","detail":"API key 'abcd1234' does not exist"}`} {
		a.Fail(t, emulator.Fault{Kind: emulator.Status, Status: 404, Body: body})
		kept, diags := a.run().Read(secretType, object)
		diags.MustFail(t, "", "Unable to read API secret")
		if kept.State == nil {
			t.Errorf("a 404 with %q took it from the state", body)
		}
	}
	revokeElsewhere(t, a, fmt.Sprint(object.State["secret_id"]), a.APISecret)
	gone, diags := a.run().Read(secretType, object)
	diags.MustBeEmpty(t)
	if gone.State != nil {
		t.Errorf("it is still there: %v", gone.State)
	}
	a.change(object, nil) // without a refresh: nothing to do
	a.change(object, secret("Second123", 2), a.APISecret)
	has(t, a.Emulator.Account, a.APISecret, "Second123")
}

// A hash is slow, and one of a release takes the work that OWASP recommends.
func TestHashTakesWork(t *testing.T) {
	t.Parallel()
	a := newAccount(t, acctest.WithProvider(provider.WithHashIterations(600_000)))
	object := a.change(acctest.Object{}, secret("First1234", 1))
	_, diags := a.run("First1234").Plan(secretType, object, nil)
	diags.MustFail(t, "", "signs in with this secret")
}

func TestSecretsAreListed(t *testing.T) {
	t.Parallel()
	a := newAccount(t)
	object := a.change(acctest.Object{}, secret("First1234", 1))
	listed, diags := a.run().List(secretType, values{}, 10, true)
	diags.MustBeEmpty(t)
	if len(listed) != 2 || !strings.Contains(listed[1].DisplayName, fmt.Sprint(object.State["secret_id"])) {
		t.Errorf("listed %v", listed)
	}
	state, diags := a.run().ReadDataSource("vonage_api_secrets", values{})
	diags.MustBeEmpty(t)
	if secrets, _ := state["secrets"].([]any); len(secrets) != 2 {
		t.Errorf("read %v", state)
	}
	state, diags = a.run().ReadDataSource("vonage_api_secrets", values{"api_key": subaccount})
	diags.MustBeEmpty(t)
	if secrets, _ := state["secrets"].([]any); len(secrets) != 1 {
		t.Errorf("read %v", state)
	}
	_, diags = a.run().ReadDataSource("vonage_api_secrets", values{"api_key": "nobody"})
	if said := diags.MustFail(t, "", "does not exist", "Check api_key"); strings.Contains(fmt.Sprint(said), "the state") {
		t.Errorf("the message is about a state that a data source has not got: %v", said)
	}
}
