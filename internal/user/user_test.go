// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package user_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/vonage/terraform-provider-vonage/internal/acctest"
	"github.com/vonage/terraform-provider-vonage/internal/emulator"
)

type values = acctest.Values

const (
	userType = "vonage_user"

	ours, theirs = "aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa", "bbbbbbbb-bbbb-4bbb-8bbb-bbbbbbbbbbbb"

	listUsers, postUser            = "GET /v1/users", "POST /v1/users"
	getUser, patchUser, deleteUser = "GET /v1/users/USR-ID", "PATCH /v1/users/USR-ID", "DELETE /v1/users/USR-ID"
)

// account is an emulated account with two applications.
type account struct {
	*acctest.Env

	t *testing.T
}

func newAccount(t *testing.T, options ...acctest.Option) account {
	t.Helper()
	a := account{acctest.New(t, options...), t}
	for i, id := range []string{ours, theirs} {
		if err := a.Emulator.SeedApplication(id, values{"name": id[:1], "keys": values{"public_key": acctest.PublicKey(i)}}); err != nil {
			t.Fatal(err)
		}
	}
	return a
}

func variant(variant emulator.Variant) acctest.Option {
	return acctest.WithEmulator(func(o *emulator.Options) { o.Variant = variant })
}

// run starts a run of the provider with the credentials of our application, and other that of the other one.
func (a account) run(more ...values) *acctest.Protocol {
	a.t.Helper()
	return a.Protocol(a.t, append([]values{{"application_id": ours, "private_key": acctest.PrivateKey(0)}}, more...)...)
}

func (a account) other() *acctest.Protocol {
	a.t.Helper()
	return a.Protocol(a.t, values{"application_id": theirs, "private_key": acctest.PrivateKey(1)})
}

func (a account) create(config values) acctest.Object {
	a.t.Helper()
	object, diags := a.run().Change(userType, acctest.Object{}, config)
	diags.MustBeEmpty(a.t)
	a.Calls()
	return object
}

// has puts a user into our application.
func (a account) has(id string, user values) {
	a.t.Helper()
	if err := a.Emulator.Documents("users").Seed(id, acctest.With(user, values{"application_id": ours})); err != nil {
		a.t.Fatal(err)
	}
}

// stored returns the user of an object as the account has it.
func (a account) stored(object acctest.Object) values {
	found, _ := a.Emulator.Documents("users").Get(fmt.Sprint(object.State["id"]))
	return found
}

// bodies returns the bodies of the requests with a method since the last call of it or of Calls.
func (a account) bodies(method string) []values {
	var bodies []values
	for _, request := range a.Emulator.Requests() {
		var body values
		if request.Method == method && json.Unmarshal([]byte(request.Body), &body) == nil {
			bodies = append(bodies, body)
		}
	}
	a.Emulator.ResetRequests()
	return bodies
}

func number(digits string) []any { return []any{values{"number": digits}} }

// everything is a user with every attribute.
func everything() values {
	return values{
		"name": "alice", "display_name": "Alice", "image_url": "https://example.com/a.png", "custom_data": values{"team": "blue"}, "ttl": 3600,
		"channels": values{
			"pstn": number("+44 7700 900001"), "sms": number("447700900002"), "mms": number("447700900003"), "whatsapp": number("447700900004"), "viber": number("447700900005"),
			"sip":       []any{values{"uri": "sip:alice@example.com", "username": "alice", "password": "not-a-secret"}},
			"vbc":       []any{values{"extension": "0403"}},
			"websocket": []any{values{"uri": "wss://example.com/alice", "content_type": "audio/l16;rate=16000", "headers": values{"customer_id": "ABC"}}},
			"messenger": []any{values{"id": "12345abcd"}},
		},
	}
}

