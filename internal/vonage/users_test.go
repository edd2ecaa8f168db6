// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package vonage_test

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/google/go-cmp/cmp"

	"github.com/vonage/terraform-provider-vonage/internal/vonage"
)

const usersPath = "/v1/users"

func userList(entries ...string) answer {
	return ok(`{"page_size":100,"_embedded":{"users":[` + strings.Join(entries, ",") + `]},"_links":{"self":{"href":"x"}}}`)
}

const aliceJSON = `{"id":"USR-1","name":"alice","display_name":"Alice","image_url":"https://example.com/a.png",
  "properties":{"custom_data":{"team":"blue","level":3},"ttl":60},
  "channels":{"pstn":[{"number":447700900001}],"sms":[{"number":"447700900002"}],"sip":[{"uri":"sip:a@example.com","username":"u"}],
    "vbc":[{"extension":403}],"websocket":[{"uri":"wss://example.com/a","content-type":"audio/l16;rate=8000","headers":{"x":"y"}}],
    "mms":[],"whatsapp":[{"number":"447700900003"}],"viber":[{"number":"447700900004"}],"messenger":[{"id":"m"}]},
  "_links":{"self":{"href":"https://api-us-3.vonage.com/v1/users/USR-1"}}}`

func alice() vonage.User {
	number := func(n string) []vonage.NumberChannel { return []vonage.NumberChannel{{Number: n}} }
	return vonage.User{
		ID: "USR-1", Name: "alice", DisplayName: new("Alice"), ImageURL: new("https://example.com/a.png"),
		Properties: vonage.UserProperties{
			CustomData: map[string]json.RawMessage{"team": json.RawMessage(`"blue"`), "level": json.RawMessage(`3`)}, TTL: new(int64(60)),
		},
		Channels: vonage.UserChannels{
			PSTN: []vonage.PSTNChannel{{Number: "447700900001"}}, SMS: number("447700900002"), MMS: []vonage.NumberChannel{}, WhatsApp: number("447700900003"),
			Viber: number("447700900004"), SIP: []vonage.SIPChannel{{URI: "sip:a@example.com", Username: "u"}}, VBC: []vonage.VBCChannel{{Extension: "403"}},
			Websocket: []vonage.WebsocketChannel{{URI: "wss://example.com/a", ContentType: "audio/l16;rate=8000", Headers: map[string]json.RawMessage{"x": json.RawMessage(`"y"`)}}},
			Messenger: []vonage.MessengerChannel{{ID: "m"}},
		},
	}
}

