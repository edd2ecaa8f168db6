// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package account_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/vonage/terraform-provider-vonage/internal/acctest"
	"github.com/vonage/terraform-provider-vonage/internal/emulator"
	"github.com/vonage/terraform-provider-vonage/internal/provider"
)

// mustMake creates a subaccount.
func mustMake(t *testing.T, env *acctest.Env, config values) acctest.Object {
	t.Helper()
	object, diags := env.Protocol(t).Change("vonage_subaccount", acctest.Object{}, config)
	diags.MustBeEmpty(t)
	env.Emulator.ResetRequests()
	return object
}

func mustHaveMade(t *testing.T, env *acctest.Env, count int) []*emulator.Account {
	t.Helper()
	subaccounts := env.Emulator.Subaccounts()
	if len(subaccounts) != count {
		t.Fatalf("there are %d subaccounts, not %d", len(subaccounts), count)
	}
	return subaccounts
}

// TestSubaccountOwnBalance: the way to a balance of its own is one-way.
func TestSubaccountOwnBalance(t *testing.T) {
	t.Parallel()
	env := acctest.New(t)
	object := mustMake(t, env, values{"name": "x"})
	own, shared := values{"name": "x", "use_primary_account_balance": false}, values{"name": "x"}
	p := env.Protocol(t)
	plan, diags := p.Plan("vonage_subaccount", object, own)
	diags.MustWarn(t, "use_primary_account_balance", "cannot be undone", "0")
	object, diags = p.Apply(plan)
	diags.MustBeEmpty(t)
	env.WantCalls(t, "PATCH /accounts/abcd1234/subaccounts/"+fmt.Sprint(object.State["api_key"]))
	_, diags = env.Protocol(t).Plan("vonage_subaccount", object, shared)
	diags.MustFail(t, "use_primary_account_balance", "balance of its own", "use_primary_account_balance = false")
	plan, diags = env.Protocol(t).Plan("vonage_subaccount", object, values{"name": "x", "use_primary_account_balance": acctest.Unknown})
	diags.MustBeEmpty(t)
	_ = plan
	env.WantCalls(t)
}

// TestSubaccountSecret: the first secret is sent once, and is in no state; another one is an error that says where to go.
func TestSubaccountSecret(t *testing.T) {
	t.Parallel()
	env := acctest.New(t)
	config := values{"name": "x", "secret_wo": "Password1", "secret_wo_version": 1}
	object := mustMake(t, env, config)
	if _, secret := mustHaveMade(t, env, 1)[0].Credentials(); secret != "Password1" || object.State["secret"] != nil || object.State["secret_wo"] != nil {
		t.Errorf("the secret is %s, the state %v", secret, object.State)
	}
	_, diags := env.Protocol(t).Plan("vonage_subaccount", object, acctest.With(config, values{"secret_wo_version": 2}))
	diags.MustFail(t, "secret_wo_version", "vonage_api_secret")
	generated := mustMake(t, env, values{"name": "y"})
	_, diags = env.Protocol(t).Plan("vonage_subaccount", generated, acctest.With(config, values{"name": "y"}))
	diags.MustFail(t, "secret_wo_version", "vonage_api_secret")

	imported, diags := env.Protocol(t).Import("vonage_subaccount", "name=x")
	diags.MustBeEmpty(t)
	env.Emulator.ResetRequests()
	object, diags = env.Protocol(t).Change("vonage_subaccount", imported, config)
	diags.MustWarn(t, "secret_wo_version", "Only the version is recorded")
	if object.State["secret_wo_version"] != imported.State["secret_wo_version"] && object.State["secret_wo_version"] == nil {
		t.Errorf("the version is not recorded: %v", object.State)
	}
	env.WantCalls(t)
	for _, bad := range []string{"short1A", "nouppercase1", "NOLOWERCASE1", "NoDigitAtAll", strings.Repeat("Aa1", 9)} {
		diags := env.Protocol(t).ValidateResource("vonage_subaccount", values{"name": "x", "secret_wo": bad, "secret_wo_version": 1})
		diags.MustFail(t, "secret_wo")
		if strings.Contains(diags.String(), bad) {
			t.Errorf("the error shows the secret:\n%s", diags)
		}
	}
}

