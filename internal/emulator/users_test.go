// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package emulator_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/vonage/terraform-provider-vonage/internal/emulator"
)

func TestUserLifeCycle(t *testing.T) {
	t.Parallel()
	a := newAccount(t, emulator.Options{})
	a.seedKeys()
	admin := as(t, applicationID)
	const channels = `"channels":{"pstn":[{"number":447700900111}],"sip":[{"uri":"sip:a@b","username":"u","password":"p"}],` +
		`"websocket":[{"uri":"wss://w","content-type":"audio/l16;rate=8000","headers":{"x":"y"}}]}`
	const properties = `"properties":{"ttl":60,"custom_data":{"k":"v"}}`
	made := a.send("POST", "/v1/users", `{"name":"alice","display_name":"Alice",`+properties+`,`+channels+`}`, admin).want(t, 201).json
	id := text(made, "id")
	want := document{
		"id": id, "name": "alice", "display_name": "Alice", "properties": document{"ttl": 60., "custom_data": document{"k": "v"}},
		"channels": document{
			"pstn":      []any{document{"number": 447700900111.}},
			"sip":       []any{document{"uri": "sip:a@b", "username": "u", "password": "p"}},
			"websocket": []any{document{"uri": "wss://w", "content-type": "audio/l16;rate=8000", "headers": document{"x": "y"}}},
		},
		"_links": document{"self": document{"href": a.url + "/v1/users/" + id}},
	}
	if diff := cmp.Diff(want, made); diff != "" || !strings.HasPrefix(id, "USR-") {
		t.Errorf("made (-want +got):\n%s", diff)
	}
	for _, name := range []string{id, "alice"} {
		if diff := cmp.Diff(want, a.get("/v1/users/"+name, admin).want(t, 200).json); diff != "" {
			t.Errorf("read by %s (-want +got):\n%s", name, diff)
		}
	}
	want["display_name"] = "A."
	if diff := cmp.Diff(want, a.send("PATCH", "/v1/users/"+id, `{"display_name":"A.","name":"alice"}`, admin).want(t, 200).json); diff != "" {
		t.Errorf("changed (-want +got):\n%s", diff)
	}
	a.do("DELETE", "/v1/users/"+id, nil, as(t, foreignID)).want(t, 404)
	a.do("DELETE", "/v1/users/"+id, nil, admin).want(t, 204)
	for _, method := range []string{"GET", "PATCH", "DELETE"} {
		got := a.send(method, "/v1/users/"+id, `{}`, admin).want(t, 404).json
		if got["code"] != "user:error:not-found" {
			t.Errorf("%s: %v", method, got)
		}
	}
}