func TestLifeCycle(t *testing.T) {
	t.Parallel()
	a := newAccount(t)
	object, diags := a.run().Change(userType, acctest.Object{}, everything())
	diags.MustBeEmpty(t)
	posted := a.bodies("POST")[0]
	if diff := cmp.Diff(values{
		"name": "alice", "display_name": "Alice", "image_url": "https://example.com/a.png", "properties": values{"custom_data": values{"team": "blue"}, "ttl": 3600.},
		"channels": values{
			"pstn": []any{values{"number": 447700900001.}}, "sms": number("447700900002"), "mms": number("447700900003"), "whatsapp": number("447700900004"), "viber": number("447700900005"),
			"sip":       []any{values{"uri": "sip:alice@example.com", "username": "alice", "password": "not-a-secret"}},
			"vbc":       []any{values{"extension": "0403"}},
			"websocket": []any{values{"uri": "wss://example.com/alice", "content-type": "audio/l16;rate=16000", "headers": values{"customer_id": "ABC"}}},
			"messenger": []any{values{"id": "12345abcd"}},
		},
	}, posted); diff != "" {
		t.Errorf("sent (-want +got):\n%s", diff)
	}
	id := fmt.Sprint(object.State["id"])
	want := acctest.With(everything(), values{"id": id, "timeouts": nil})
	if diff := cmp.Diff(want, object.State); diff != "" || !strings.HasPrefix(id, "USR-") {
		t.Errorf("state (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(values{"id": id}, object.Identity); diff != "" {
		t.Error(diff)
	}

	p := a.run()
	read, diags := p.Read(userType, object)
	diags.MustBeEmpty(t)
	a.WantCalls(t, getUser)
	if plan, _ := p.Plan(userType, read, everything()); plan.Changes() {
		t.Errorf("the second plan has changes:\n%s", cmp.Diff(read.State, plan.State))
	}
	unread := everything() // an import leaves out passwords
	unread["channels"].(values)["sip"] = []any{values{"uri": "sip:alice@example.com", "username": "alice"}}
	for _, imported := range []func(*acctest.Protocol) (acctest.Object, acctest.Diagnostics){
		func(p *acctest.Protocol) (acctest.Object, acctest.Diagnostics) { return p.Import(userType, id) },
		func(p *acctest.Protocol) (acctest.Object, acctest.Diagnostics) {
			return p.Import(userType, "name=alice")
		},
		func(p *acctest.Protocol) (acctest.Object, acctest.Diagnostics) {
			return p.ImportIdentity(userType, values{"id": id})
		},
	} {
		p := a.run()
		got, diags := imported(p)
		diags.MustBeEmpty(t)
		if plan, _ := p.Plan(userType, got, unread); plan.Changes() {
			t.Errorf("the plan after an import has changes:\n%s", cmp.Diff(got.State, plan.State))
		}
	}
	for asked, words := range map[string]string{"alice": "Invalid import id", "name=nobody": "application " + ours, "USR-0": "application " + ours} {
		_, diags := a.run().Import(userType, asked)
		diags.MustFail(t, "", words)
	}
	a.Calls()

	renamed := acctest.With(everything(), values{"name": "alice@example.com"})
	object, diags = a.run().Change(userType, object, renamed)
	diags.MustBeEmpty(t)
	posted["name"] = "alice@example.com"
	if diff := cmp.Diff([]values{posted}, a.bodies("PATCH")); diff != "" {
		t.Errorf("an update does not send every managed field (-want +got):\n%s", diff)
	}
	object, diags = a.run().Change(userType, object, acctest.With(renamed, values{"timeouts": values{"read": "1m"}}))
	diags.MustBeEmpty(t)
	a.WantCalls(t) // nothing is sent for them
	_, diags = a.run().Change(userType, object, nil)
	diags.MustBeEmpty(t)
	a.WantCalls(t, deleteUser)
	gone, diags := a.run().Read(userType, object)
	diags.MustBeEmpty(t)
	if gone.State != nil || len(a.Emulator.Documents("users").All()) != 0 {
		t.Errorf("deleted, and there is %v", gone.State)
	}
	_, diags = a.run().Change(userType, object, nil) // twice
	diags.MustBeEmpty(t)
}

// TestWhatIsNotManagedSurvives: what the configuration leaves out is neither shown nor changed, whether an update keeps the properties
// that it does not repeat or not. What it no longer has is unset.
func TestWhatIsNotManagedSurvives(t *testing.T) {
	t.Parallel()
	for name, variantOf := range map[string]emulator.Variant{"kept": {}, "dropped": {UserUpdateDropsProperties: true}, "refused": {UserPropertiesRefused: true}, "hidden": {UserPasswordsHidden: true}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := newAccount(t, variant(variantOf))
			object := a.create(values{"name": "alice", "channels": values{"sms": number("447700900001")}})
			sip := []any{values{"uri": "sip:a@example.com", "username": "a", "password": "not-a-secret"}}
			foreign := values{"custom_data": values{"seen": json.Number("5"), "deep": values{"a": []any{nil}}}, "ttl": json.Number("60")}
			a.has(fmt.Sprint(object.State["id"]), values{
				"name": "alice", "display_name": "by others", "properties": foreign, "channels": values{"sms": number("447700900001"), "vbc": []any{values{"extension": "1"}}},
			})
			p := a.run()
			read, diags := p.Read(userType, object)
			diags.MustBeEmpty(t)
			if diff := cmp.Diff(object.State, read.State); diff != "" {
				t.Errorf("what is not managed is in the state:\n%s", diff)
			}
			object, diags = a.run().Change(userType, read, values{"name": "alice", "channels": values{"sms": number("447700900002")}})
			diags.MustBeEmpty(t)
			stored := a.stored(object)
			if diff := cmp.Diff(foreign, stored["properties"]); diff != "" || stored["display_name"] != "by others" {
				t.Errorf("not kept:\n%s%v", diff, stored)
			}
			if diff := cmp.Diff(values{"sms": number("447700900002"), "vbc": []any{values{"extension": "1"}}}, stored["channels"]); diff != "" {
				t.Error(diff)
			}
			object, diags = a.run().Change(userType, object, values{"name": "bob", "display_name": "Bob"})
			diags.MustBeEmpty(t)
			if diff := cmp.Diff(values{"sms": []any{}, "vbc": []any{values{"extension": "1"}}}, a.stored(object)["channels"]); diff != "" {
				t.Error(diff)
			}
			if object.State["channels"] != nil {
				t.Errorf("the state is %v", object.State)
			}
			a.has(fmt.Sprint(object.State["id"]), values{"name": "bob", "display_name": "Bob", "channels": values{"sip": sip}})
			object, diags = a.run().Change(userType, object, values{"name": "bob"})
			diags.MustBeEmpty(t)
			if stored := a.stored(object); stored["display_name"] != nil || !cmp.Equal(stored["channels"], any(values{"sip": sip})) {
				t.Errorf("unset, and there is %v", stored)
			}
		})
	}
}