// Users are the operations of the Users API v1.
func (contracts) Users() map[string]wired {
	send := func(method, path, query, body string) received {
		kind := ""
		if body != "" {
			kind = asJSON
		}
		return received{Method: method, Path: path, Query: query, ContentType: kind, Authorization: "Bearer TOKEN", Body: body}
	}
	byName := send("GET", usersPath, "name=a+b%26c&page_size=100", "")
	brief := vonage.User{ID: "USR-1", Name: "a b&c"}
	const listed = `{"id":"USR-1","name":"a b&c"}`
	type calls = []received
	return map[string]wired{
		"Users.List": {
			[]answer{ok(`{"_embedded":{"users":[` + listed + `]},"_links":{"next":{"href":"https://api-us-3.vonage.com/v1/users?cursor=x%2By"}}}`), userList()},
			func(ctx context.Context, c *vonage.Client) (any, error) { return collect(c.Users.List(ctx)) },
			[]vonage.User{brief},
			calls{send("GET", usersPath, "page_size=100", ""), send("GET", usersPath, "cursor=x%2By&page_size=100", "")},
		},
		"Users.Get": {
			[]answer{ok(aliceJSON)},
			func(ctx context.Context, c *vonage.Client) (any, error) { return c.Users.Get(ctx, "USR-1") },
			alice(),
			calls{send("GET", usersPath+"/USR-1", "", "")},
		},
		"Users.ListWhole": {
			[]answer{userList(listed), ok(aliceJSON)},
			func(ctx context.Context, c *vonage.Client) (any, error) { return collect(c.Users.ListWhole(ctx)) },
			[]vonage.User{alice()},
			calls{send("GET", usersPath, "page_size=100", ""), send("GET", usersPath+"/USR-1", "", "")},
		},
		"Users.Await": {
			[]answer{ok(aliceJSON)},
			func(ctx context.Context, c *vonage.Client) (any, error) { return c.Users.Await(ctx, "USR-1") },
			alice(),
			calls{send("GET", usersPath+"/USR-1", "", "")},
		},
		"Users.FindSame": {
			[]answer{userList(listed), ok(listed)},
			func(ctx context.Context, c *vonage.Client) (any, error) {
				return c.Users.FindSame(ctx, vonage.User{Name: "a b&c"})
			},
			brief,
			calls{byName, send("GET", usersPath+"/USR-1", "", "")},
		},
		"Users.FindByName": {
			[]answer{userList(`{"id":"USR-2","name":"a b"}`, listed), ok(listed)},
			func(ctx context.Context, c *vonage.Client) (any, error) { return c.Users.FindByName(ctx, "a b&c") },
			brief,
			calls{byName, send("GET", usersPath+"/USR-1", "", "")},
		},
		"Users.Create": {
			[]answer{userList(), {status: http.StatusCreated, body: listed}},
			func(ctx context.Context, c *vonage.Client) (any, error) {
				return c.Users.Create(ctx, vonage.User{Name: "a b&c", Properties: vonage.UserProperties{TTL: new(int64(5))}})
			},
			vonage.User{ID: "USR-1", Name: "a b&c", Properties: vonage.UserProperties{TTL: new(int64(5))}},
			calls{byName, send("POST", usersPath, "", `{"name":"a b&c","properties":{"ttl":5}}`)},
		},
		"Users.Update": {
			[]answer{ok(listed), ok(listed), ok(`{"id":"USR-1","name":"b"}`)},
			func(ctx context.Context, c *vonage.Client) (any, error) {
				return c.Users.Update(ctx, "USR-1", brief, vonage.User{Name: "b"})
			},
			vonage.User{ID: "USR-1", Name: "b"},
			calls{send("GET", usersPath+"/USR-1", "", ""), send("PATCH", usersPath+"/USR-1", "", `{"name":"b"}`), send("GET", usersPath+"/USR-1", "", "")},
		},
		"Users.Delete": {
			[]answer{{status: http.StatusNoContent}},
			func(ctx context.Context, c *vonage.Client) (any, error) { return nil, c.Users.Delete(ctx, "USR-1") },
			nil,
			calls{send("DELETE", usersPath+"/USR-1", "", "")},
		},
	}
}

// TestUserBodyHasEveryProperty pins the whole body of a new user.
func TestUserBodyHasEveryProperty(t *testing.T) {
	t.Parallel()
	whole := alice()
	whole.Channels.SIP[0].Password = "not-a-secret"
	s, client := newScript(t, userList(), answer{status: http.StatusCreated, body: aliceJSON})
	if got, err := client.Users.Create(t.Context(), whole); err != nil || got.Channels.SIP[0].Password != "not-a-secret" {
		t.Fatalf("Create gave %+v, %v", got, err)
	}
	sameJSON(t, s.requests()[1].Body, `{"name":"alice","display_name":"Alice","image_url":"https://example.com/a.png",
	  "properties":{"custom_data":{"team":"blue","level":3},"ttl":60},
	  "channels":{"pstn":[{"number":447700900001}],"sms":[{"number":"447700900002"}],"mms":[],
	    "sip":[{"uri":"sip:a@example.com","username":"u","password":"not-a-secret"}],"vbc":[{"extension":"403"}],
	    "websocket":[{"uri":"wss://example.com/a","content-type":"audio/l16;rate=8000","headers":{"x":"y"}}],
	    "whatsapp":[{"number":"447700900003"}],"viber":[{"number":"447700900004"}],"messenger":[{"id":"m"}]}}`)
}