func TestUserRefusals(t *testing.T) {
	t.Parallel()
	a := newAccount(t, emulator.Options{})
	a.seedKeys()
	admin := as(t, applicationID)
	a.send("POST", "/v1/users", `{"name":"alice"}`, admin).want(t, 201)
	bob := text(a.send("POST", "/v1/users", `{"name":"bob"}`, admin).want(t, 201).json, "id")
	subject := bearer(sign(t, testKey(), claims(time.Now(), document{"sub": "alice"})))
	for name, test := range map[string]struct {
		got    reply
		status int
		code   string
	}{
		"taken":             {a.send("POST", "/v1/users", `{"name":"alice"}`, admin), 409, "user:error:duplicate-name"},
		"renamed to taken":  {a.send("PATCH", "/v1/users/"+bob, `{"name":"alice"}`, admin), 409, "user:error:duplicate-name"},
		"me":                {a.send("POST", "/v1/users", `{"name":"me"}`, admin), 400, "user:error:invalid-user-name"},
		"like an id":        {a.send("POST", "/v1/users", `{"name":"USR-1"}`, admin), 400, "user:error:invalid-user-name"},
		"unknown property":  {a.send("POST", "/v1/users", `{"nick":"x"}`, admin), 400, "http:error:validation-fail"},
		"ttl":               {a.send("POST", "/v1/users", `{"properties":{"ttl":-1}}`, admin), 400, "http:error:validation-fail"},
		"number of SMS":     {a.send("POST", "/v1/users", `{"channels":{"sms":[{"number":447700900111}]}}`, admin), 400, "http:error:validation-fail"},
		"short number":      {a.send("PATCH", "/v1/users/"+bob, `{"channels":{"pstn":[{"number":1}]}}`, admin), 400, "http:error:validation-fail"},
		"no number":         {a.send("POST", "/v1/users", `{"channels":{"mms":[{}]}}`, admin), 400, "http:error:validation-fail"},
		"websocket address": {a.send("POST", "/v1/users", `{"channels":{"websocket":[{"uri":"https://w"}]}}`, admin), 400, "http:error:validation-fail"},
		"extension":         {a.send("POST", "/v1/users", `{"channels":{"vbc":[{"extension":403}]}}`, admin), 400, "http:error:validation-fail"},
		"custom data":       {a.send("PATCH", "/v1/users/"+bob, `{"properties":{"custom_data":"x"}}`, admin), 400, "http:error:validation-fail"},
		"unknown channel":   {a.send("PATCH", "/v1/users/"+bob, `{"channels":{"fax":[]}}`, admin), 400, "http:error:validation-fail"},
		"SIP address":       {a.send("POST", "/v1/users", `{"channels":{"sip":[{"uri":"alice"}]}}`, admin), 400, "http:error:validation-fail"},
		"no JSON":           {a.send("POST", "/v1/users", `{`, admin), 400, "http:error:validation-fail"},
		"by a user":         {a.send("POST", "/v1/users", `{}`, subject), 401, "system:error:permission"},
		"no content type":   {a.send("POST", "/v1/users", `{}`, admin, without("Content-Type")), 415, "http:error:unsupported-media-type"},
		"other application": {a.get("/v1/users/"+bob, as(t, foreignID)), 404, "user:error:not-found"},
	} {
		if test.got.status != test.status || test.got.json["code"] != test.code {
			t.Errorf("%s: HTTP status %d %v, want %d %s", name, test.got.status, test.got.json["code"], test.status, test.code)
		}
	}
	// Names are unique per application, and generated if missing.
	a.send("POST", "/v1/users", `{"name":"alice"}`, as(t, foreignID)).want(t, 201)
	if made := a.send("POST", "/v1/users", `{"display_name":null}`, admin).want(t, 201).json; !strings.HasPrefix(text(made, "name"), "NAM-") {
		t.Errorf("name %v", made["name"])
	}
}

func TestUserList(t *testing.T) {
	t.Parallel()
	a := newAccount(t, emulator.Options{})
	a.seedKeys()
	for i := range 12 {
		a.send("POST", "/v1/users", fmt.Sprintf(`{"name":"u%02d","channels":{}}`, i), as(t, applicationID)).want(t, 201)
	}
	a.send("POST", "/v1/users", `{"name":"foreign"}`, as(t, foreignID)).want(t, 201)
	page := a.get("/v1/users", as(t, applicationID)).want(t, 200).json
	listed, _ := at(page, "_embedded", "users").([]any)
	if len(listed) != 10 || text(listed[9], "name") != "u09" || at(listed[0], "channels") != nil {
		t.Errorf("first page: %v", listed)
	}
	next := strings.TrimPrefix(text(page, "_links", "next", "href"), a.url)
	last, _ := at(a.get(next, as(t, applicationID)).want(t, 200).json, "_embedded", "users").([]any)
	if len(last) != 2 || text(last[1], "name") != "u11" {
		t.Errorf("last page: %v", last)
	}
	named, _ := at(a.get("/v1/users?name=u07", as(t, applicationID)).json, "_embedded", "users").([]any)
	if len(named) != 1 || text(named[0], "name") != "u07" {
		t.Errorf("by name: %v", named)
	}
	a.get("/v1/users/u07/sessions", as(t, applicationID)).want(t, 200)
	a.get("/v1/users/nobody/sessions", as(t, applicationID)).want(t, 404)
}