// TestEntriesKeepWhatOthersSet: an entry of a channel is managed as far as the configuration says.
func TestEntriesKeepWhatOthersSet(t *testing.T) {
	t.Parallel()
	a := newAccount(t)
	config := func(more values) values {
		return acctest.With(values{"name": "alice", "channels": values{
			"pstn": number("447700900001"), "sip": []any{values{"uri": "sip:a@example.com"}}, "websocket": []any{values{"uri": "wss://example.com/a"}},
		}}, more)
	}
	object := a.create(config(nil))
	channels := values{
		"pstn":      []any{values{"number": json.Number("447700900001")}},
		"sip":       []any{values{"uri": "sip:a@example.com", "username": "a", "password": "not-a-secret"}},
		"websocket": []any{values{"uri": "wss://example.com/a", "content-type": "audio/l16;rate=8000", "headers": values{"a": json.Number("5")}}},
	}
	a.has(fmt.Sprint(object.State["id"]), values{"name": "alice", "channels": channels})
	object, diags := a.run().Change(userType, object, config(values{"display_name": "Alice"}))
	diags.MustBeEmpty(t)
	if diff := cmp.Diff(any(channels), a.stored(object)["channels"]); diff != "" {
		t.Errorf("not kept:\n%s", diff)
	}
	// What is managed from now on means the same, so its form stays; it goes with its entry.
	headers := values{"websocket": []any{values{"uri": "wss://example.com/a", "headers": values{"a": "5"}}}, "sip": []any{values{"uri": "sip:b@example.com"}}}
	object, diags = a.run().Change(userType, object, values{"name": "alice", "channels": headers})
	diags.MustBeEmpty(t)
	if diff := cmp.Diff(any(values{"pstn": []any{}, "sip": headers["sip"], "websocket": channels["websocket"]}), a.stored(object)["channels"]); diff != "" {
		t.Error(diff)
	}
	object, diags = a.run().Change(userType, object, config(nil))
	diags.MustBeEmpty(t)
	delete(channels["websocket"].([]any)[0].(values), "headers")
	if diff := cmp.Diff(channels["websocket"], a.stored(object)["channels"].(values)["websocket"]); diff != "" {
		t.Error(diff)
	}
}