// TestWhatNobodyManagesSurvives: an update repeats everything that the user has, in its own form, with what is managed in its
// place, because a PATCH may drop what it does not repeat.
func TestWhatNobodyManagesSurvives(t *testing.T) {
	t.Parallel()
	text := func(value string) map[string]json.RawMessage {
		return map[string]json.RawMessage{"a": json.RawMessage(`"` + value + `"`)}
	}
	const data = `"properties":{"custom_data":{"a":"1"}}`
	for name, test := range map[string]struct {
		now          string
		before, want vonage.User
		sent         string
	}{
		"everything unmanaged": {
			`"display_name":"A","properties":{"custom_data":{"a":5,"b":{"c":null}},"ttl":9},"channels":{"pstn":[{"number":1,"new":2}],"new":[{}]}`,
			vonage.User{Name: "n"},
			vonage.User{Name: "m"},
			`{"name":"m","display_name":"A","properties":{"custom_data":{"a":5,"b":{"c":null}},"ttl":9},"channels":{"pstn":[{"number":1,"new":2}],"new":[{}]}}`,
		},
		"custom data of the same meaning keeps its form": {
			`"properties":{"custom_data":{"a":5}}`,
			vonage.User{Name: "n"},
			vonage.User{Name: "n", Properties: vonage.UserProperties{CustomData: text("5")}},
			`{"name":"n","properties":{"custom_data":{"a":5}}}`,
		},
		"custom data no longer managed": {
			data,
			vonage.User{Name: "n", Properties: vonage.UserProperties{CustomData: text("1")}},
			vonage.User{Name: "n"},
			`{"name":"n","properties":{"custom_data":{}}}`,
		},
		"a TTL no longer managed": {
			`"properties":{"ttl":9}`,
			vonage.User{Name: "n", Properties: vonage.UserProperties{TTL: new(int64(9))}},
			vonage.User{Name: "n"},
			`{"name":"n","properties":{"ttl":9}}`,
		},
		"one channel of many": {
			data + `,"channels":{"pstn":[{"number":1}],"sms":[{"number":"2"}]}`,
			vonage.User{Name: "n"},
			vonage.User{Name: "n", Channels: vonage.UserChannels{PSTN: []vonage.PSTNChannel{{"1"}}, SMS: []vonage.NumberChannel{{"3"}}}},
			`{"name":"n",` + data + `,"channels":{"pstn":[{"number":1}],"sms":[{"number":"3"}]}}`,
		},
		"a channel, a name and an image no longer managed": {
			`"display_name":"A","image_url":"https://x","channels":{"pstn":[{"number":1}],"vbc":[{"extension":"1"}]}`,
			vonage.User{Name: "n", DisplayName: new("A"), ImageURL: new("https://x"), Channels: vonage.UserChannels{PSTN: []vonage.PSTNChannel{{"1"}}}},
			vonage.User{Name: "n"},
			`{"name":"n","display_name":null,"image_url":null,"channels":{"pstn":[],"vbc":[{"extension":"1"}]}}`,
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			now := ok(`{"id":"USR-1","name":"n",` + test.now + `,"_links":{}}`)
			after := ok(`{"id":"USR-1","name":"n",` + test.sent[len(`{"name":"n",`):])
			if test.want.Name != "n" {
				after = now
			}
			s, client := newScript(t, now, ok(`{"id":"USR-1","properties":{}}`), after)
			if _, err := client.Users.Update(t.Context(), "USR-1", test.before, test.want); err != nil {
				t.Fatal(err)
			}
			sameJSON(t, s.requests()[1].Body, test.sent)
		})
	}
}