// What no source decides about the properties and the passwords of a user.
func TestUserVariants(t *testing.T) {
	t.Parallel()
	const made = `{"name":"alice","properties":{"custom_data":{"team":"a"}},"channels":{"sip":[{"uri":"sip:a@example.com","password":"secret"}]}}`
	changed := func(variant emulator.Variant, body string) (int, document) {
		a := newAccount(t, emulator.Options{Variant: variant})
		a.seedKeys()
		id := text(a.send("POST", "/v1/users", made, as(t, applicationID)).want(t, 201).json, "id")
		answered := a.send("PATCH", "/v1/users/"+id, body, as(t, applicationID))
		return answered.status, a.get("/v1/users/"+id, as(t, applicationID)).want(t, 200).json
	}
	if _, user := changed(emulator.Variant{}, `{"display_name":"A"}`); text(user, "properties", "custom_data", "team") != "a" ||
		!strings.Contains(fmt.Sprint(user["channels"]), "password:secret") {
		t.Errorf("user %v", user)
	}
	if _, user := changed(emulator.Variant{UserUpdateDropsProperties: true}, `{"display_name":"A"}`); !cmp.Equal(user["properties"], any(document{})) {
		t.Errorf("kept %v", user["properties"])
	}
	for refused, want := range map[bool]struct {
		status int
		team   string
	}{false: {200, "b"}, true: {400, "a"}} {
		status, user := changed(emulator.Variant{UserPropertiesRefused: refused, UserUpdateDropsProperties: true}, `{"properties":{"custom_data":{"team":"b"}}}`)
		if status != want.status || text(user, "properties", "custom_data", "team") != want.team {
			t.Errorf("HTTP status %d, %v", status, user["properties"])
		}
	}
	if _, user := changed(emulator.Variant{UserPasswordsHidden: true}, `{}`); strings.Contains(fmt.Sprint(user["channels"]), "password") {
		t.Errorf("shown %v", user["channels"])
	}
}

// Reads show users as they were before a write, for a while. Names are unique at once.
func TestUsersSettle(t *testing.T) {
	t.Parallel()
	now := newClock()
	a := newAccount(t, emulator.Options{Now: now.Now, Variant: emulator.Variant{Settling: time.Second}})
	a.seedKeys()
	admin := bearer(sign(t, testKey(), claims(now.Now(), nil)))
	user := "/v1/users/" + text(a.send("POST", "/v1/users", `{"name":"alice"}`, admin).want(t, 201).json, "id")
	count := func() int {
		listed, _ := at(a.get("/v1/users", admin).want(t, 200).json, "_embedded", "users").([]any)
		return len(listed)
	}
	a.get(user, admin).want(t, 404)
	a.send("POST", "/v1/users", `{"name":"alice"}`, admin).want(t, 409)
	if count() != 0 {
		t.Error("listed at once")
	}
	now.advance(time.Second)
	a.get(user, admin).want(t, 200)
	a.send("PATCH", user, `{"name":"bob"}`, admin).want(t, 200)
	if got := a.get(user, admin).json["name"]; got != "alice" || count() != 1 {
		t.Errorf("read at once: %v", got)
	}
	now.advance(time.Second)
	a.do("DELETE", user, nil, admin).want(t, 204)
	a.get(user, admin).want(t, 200)
	a.do("DELETE", user, nil, admin).want(t, 404)
	now.advance(time.Second)
	a.get(user, admin).want(t, 404)
}

func TestUserControl(t *testing.T) {
	t.Parallel()
	a := newAccount(t, emulator.Options{})
	a.seedKeys()
	a.send("PUT", "/emulator/users/USR-1?application_id="+applicationID, `{"name":"alice","odd":1}`).want(t, 204)
	a.send("PUT", "/emulator/users/USR-2", `{"application_id":"`+foreignID+`","name":"bob"}`).want(t, 204)
	a.send("PUT", "/emulator/users/USR-1", `{"application_id":"`+applicationID+`","name":"carol","odd":1}`).want(t, 204)
	a.send("PUT", "/emulator/users/USR-3", `{"name":"nobody"}`).want(t, 400)
	if got := a.get("/v1/users/USR-1", as(t, applicationID)).want(t, 200).json; got["name"] != "carol" || got["odd"] != 1. || got["application_id"] != nil {
		t.Errorf("user %v", got)
	}
	a.get("/v1/users/USR-2", as(t, applicationID)).want(t, 404)
	if got, _ := a.Documents("users").Get("USR-2"); got["application_id"] != foreignID || len(a.Documents("users").All()) != 2 || len(a.get("/emulator/users").json) != 2 {
		t.Errorf("stored %v", got)
	}
	a.do("DELETE", "/emulator/users/USR-2", nil).want(t, 204)
	a.do("DELETE", "/emulator/users/USR-2", nil).want(t, 404)
	seed(t, a.Documents("users").Seed("USR-9", document{"application_id": applicationID}))
	if !a.Documents("users").Remove("USR-9") {
		t.Error("not removed")
	}
}