// TestPropertiesAreChanged: custom data are managed as a whole, and those that mean the same keep their form.
func TestPropertiesAreChanged(t *testing.T) {
	t.Parallel()
	a := newAccount(t)
	object := a.create(values{"name": "alice", "custom_data": values{"a": "1", "b": "2"}, "ttl": 60})
	a.has(fmt.Sprint(object.State["id"]), values{"name": "alice", "properties": values{"custom_data": values{"a": json.Number("1"), "b": "2"}, "ttl": json.Number("60")}})
	p := a.run()
	read, diags := p.Read(userType, object)
	diags.MustBeEmpty(t)
	if diff := cmp.Diff(object.State, read.State); diff != "" {
		t.Errorf("another form is drift:\n%s", diff)
	}
	object, diags = p.Change(userType, read, values{"name": "alice", "custom_data": values{"a": "1", "c": "3"}})
	diags.MustWarn(t, "ttl", "The TTL stays", "60 seconds")
	want := values{"custom_data": values{"a": json.Number("1"), "c": "3"}, "ttl": json.Number("60")}
	if diff := cmp.Diff(any(want), a.stored(object)["properties"]); diff != "" {
		t.Error(diff)
	}
	for _, next := range []values{{"name": "alice", "custom_data": values{}}, {"name": "alice"}} {
		object, diags = a.run().Change(userType, object, next)
		diags.MustBeEmpty(t)
		read, diags = a.run().Read(userType, object)
		diags.MustBeEmpty(t)
		if diff := cmp.Diff(object.State, read.State); diff != "" {
			t.Error(diff)
		}
		want["custom_data"] = values{}
		if diff := cmp.Diff(any(want), a.stored(object)["properties"]); diff != "" {
			t.Error(diff)
		}
	}

	fixed := newAccount(t, variant(emulator.Variant{UserPropertiesRefused: true}))
	object = fixed.create(values{"name": "alice", "custom_data": values{"a": "1"}})
	kept, diags := fixed.run().Change(userType, object, values{"name": "bob", "custom_data": values{"a": "2"}})
	diags.MustFail(t, "", "-replace=ADDRESS", "nothing was changed")
	if diff := cmp.Diff(object.State, kept.State); diff != "" || fixed.stored(object)["name"] != "alice" {
		t.Errorf("changed nevertheless: %s", diff)
	}
	_, diags = fixed.run().Change(userType, object, values{"name": "bob", "custom_data": values{"a": "1"}})
	diags.MustBeEmpty(t)
}

// TestDriftIsShown: what is managed and was changed or removed outside Terraform is in the next plan.
func TestDriftIsShown(t *testing.T) {
	t.Parallel()
	a := newAccount(t)
	object := a.create(everything())
	a.has(fmt.Sprint(object.State["id"]), values{"name": "renamed", "channels": values{"sms": number("447700900009"), "sip": []any{values{"uri": "sip:alice@example.com", "password": "other"}}}})
	p := a.run()
	read, diags := p.Read(userType, object)
	diags.MustBeEmpty(t)
	want := values{
		"id": object.State["id"], "name": "renamed", "display_name": nil, "image_url": nil, "custom_data": values{}, "ttl": nil, "timeouts": nil,
		"channels": values{
			"pstn": []any{}, "sms": number("447700900009"), "mms": []any{}, "whatsapp": []any{}, "viber": []any{}, "vbc": []any{}, "websocket": []any{}, "messenger": []any{},
			"sip": []any{values{"uri": "sip:alice@example.com", "username": nil, "password": "other"}},
		},
	}
	if diff := cmp.Diff(want, read.State); diff != "" {
		t.Errorf("state (-want +got):\n%s", diff)
	}
	object, diags = p.Change(userType, read, everything())
	diags.MustBeEmpty(t)
	again, diags := a.run().Read(userType, object)
	diags.MustBeEmpty(t)
	if diff := cmp.Diff(object.State, again.State); diff != "" {
		t.Error(diff)
	}
}