// TestAPatchWithoutProperties: an API that follows its specification refuses properties in a PATCH. What need not change is then
// left out; what has to change is an error. Custom data that are lost are one, too.
func TestAPatchWithoutProperties(t *testing.T) {
	t.Parallel()
	refused := answer{status: 400, body: `{"title":"Bad request.","code":"http:error:validation-fail","detail":"Input validation failure.",
	  "invalid_parameters":[{"name":"properties","reason":"\"properties\" is not allowed"}]}`}
	now := ok(`{"id":"USR-1","name":"n","properties":{"custom_data":{"a":"1"}}}`)
	changed := ok(`{"id":"USR-1","name":"m"}`)
	managed := vonage.User{Name: "n", Properties: vonage.UserProperties{CustomData: map[string]json.RawMessage{"a": json.RawMessage(`"1"`)}}}
	other := vonage.User{Name: "n", Properties: vonage.UserProperties{CustomData: map[string]json.RawMessage{"a": json.RawMessage(`"2"`)}}}
	s, client := newScript(t, now, refused, changed, now)
	if _, err := client.Users.Update(t.Context(), "USR-1", managed, managed); err != nil {
		t.Error(err)
	}
	sameJSON(t, s.requests()[2].Body, `{"name":"n"}`)
	_, client = newScript(t, now, refused)
	if _, err := client.Users.Update(t.Context(), "USR-1", managed, other); err == nil || !strings.Contains(err.Error(), "not allowed") {
		t.Errorf("changed custom data gave %v", err)
	}
	_, client = newScript(t, now, refused)
	if _, err := client.Users.Update(t.Context(), "USR-1", managed, vonage.User{Name: "n"}); err == nil {
		t.Error("custom data that were removed stay without an error")
	}
	_, client = newScript(t, now, refused)
	_, err := client.Users.Update(t.Context(), "USR-1", managed, other)
	if _, fixed := errors.AsType[*vonage.FixedPropertiesError](err); !fixed {
		t.Errorf("changed custom data gave %v", err)
	}
}

// TestReadsAfterAnUpdate: a read may show the user as it was before an update, for a while. Custom data that stay away are lost.
func TestReadsAfterAnUpdate(t *testing.T) {
	t.Parallel()
	now := ok(`{"id":"USR-1","name":"n","properties":{"custom_data":{"a":"1"}}}`)
	data := func(value string) vonage.UserProperties {
		return vonage.UserProperties{CustomData: map[string]json.RawMessage{"a": json.RawMessage(value)}}
	}
	before, want := vonage.User{Name: "n", Properties: data(`"1"`)}, vonage.User{Name: "n", Properties: data(`"2"`)}
	changed, without := ok(`{"id":"USR-1","name":"n","properties":{"custom_data":{"a":"2"}}}`), ok(`{"id":"USR-1","name":"n"}`)
	for name, test := range map[string]struct {
		answers []answer
		before  vonage.User
		want    vonage.User
		problem string
	}{
		"shown late":             {[]answer{now, changed, now, now, changed}, before, want, ""},
		"kept late":              {[]answer{now, changed, without, now}, vonage.User{Name: "n"}, vonage.User{Name: "m"}, ""},
		"lost":                   {[]answer{now, changed, without, without, without, without}, vonage.User{Name: "n"}, vonage.User{Name: "m"}, "custom data"},
		"unconfirmed, and shown": {[]answer{now, lost, now, changed}, before, want, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				s, client := newMemoryScript(t, 0, test.answers...)
				_, err := client.Users.Update(t.Context(), "USR-1", test.before, test.want)
				if (err == nil) != (test.problem == "") || err != nil && !strings.Contains(err.Error(), test.problem) {
					t.Errorf("Update gave %v", err)
				}
				s.requests()
			})
		})
	}
}

// TestHiddenPasswordsSurvive: an update of something else does not repeat channels whose passwords the response has left out.
func TestHiddenPasswordsSurvive(t *testing.T) {
	t.Parallel()
	now := ok(`{"id":"USR-1","name":"n","channels":{"sip":[{"uri":"sip:a@b","username":"u"}],"sms":[{"number":"44770"}]}}`)
	for name, test := range map[string]struct {
		channels vonage.UserChannels
		sent     string
	}{
		"nothing managed": {vonage.UserChannels{}, `{"name":"m"}`},
		"something managed": {
			vonage.UserChannels{SMS: []vonage.NumberChannel{{"44771"}}}, `{"name":"m","channels":{"sip":[{"uri":"sip:a@b","username":"u"}],"sms":[{"number":"44771"}]}}`,
		},
		"the password": {
			vonage.UserChannels{SIP: []vonage.SIPChannel{{URI: "sip:a@b", Username: "u", Password: "p"}}},
			`{"name":"m","channels":{"sip":[{"uri":"sip:a@b","username":"u","password":"p"}],"sms":[{"number":"44770"}]}}`,
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s, client := newScript(t, now, now, now)
			want := vonage.User{Name: "m", Channels: test.channels}
			if _, err := client.Users.Update(t.Context(), "USR-1", want, want); err != nil {
				t.Fatal(err)
			}
			sameJSON(t, s.requests()[1].Body, test.sent)
		})
	}
}