func TestSubaccountConfigurationIsChecked(t *testing.T) {
	t.Parallel()
	p := acctest.New(t).Protocol(t)
	for attribute, config := range map[string]values{
		"name":              {"name": strings.Repeat("x", 81)},
		"deletion_policy":   {"name": "x", "deletion_policy": "DELETE"},
		"secret_wo":         {"name": "x", "secret_wo": "Password1"},
		"secret_wo_version": {"name": "x", "secret_wo_version": 1},
	} {
		p.ValidateResource("vonage_subaccount", config).MustFail(t, attribute)
	}
	p.ValidateResource("vonage_subaccount", values{"name": ""}).MustFail(t, "name")
	p.ValidateResource("vonage_subaccount", values{"name": acctest.Unknown, "secret_wo": acctest.Unknown, "secret_wo_version": acctest.Unknown}).MustBeEmpty(t)
}

// TestSubaccountDeletionPolicy: nothing is ever deleted.
func TestSubaccountDeletionPolicy(t *testing.T) {
	t.Parallel()
	for policy, test := range map[string]struct{ suspended, fails bool }{
		"SUSPEND": {true, false}, "ABANDON": {false, false}, "PREVENT": {false, true},
	} {
		t.Run(policy, func(t *testing.T) {
			t.Parallel()
			env := acctest.New(t)
			object := mustMake(t, env, values{"name": "x", "deletion_policy": policy})
			object, diags := env.Protocol(t).Change("vonage_subaccount", object, nil)
			if test.fails {
				diags.MustFail(t, "deletion_policy", "PREVENT", "SUSPEND", "ABANDON")
				if object.State == nil {
					t.Error("it is no longer in the state")
				}
			} else if diags.HasError() || len(diags.Warnings()) == 0 || object.State != nil {
				t.Errorf("the destroy says\n%s", diags)
			}
			if suspended := *mustHaveMade(t, env, 1)[0].Record().Suspended; suspended != test.suspended {
				t.Errorf("suspended: %t", suspended)
			}
		})
	}
}

// TestSubaccountOfTheSameName: one that is created again is another one; the suspended one is not taken over.
func TestSubaccountOfTheSameName(t *testing.T) {
	t.Parallel()
	env := acctest.New(t)
	config := values{"name": "x", "secret_wo": "Password1", "secret_wo_version": 1}
	first := mustMake(t, env, config)
	if _, diags := env.Protocol(t).Change("vonage_subaccount", first, nil); diags.HasError() {
		t.Fatal(diags)
	}
	env.Fail(t, emulator.Fault{Method: http.MethodPost, Kind: emulator.CloseAfter})
	second, diags := env.Protocol(t).Change("vonage_subaccount", acctest.Object{}, config)
	diags.MustBeEmpty(t)
	if second.State["api_key"] == first.State["api_key"] {
		t.Error("the suspended subaccount was taken over")
	}
	_, diags = env.Protocol(t).Import("vonage_subaccount", "name=x")
	diags.MustFail(t, "", "2 subaccounts have the name", fmt.Sprint(first.State["api_key"]), fmt.Sprint(second.State["api_key"]))
	mustHaveMade(t, env, 2)
}