// TestPasswords: a password that the API hides stays, and is sent with every change. One that nobody configured is left alone.
func TestPasswords(t *testing.T) {
	t.Parallel()
	sip := func(password any) values {
		return values{"name": "alice", "channels": values{"sip": []any{values{"uri": "sip:a@example.com", "username": "a", "password": password}}}}
	}
	for name, hidden := range map[string]bool{"shown": false, "hidden": true} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := newAccount(t, variant(emulator.Variant{UserPasswordsHidden: hidden}))
			object := a.create(sip("not-a-secret"))
			read, diags := a.run().Read(userType, object)
			diags.MustBeEmpty(t)
			if diff := cmp.Diff(object.State, read.State); diff != "" {
				t.Error(diff)
			}
			object, diags = a.run().Change(userType, read, acctest.With(sip("not-a-secret"), values{"display_name": "A"}))
			diags.MustBeEmpty(t)
			if !strings.Contains(fmt.Sprint(a.stored(object)), "password:not-a-secret") {
				t.Errorf("the account has %v", a.stored(object))
			}
			imported, diags := a.run().Import(userType, "name=alice")
			diags.MustBeEmpty(t)
			if strings.Contains(fmt.Sprint(imported.State), "not-a-secret") {
				t.Error("an import takes the password into the state")
			}
			if !hidden {
				imported, diags = a.run().Change(userType, imported, acctest.With(sip(nil), values{"display_name": "B"}))
				diags.MustBeEmpty(t)
				if !strings.Contains(fmt.Sprint(a.stored(imported)), "password:not-a-secret") || strings.Contains(fmt.Sprint(imported.State), "not-a-secret") {
					t.Errorf("the password is not left alone: %v", a.stored(imported))
				}
				object, diags = a.run().Change(userType, object, acctest.With(sip(nil), values{"display_name": "A"}))
				diags.MustBeEmpty(t)
				if strings.Contains(fmt.Sprint(a.stored(object)), "password") {
					t.Errorf("the password is not removed: %v", a.stored(object))
				}
			}
			data, diags := a.run().ReadDataSource(userType, values{"name": "alice"})
			diags.MustBeEmpty(t)
			if strings.Contains(fmt.Sprint(data), "not-a-secret") {
				t.Error("the data source shows the password")
			}
		})
	}
}

// TestMalformedUsers: what Vonage returns is not checked. A user of any form is shown as it is, or fails for its own readers only.
func TestMalformedUsers(t *testing.T) {
	t.Parallel()
	a := newAccount(t)
	a.has("USR-1", values{"name": "before"})
	a.has("USR-2", values{"name": "ödd", "image_url": "no URL", "properties": []any{}, "channels": values{"pstn": number("anonymous"), "sip": []any{values{"uri": "x"}}, "fax": []any{values{}}}})
	a.has("USR-3", values{"name": values{}, "channels": "none"})
	a.has("USR-4", values{"name": "after", "channels": []any{}})
	odd, diags := a.run().Import(userType, "USR-2")
	diags.MustBeEmpty(t)
	if got := odd.State["channels"].(values); odd.State["image_url"] != "no URL" || !cmp.Equal(got["pstn"], any(number("anonymous"))) {
		t.Errorf("imported %v", odd.State)
	}
	_, diags = a.run().Import(userType, "USR-3")
	diags.MustFail(t, "", "USR-3", "a form that this version of the provider does not know")
	for _, name := range []string{"before", "after"} {
		_, diags := a.run().Import(userType, "name="+name)
		diags.MustBeEmpty(t)
	}
	list, diags := a.run().ReadDataSource("vonage_users", values{})
	diags.MustWarn(t, "", "USR-3")
	if shown, _ := list["users"].([]any); len(shown) != 4 {
		t.Errorf("the list shows %v", shown)
	}
	for _, whole := range []bool{false, true} {
		results, diags := a.run().List(userType, values{}, 100, whole)
		shown := 0
		for _, result := range results {
			diags = append(diags, result.Diagnostics...)
			if result.Identity != nil {
				shown++
			}
		}
		diags.MustWarn(t, "", "USR-3")
		if shown != 4 {
			t.Errorf("%d users are listed", shown)
		}
	}
	for _, id := range []string{"USR-2", "USR-3"} {
		object := acctest.Object{State: acctest.With(odd.State, values{"id": id})}
		_, diags := a.run().Change(userType, object, nil)
		diags.MustBeEmpty(t)
	}
	if len(a.Emulator.Documents("users").All()) != 2 {
		t.Errorf("left: %v", a.Emulator.Documents("users").All())
	}
}

