// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package number_test

import (
	"maps"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/vonage/terraform-provider-vonage/internal/acctest"
	"github.com/vonage/terraform-provider-vonage/internal/emulator"
)

type values = acctest.Values

const (
	numberType = "vonage_number"
	linkType   = "vonage_number_link"

	ours   = "78d335fa-323d-0114-9c3d-d6f0d48968cf"
	theirs = "aaaaaaaa-bbbb-cccc-dddd-0123456789ab"

	digits = "447700900001"
	gb     = "GB/" + digits
)

// account is a Vonage account with two applications, and a log of its requests.
type account struct {
	*acctest.Env

	t *testing.T
}

func newAccount(t *testing.T, options ...acctest.Option) account {
	t.Helper()
	a := account{acctest.New(t, options...), t}
	for id, name := range map[string]string{ours: "ours", theirs: "theirs"} {
		if err := a.Emulator.SeedApplication(id, values{"name": name}); err != nil {
			t.Fatal(err)
		}
	}
	return a
}

// owns adds a number with its settings to the account.
func (a account) owns(id string, settings values) {
	a.t.Helper()
	number := values{"type": "mobile-lvn", "features": []any{"VOICE", "SMS"}}
	maps.Copy(number, settings)
	if err := a.Emulator.SeedNumber(id, number); err != nil {
		a.t.Fatal(err)
	}
}

// linkedTo returns how the API shows a link: as app_id, and as a voice callback of type app.
func linkedTo(application string) values {
	return values{"app_id": application, "voiceCallbackType": "app", "voiceCallbackValue": application}
}

// setting returns one member of the number gb, or "" if it is absent.
func (a account) setting(name string) string {
	a.t.Helper()
	number, owned := a.Emulator.Number(gb)
	if !owned {
		a.t.Fatalf("the account has no number %s", gb)
	}
	text, _ := number[name].(string)
	return text
}

const (
	list   = "GET /account/numbers"
	search = "GET /number/search"
	buy    = "POST /number/buy"
	update = "POST /number/update"
	cancel = "POST /number/cancel"
)

// offers adds a number that can be rented.
func (a account) offers(id string, more values) {
	a.t.Helper()
	country, msisdn, _ := strings.Cut(id, "/")
	if err := a.Emulator.SeedInventory(acctest.With(values{"country": country, "msisdn": msisdn, "cost": "1.25", "initialPrice": "0.50"}, more)); err != nil {
		a.t.Fatal(err)
	}
}

// has reports whether the account rents a number.
func (a account) has(id string) bool {
	_, owned := a.Emulator.Number(id)
	return owned
}

// count returns how often a request was made since the last check.
func (a account) count(call string) int {
	n := 0
	for _, r := range a.Emulator.Requests() {
		if r.Method+" "+r.Path == call {
			n++
		}
	}
	return n
}

// sent returns the form of the only request with a path.
func (a account) sent(path string) url.Values {
	a.t.Helper()
	requests := slices.DeleteFunc(a.Emulator.Requests(), func(r emulator.Request) bool { return r.Path != path })
	if len(requests) != 1 {
		a.t.Fatalf("%d requests for %s", len(requests), path)
	}
	form, err := url.ParseQuery(requests[0].Body)
	if err != nil {
		a.t.Fatal(err)
	}
	return form
}

// create creates an object in a new run.
func (a account) create(typeName string, config values) (acctest.Object, acctest.Diagnostics) {
	a.t.Helper()
	return a.Protocol(a.t).Change(typeName, acctest.Object{}, config)
}

// mustCreate creates an object and requires that there are no diagnostics.
func (a account) mustCreate(typeName string, config values) acctest.Object {
	a.t.Helper()
	object, diags := a.create(typeName, config)
	diags.MustBeEmpty(a.t)
	return object
}

// wantNoChange plans a configuration for an object and requires an empty plan.
func (a account) wantNoChange(typeName string, object acctest.Object, config values) {
	a.t.Helper()
	plan, diags := a.Protocol(a.t).Plan(typeName, object, config)
	diags.MustBeEmpty(a.t)
	if plan.Changes() || len(plan.RequiresReplace) > 0 {
		a.t.Errorf("a change is planned (-state +plan), replacing for %v:\n%s", plan.RequiresReplace, cmp.Diff(object.State, plan.State))
	}
}

// gone requires that a refresh removes a link from the state, also if no identity is stored.
func (a account) gone(object acctest.Object) {
	a.t.Helper()
	for _, current := range []acctest.Object{object, object.WithoutIdentity()} {
		read, diags := a.Protocol(a.t).Read(linkType, current)
		if diags.HasError() || read.State != nil {
			a.t.Errorf("refresh gave %v\n%s", read.State, diags)
		}
	}
}