// TestUnfinishedSubaccountIsFinished: a creation whose answer and look-up were lost is finished by the next apply, which
// Terraform takes for a replacement. It makes no second subaccount, with a generated secret and with one of the user's.
func TestUnfinishedSubaccountIsFinished(t *testing.T) {
	t.Parallel()
	for name, config := range map[string]values{
		"generated": {"name": "x"}, "written": {"name": "x", "secret_wo": "Password1", "secret_wo_version": 1}, "suspended": {"name": "x", "suspended": true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			env := acctest.New(t)
			// The first call is the list.
			env.Fail(t, emulator.Fault{After: 1, Times: -1, Kind: emulator.CloseAfter})
			object, diags := env.Protocol(t, values{"max_retries": 0}).Change("vonage_subaccount", acctest.Object{}, config)
			diags.MustFail(t, "", `Unable to create subaccount "x"`, "may or may not")
			if object.State == nil || object.State["id"] != nil || object.State["api_key"] != nil {
				t.Fatalf("the state is %v", object.State)
			}
			env.Emulator.ClearFaults()
			key := mustHaveMade(t, env, 1)[0].APIKey()

			p := env.Protocol(t)
			object.Private = nil // Terraform keeps none of a tainted object
			object, diags = p.Read("vonage_subaccount", object)
			diags.MustBeEmpty(t)
			if _, diags = p.Destroy("vonage_subaccount", object); diags != nil {
				t.Fatalf("leaving it to its replacement:\n%s", diags)
			}
			object, diags = p.Change("vonage_subaccount", acctest.Object{}, config)
			diags.MustWarn(t, "", "was finished", key)
			if object.State["api_key"] != key {
				t.Errorf("the state has %v", object.State)
			}
			made := mustHaveMade(t, env, 1)[0]
			if _, secret := made.Credentials(); object.State["secret"] != nil && object.State["secret"] != secret {
				t.Error("the state has another secret")
			}
			if *made.Record().Suspended != (config["suspended"] == true) {
				t.Error("it is not suspended as configured")
			}
		})
	}
}

// TestUnfinishedSubaccountThatWasNeverMade is created as any other, and a destroy of it suspends what was made.
func TestUnfinishedSubaccountThatWasNeverMade(t *testing.T) {
	t.Parallel()
	env := acctest.New(t)
	env.Fail(t, emulator.Fault{After: 1, Times: -1, Kind: emulator.CloseBefore})
	object, diags := env.Protocol(t, values{"max_retries": 0}).Change("vonage_subaccount", acctest.Object{}, values{"name": "x"})
	diags.MustFail(t, "", "may or may not")
	env.Emulator.ClearFaults()
	object, diags = env.Protocol(t).Read("vonage_subaccount", object)
	diags.MustBeEmpty(t)
	if object.State != nil {
		t.Errorf("the state is %v", object.State)
	}

	env.Fail(t, emulator.Fault{After: 1, Times: -1, Kind: emulator.CloseAfter})
	object, diags = env.Protocol(t, values{"max_retries": 0}).Change("vonage_subaccount", acctest.Object{}, values{"name": "x"})
	diags.MustFail(t, "", "may or may not")
	env.Emulator.ClearFaults()
	if _, diags = env.Protocol(t).Change("vonage_subaccount", object, nil); diags.HasError() {
		t.Fatal(diags)
	}
	if !*mustHaveMade(t, env, 1)[0].Record().Suspended {
		t.Error("the unfinished subaccount is not suspended")
	}
}

// TestSubaccountDrift: everything that can be read is.
func TestSubaccountDrift(t *testing.T) {
	t.Parallel()
	env := acctest.New(t)
	object := mustMake(t, env, values{"name": "x"})
	if err := env.Emulator.Subaccounts()[0].Change(emulator.Record{Name: new("y"), Suspended: new(true), UsePrimaryAccountBalance: new(false)}); err != nil {
		t.Fatal(err)
	}
	read, diags := env.Protocol(t).Read("vonage_subaccount", object)
	diags.MustBeEmpty(t)
	want := acctest.With(object.State, values{"name": "y", "suspended": true, "use_primary_account_balance": false})
	if diff := cmp.Diff(want, read.State); diff != "" {
		t.Error(diff)
	}
}