func TestConfigurationsAreChecked(t *testing.T) {
	t.Parallel()
	p := newAccount(t).Protocol(t)
	p.ValidateResource(userType, everything()).MustBeEmpty(t)
	p.ValidateResource(userType, values{"name": "My name!", "custom_data": values{}, "channels": values{"pstn": []any{}}}).MustBeEmpty(t)
	in := func(kind string, entry values) values { return values{"channels": values{kind: []any{entry}}} }
	for _, test := range []struct {
		attribute string
		config    values
		words     string
	}{
		{"name", values{"name": ""}, "needs a name"},
		{"name", values{"name": " "}, "needs a name"},
		{"name", values{"name": "me"}, "USR- begins ids"},
		{"name", values{"name": "USR-1"}, "USR- begins ids"},
		{"display_name", values{"display_name": ""}, "at least 1"},
		{"image_url", values{"image_url": "a.png"}, "URL"},
		{"ttl", values{"ttl": -1}, "between 0 and 2147483648"},
		{"ttl", values{"ttl": 2147483649}, "between 0 and 2147483648"},
		{"ttl", values{"ttl": 1.5}, "whole number"},
		{"channels.pstn[0].number", in("pstn", values{"number": "07700 900001"}), "international"},
		{"channels.sms[0].number", in("sms", values{"number": "alice"}), "phone number"},
		{"channels.mms[0].number", in("mms", values{"number": ""}), "digits"},
		{"channels.whatsapp[0].number", in("whatsapp", values{"number": "1"}), "digits"},
		{"channels.viber[0].number", in("viber", values{"number": "44770090000123456"}), "digits"},
		{"channels.sip[0].uri", in("sip", values{"uri": "alice@example.com"}), "sip:"},
		{"channels.sip[0].password", in("sip", values{"uri": "sip:a@b", "password": ""}), "at least 1"},
		{"channels.vbc[0].extension", in("vbc", values{"extension": ""}), "at least 1"},
		{"channels.websocket[0].uri", in("websocket", values{"uri": "https://example.com"}), "wss://"},
		{"channels.websocket[0].uri", in("websocket", values{"uri": "wss://"}), "URL"},
		{"channels.websocket[0].content_type", in("websocket", values{"uri": "wss://a.test", "content_type": "audio/mp3"}), "audio/l16;rate=8000"},
		{"channels.messenger[0].id", in("messenger", values{"id": ""}), "at least 1"},
	} {
		p.ValidateResource(userType, acctest.With(values{"name": "alice"}, test.config)).MustFail(t, test.attribute, test.words)
	}
	for _, invalid := range []values{{}, {"id": "USR-1", "name": "alice"}, {"id": "alice"}} {
		if diags := p.ValidateDataSource(userType, invalid); !diags.HasError() {
			t.Errorf("%v is accepted", invalid)
		}
	}
}

// TestRefusalsAreShownWhereTheyBelong maps the API's parameters to attributes.
func TestRefusalsAreShownWhereTheyBelong(t *testing.T) {
	t.Parallel()
	for parameter, attribute := range map[string]string{
		"display_name": "display_name", "properties.custom_data": "custom_data", "properties.ttl": "ttl", "channels": "channels", "channels.sip": "channels.sip",
		"channels.sip[0].uri": "channels.sip[0].uri", "channels.websocket.0.content-type": "channels.websocket[0].content_type", "odd": "",
	} {
		a := newAccount(t, acctest.Around(func(next http.Handler) http.Handler {
			return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				if r.Method != http.MethodPost {
					next.ServeHTTP(w, r)
					return
				}
				w.WriteHeader(http.StatusBadRequest)
				_, _ = fmt.Fprintf(w, `{"title":"Bad request.","code":"http:error:validation-fail","detail":"Input validation failure.","invalid_parameters":[{"name":%q,"reason":"is wrong"}]}`, parameter)
			})
		}))
		_, diags := a.run().Change(userType, acctest.Object{}, everything())
		diags.MustFail(t, attribute, "is wrong")
	}
}