// TestANewUserIsAwaited: a user that was made moments ago may not be shown yet, and one that was deleted may still be.
func TestANewUserIsAwaited(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		mine := ok(`{"id":"USR-1","name":"n"}`)
		s, client := newMemoryScript(t, 0, gone, gone, mine)
		if _, err := client.Users.Await(t.Context(), "USR-1"); err != nil {
			t.Error(err)
		}
		if _, err := client.Users.Get(t.Context(), "USR-1"); err != nil { // from the cache
			t.Error(err)
		}
		s.requests()
		_, client = newMemoryScript(t, 0, gone, gone, gone, gone)
		if _, err := client.Users.Await(t.Context(), "USR-1"); !vonage.IsNotFound(err) {
			t.Errorf("the error is %v", err)
		}
		listed := userList(`{"id":"USR-1","name":"n"}`)
		s, client = newMemoryScript(t, 0, answer{status: http.StatusNoContent}, listed, listed, userList(), answer{status: http.StatusCreated, body: `{"id":"USR-2","name":"n"}`})
		if err := client.Users.Delete(t.Context(), "USR-1"); err != nil {
			t.Error(err)
		}
		if made, err := client.Users.Create(t.Context(), vonage.User{Name: "n"}); err != nil || made.ID != "USR-2" {
			t.Errorf("created %+v, %v", made, err)
		}
		s.requests()
	})
}

// TestUsersThatAreTheSame: a user is taken for one that was to be made only if it has nothing else.
func TestUsersThatAreTheSame(t *testing.T) {
	t.Parallel()
	want := vonage.User{Name: "n", Channels: vonage.UserChannels{SIP: []vonage.SIPChannel{{URI: "sip:a@b", Password: "p"}}}}
	for body, same := range map[string]bool{
		`{"id":"USR-1","name":"n","channels":{"sip":[{"uri":"sip:a@b"}]}}`:                                                         true,
		`{"id":"USR-1","name":"n","properties":{"custom_data":{}},"channels":{"sms":[],"sip":[{"uri":"sip:a@b","password":"p"}]}}`: true,
		`{"id":"USR-1","name":"n","channels":{"sip":[{"uri":"sip:a@b","password":"q"}]}}`:                                          false,
		`{"id":"USR-1","name":"n","display_name":"N","channels":{"sip":[{"uri":"sip:a@b"}]}}`:                                      false,
		`{"id":"USR-1","name":"n","channels":{"sip":[{"uri":"sip:a@b"}],"sms":[{"number":"1"}]}}`:                                  false,
		`{"id":"USR-1","name":"n"}`: false,
	} {
		_, client := newScript(t, userList(`{"id":"USR-1","name":"n"}`), ok(body))
		if _, err := client.Users.FindSame(t.Context(), want); (err == nil) != same || err != nil && !vonage.IsNotFound(err) {
			t.Errorf("%s: %v", body, err)
		}
	}
}