// TestSubaccountThatIsGone: a 404 of something else drops nothing; Vonage's own does, with a warning, unless the subaccount is new.
func TestSubaccountThatIsGone(t *testing.T) {
	t.Parallel()
	env := acctest.New(t)
	object := mustMake(t, env, values{"name": "x"})
	env.Fail(t, emulator.Fault{Kind: emulator.Status, Status: http.StatusNotFound, Body: "<html>"})
	read, diags := env.Protocol(t).Read("vonage_subaccount", object)
	diags.MustFail(t, "", "Unable to read subaccount")
	if read.State == nil {
		t.Error("a 404 of something else drops it")
	}
	object.State = acctest.With(object.State, values{"api_key": "0000dead", "id": "0000dead"})
	object.Identity = values{"api_key": "0000dead"}
	read, diags = env.Protocol(t).Read("vonage_subaccount", object)
	diags.MustWarn(t, "", "is gone", "0000dead")
	if read.State != nil {
		t.Error("it is still in the state")
	}
	now := time.Date(2026, time.May, 1, 0, 0, 0, 0, time.UTC)
	fresh := acctest.New(t, acctest.WithProvider(provider.WithClock(func() time.Time { return now })))
	object = mustMake(t, fresh, values{"name": "x"})
	object.State = acctest.With(object.State, values{"api_key": "0000dead", "id": "0000dead"})
	object.Identity = values{"api_key": "0000dead"}
	read, diags = fresh.Protocol(t).Read("vonage_subaccount", object)
	diags.MustWarn(t, "", "is not listed")
	if read.State == nil {
		t.Error("a new one is dropped")
	}
}

// TestSubaccountsAreNotEnabled: the error says so, and whom to ask.
func TestSubaccountsAreNotEnabled(t *testing.T) {
	t.Parallel()
	env := acctest.New(t, acctest.WithEmulator(func(o *emulator.Options) { o.Variant.SubaccountsUnprovisioned = true }))
	_, diags := env.Protocol(t).Change("vonage_subaccount", acctest.Object{}, values{"name": "x"})
	diags.MustFail(t, "", "Unable to create subaccount", "not provisioned", "account manager or Vonage support")
	full := acctest.New(t, acctest.WithEmulator(func(o *emulator.Options) { o.Variant.MaxSubaccounts = 1 }))
	mustMake(t, full, values{"name": "x"})
	_, diags = full.Protocol(t).Change("vonage_subaccount", acctest.Object{}, values{"name": "y"})
	diags.MustFail(t, "", "Maximum number", "Vonage support raises the limit")
}

// TestSubaccountVariants: no undecided behaviour of the API matters.
func TestSubaccountVariants(t *testing.T) {
	t.Parallel()
	for name, variant := range map[string]emulator.Variant{
		"as specified": {SubaccountsAsSpecified: true}, "secret hidden": {SubaccountSecretHidden: true}, "settles late": {AccountSettles: 700 * time.Millisecond},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			env := acctest.New(t, acctest.WithEmulator(func(o *emulator.Options) { o.Variant = variant }))
			object := mustMake(t, env, values{"name": "x", "suspended": true})
			if _, secret := mustHaveMade(t, env, 1)[0].Credentials(); object.State["secret"] != secret {
				t.Errorf("the state has the secret %v, not %s", object.State["secret"], secret)
			}
			read, diags := env.Protocol(t).Read("vonage_subaccount", object)
			diags.MustBeEmpty(t)
			if diff := cmp.Diff(object.State, read.State); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestSubaccountDataSources(t *testing.T) {
	t.Parallel()
	env := acctest.New(t)
	for i, name := range []string{"b", "a", "a"} {
		_, err := env.Emulator.OpenSubaccount(emulator.Opening{APIKey: fmt.Sprintf("0000000%d", i), APISecret: "Password1", Record: emulator.Record{
			Name: &name, UsePrimaryAccountBalance: new(i > 0), Balance: new("1.25"), Suspended: new(i == 2),
		}})
		if err != nil {
			t.Fatal(err)
		}
	}
	p := env.Protocol(t)
	one, diags := p.ReadDataSource("vonage_subaccount", values{"name": "b"})
	diags.MustBeEmpty(t)
	if one["api_key"] != "00000000" || one["balance"] != "1.25" || one["use_primary_account_balance"] != false {
		t.Errorf("it is %v", one)
	}
	_, diags = p.ReadDataSource("vonage_subaccount", values{"name": "a"})
	diags.MustFail(t, "", "2 subaccounts", "00000001, 00000002")
	_, diags = p.ReadDataSource("vonage_subaccount", values{"api_key": "0000dead"})
	diags.MustFail(t, "", "Unable to read subaccount", "0000dead")
	p.ValidateDataSource("vonage_subaccount", values{}).MustFail(t, "api_key")
	for count, config := range map[int]values{3: {}, 2: {"suspended": false}, 1: {"name_regex": "^a", "suspended": true}} {
		many, diags := p.ReadDataSource("vonage_subaccounts", config)
		diags.MustBeEmpty(t)
		listed, _ := many["subaccounts"].([]any)
		if len(listed) != count || many["total_balance"] == nil {
			t.Errorf("%v gives %v", config, many)
		}
		results, diags := p.List("vonage_subaccount", config, 100, true)
		diags.MustBeEmpty(t)
		if len(results) != count {
			t.Errorf("the list of %v has %d", config, len(results))
		}
	}
}

// TestSubaccountOfKilledRun: who is killed after the creation leaves a subaccount that no state has. The next run makes another one, and
// says so, without a further call. A suspended one is what a destroy has left.
func TestSubaccountOfKilledRun(t *testing.T) {
	t.Parallel()
	env := acctest.New(t)
	for key, suspended := range map[string]bool{"0000dead": false, "0000beef": true} {
		if _, err := env.Emulator.OpenSubaccount(emulator.Opening{APIKey: key, APISecret: "Password1", Record: emulator.Record{Name: new("x"), Suspended: &suspended}}); err != nil {
			t.Fatal(err)
		}
	}
	_, diags := env.Protocol(t).Change("vonage_subaccount", acctest.Object{}, values{"name": "x"})
	if said := diags.MustWarn(t, "", "same name", "0000dead", "killed", "import it"); strings.Contains(fmt.Sprint(said), "0000beef") {
		t.Errorf("a suspended subaccount is no namesake: %v", said)
	}
	env.WantCalls(t, listSubaccounts, "POST /accounts/abcd1234/subaccounts")

	p := env.Protocol(t)
	for _, name := range []string{"y", "y"} {
		_, diags := p.Change("vonage_subaccount", acctest.Object{}, values{"name": name})
		diags.MustBeEmpty(t) // what this run has made is in its state
	}
}

// TestRefreshOfManySubaccounts: 200 subaccounts are refreshed in one call.
func TestRefreshOfManySubaccounts(t *testing.T) {
	t.Parallel()
	env := acctest.New(t)
	var objects []acctest.Object
	importing := env.Protocol(t)
	for i := range 200 {
		key := fmt.Sprintf("%08x", i)
		if _, err := env.Emulator.OpenSubaccount(emulator.Opening{APIKey: key, APISecret: "Password1"}); err != nil {
			t.Fatal(err)
		}
	}
	for i := range 200 {
		object, diags := importing.Import("vonage_subaccount", fmt.Sprintf("%08x", i))
		diags.MustBeEmpty(t)
		objects = append(objects, object)
	}
	env.Emulator.ResetRequests()
	p := env.Protocol(t)
	for _, object := range objects {
		if _, diags := p.Read("vonage_subaccount", object); diags != nil {
			t.Fatal(diags)
		}
	}
	env.WantCalls(t, listSubaccounts)
}