// TestLostUser: a POST without a clear response is not repeated, and only a user of a name that was free before, and that is as it
// was to be, is taken for the new one.
func TestLostUser(t *testing.T) {
	t.Parallel()
	want := vonage.User{Name: "n", DisplayName: new("N"), Channels: vonage.UserChannels{SIP: []vonage.SIPChannel{{URI: "sip:a@b", Password: "p"}}, PSTN: []vonage.PSTNChannel{{"1"}}}}
	listed := userList(`{"id":"USR-1","name":"n"}`)
	mine := ok(`{"id":"USR-1","name":"n","display_name":"N","channels":{"sip":[{"uri":"sip:a@b"}],"pstn":[{"number":1}]}}`)
	theirs := ok(`{"id":"USR-1","name":"n","display_name":"Other"}`)
	for name, test := range map[string]struct {
		answers []answer
		found   bool
		unknown bool
		problem string
	}{
		"made":         {[]answer{userList(), lost, listed, mine}, true, false, ""},
		"cut off":      {[]answer{userList(), reset, listed, mine}, true, false, ""},
		"garbage":      {[]answer{userList(), ok("garbage"), listed, mine}, true, false, ""},
		"shown late":   {[]answer{userList(), lost, userList(), listed, mine}, true, false, ""},
		"not made":     {[]answer{userList(), lost, userList(), userList(), userList(), userList()}, false, true, "no user of this name"},
		"another one":  {[]answer{userList(), lost, listed, theirs}, false, true, "not as it was to be"},
		"taken before": {[]answer{listed}, false, false, "USR-1"},
		"refused":      {[]answer{userList(), {status: 409, body: `{"title":"Conflict.","code":"user:error:duplicate-name"}`}}, false, false, "duplicate-name"},
		"list lost":    {[]answer{lost}, false, false, "502"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				s, client := newMemoryScript(t, 0, test.answers...)
				got, err := client.Users.Create(t.Context(), want)
				_, unknown := errors.AsType[*vonage.UnknownOutcomeError](err)
				if (got.ID == "USR-1") != test.found || unknown != test.unknown || err != nil && !strings.Contains(err.Error(), test.problem) {
					t.Errorf("Create gave %+v, %v", got, err)
				}
				s.requests()
			})
		})
	}
}

func TestLostUserUpdate(t *testing.T) {
	t.Parallel()
	now, renamed := ok(`{"id":"USR-1","name":"n"}`), ok(`{"id":"USR-1","name":"m"}`)
	for name, test := range map[string]struct {
		answers []answer
		problem string
	}{
		"done":              {[]answer{now, lost, renamed}, ""},
		"not done":          {[]answer{now, lost, now, now, now, now}, "not as it was to be"},
		"not read":          {[]answer{now, lost, lost}, "reading it back"},
		"confirmed, unread": {[]answer{now, renamed, lost}, ""},
		"refused":           {[]answer{now, {status: 409, body: `{"title":"Conflict.","code":"user:error:duplicate-name"}`}}, "duplicate-name"},
		"gone":              {[]answer{gone}, "does not exist"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				s, client := newMemoryScript(t, 0, test.answers...)
				_, err := client.Users.Update(t.Context(), "USR-1", vonage.User{Name: "n"}, vonage.User{Name: "m"})
				if (err == nil) != (test.problem == "") || err != nil && !strings.Contains(err.Error(), test.problem) {
					t.Errorf("Update gave %v", err)
				}
				s.requests()
			})
		})
	}
}

// TestMalformedUsers: a user that cannot be read does not hinder the others, and pages in a circle end.
func TestMalformedUsers(t *testing.T) {
	t.Parallel()
	_, client := newScript(t, userList(`{"id":"USR-1","name":{}}`, `{"id":"USR-2","name":"b"}`))
	var ids []string
	for user, err := range client.Users.List(t.Context()) {
		if _, malformed := errors.AsType[*vonage.MalformedEntryError](err); malformed != (user.ID == "USR-1") {
			t.Errorf("%s: %v", user.ID, err)
		}
		ids = append(ids, user.ID)
	}
	if diff := cmp.Diff([]string{"USR-1", "USR-2"}, ids); diff != "" {
		t.Error(diff)
	}
	circle := ok(`{"_embedded":{"users":[]},"_links":{"next":{"href":"?cursor=x"}}}`)
	_, client = newScript(t, circle, circle)
	for _, err := range client.Users.List(t.Context()) {
		if err == nil || !strings.Contains(err.Error(), "circle") {
			t.Errorf("the error is %v", err)
		}
	}
}
