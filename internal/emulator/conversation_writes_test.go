// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package emulator_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/vonage/terraform-provider-vonage/internal/emulator"
)

// ids returns the ids of a list's items.
func ids(page document, name string) []string {
	listed, _ := at(page, "_embedded", name).([]any)
	found := make([]string, 0, len(listed))
	for _, item := range listed {
		found = append(found, text(item, "id"))
	}
	return found
}

func TestConversationLifeCycle(t *testing.T) {
	t.Parallel()
	now := newClock()
	a := newAccount(t, emulator.Options{Now: now.Now})
	a.seedKeys()
	admin := bearer(sign(t, testKey(), claims(now.Now(), nil)))
	made := a.send("POST", "/v1/conversations", `{"name":"standup","display_name":"Daily","image_url":null,
		"properties":{"ttl":3600,"type":"quick","custom_sort_key":"k","custom_data":{"a":"b"}},
		"numbers":[{"type":"phone","number":"447700900111"}],
		"callback":{"url":"https://h","method":"POST","params":{"applicationId":"x"}}}`, admin).want(t, 201).json
	id := text(made, "id")
	want := document{
		"id": id, "name": "standup", "display_name": "Daily", "image_url": nil, "state": "ACTIVE", "sequence_number": 0.,
		"properties": document{"ttl": 3600., "type": "quick", "custom_sort_key": "k", "custom_data": document{"a": "b"}},
		"timestamp":  document{"created": "2026-08-01T12:00:00.000Z"},
		"_links":     document{"self": document{"href": a.url + "/v1/conversations/" + id}},
	}
	if diff := cmp.Diff(want, made); diff != "" {
		t.Errorf("made (-want +got):\n%s", diff)
	}
	now.advance(time.Minute)
	replaced := a.send("PUT", "/v1/conversations/"+id, `{"display_name":"Weekly"}`, admin).want(t, 200).json
	want = document{
		"id": id, "name": "standup", "display_name": "Weekly", "state": "ACTIVE", "sequence_number": 1.,
		"timestamp": document{"created": "2026-08-01T12:00:00.000Z", "updated": "2026-08-01T12:01:00.000Z"}, "_links": want["_links"],
	}
	if diff := cmp.Diff(want, replaced); diff != "" {
		t.Errorf("replaced (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(want, a.get("/v1/conversations/"+id, admin).want(t, 200).json); diff != "" {
		t.Errorf("read (-want +got):\n%s", diff)
	}
	a.do("DELETE", "/v1/conversations/"+id, nil, admin).want(t, 204)
	a.do("DELETE", "/v1/conversations/"+id, nil, admin).want(t, 404)
	a.send("PUT", "/v1/conversations/"+id, `{}`, admin).want(t, 404)
}

func TestConversationVariants(t *testing.T) {
	t.Parallel()
	a := newAccount(t, emulator.Options{Variant: emulator.Variant{WritesShown: true, OldVersionsGone: true}})
	a.seedKeys()
	made := a.send("POST", "/v1/conversations", `{"numbers":[{"type":"phone","number":"44"}],"callback":{"url":"https://h"}}`,
		as(t, applicationID)).want(t, 201).json
	if made["numbers"] == nil || made["callback"] == nil {
		t.Errorf("made: %v", made)
	}
	for _, version := range []string{"beta", "v0.1", "v0.3"} {
		a.get("/"+version+"/conversations/"+text(made, "id"), as(t, applicationID)).want(t, 404)
	}
}

func TestConversationRefusals(t *testing.T) {
	t.Parallel()
	a := newAccount(t, emulator.Options{})
	a.seedKeys()
	admin := as(t, applicationID)
	a.send("POST", "/v1/conversations", `{"name":"taken"}`, admin).want(t, 201)
	other := text(a.send("POST", "/v1/conversations", `{}`, admin).want(t, 201).json, "id")
	for name, test := range map[string]struct {
		got    reply
		status int
		code   string
	}{
		"taken":             {a.send("POST", "/v1/conversations", `{"name":"taken"}`, admin), 409, "conversation:error:duplicate-name"},
		"replaced by taken": {a.send("PUT", "/v1/conversations/"+other, `{"name":"taken"}`, admin), 409, "conversation:error:duplicate-name"},
		"long name": {
			a.send("POST", "/v1/conversations", `{"name":"`+strings.Repeat("ü", 101)+`"}`, admin), 400,
			"http:error:validation-fail",
		},
		"unknown property": {
			a.send("POST", "/v1/conversations", `{"properties":{"ttl":1,"video":true}}`, admin), 400,
			"http:error:validation-fail",
		},
		"ttl":      {a.send("POST", "/v1/conversations", `{"properties":{"ttl":2147483649}}`, admin), 400, "http:error:validation-fail"},
		"numbers":  {a.send("POST", "/v1/conversations", `{"numbers":{}}`, admin), 400, "http:error:validation-fail"},
		"callback": {a.send("POST", "/v1/conversations", `{"callback":{"method":"PUT"}}`, admin), 400, "http:error:validation-fail"},
		"image":    {a.send("POST", "/v1/conversations", `{"image_url":"picture"}`, admin), 400, "http:error:validation-fail"},
		"long image": {
			a.send("POST", "/v1/conversations", `{"image_url":"http://h/`+strings.Repeat("i", 2048)+`"}`, admin), 400,
			"http:error:validation-fail",
		},
		"custom data": {
			a.send("POST", "/v1/conversations", `{"properties":{"custom_data":{"n":1}}}`, admin), 400, "http:error:validation-fail",
		},
	} {
		if test.got.status != test.status || test.got.json["code"] != test.code {
			t.Errorf("%s: HTTP status %d %v, want %d %s", name, test.got.status, test.got.json["code"], test.status, test.code)
		}
	}
	unknown := a.send("POST", "/v1/conversations", `{"properties":{"video":true}}`, admin).json
	want := []any{document{"name": "properties.video", "reason": `"properties.video" is not allowed`}}
	if diff := cmp.Diff(want, unknown["invalid_parameters"]); diff != "" {
		t.Errorf("invalid_parameters (-want +got):\n%s", diff)
	}
	a.send("POST", "/v1/conversations", `{"name":"`+strings.Repeat("ü", 100)+`"}`, admin).want(t, 201)
	a.send("POST", "/v1/conversations", `{"name":"taken"}`, as(t, foreignID)).want(t, 201)
}

func TestConversationList(t *testing.T) {
	t.Parallel()
	now := newClock()
	a := newAccount(t, emulator.Options{Now: now.Now})
	a.seedKeys()
	admin := bearer(sign(t, testKey(), claims(now.Now(), nil)))
	made := make([]string, 0, 3)
	for range 3 {
		made = append(made, text(a.send("POST", "/v1/conversations", `{}`, admin).want(t, 201).json, "id"))
		now.advance(time.Minute)
	}
	seed(t, a.SeedConversation("CON-foreign", document{"application_id": foreignID}))
	for query, want := range map[string][]string{
		"":                                 made,
		"?order=desc&page_size=2":          {made[2], made[1]},
		"?date_start=2026-08-01T12:01:00Z": {made[1], made[2]},
		"?date_start=2026-08-01T12:00:30Z&date_end=2026-08-01T12:01:30Z": {made[1]},
	} {
		if diff := cmp.Diff(want, ids(a.get("/v1/conversations"+query, admin).want(t, 200).json, "conversations")); diff != "" {
			t.Errorf("%s (-want +got):\n%s", query, diff)
		}
	}
	a.get("/v1/conversations?date_start=yesterday", admin).want(t, 400)
}

// An empty conversation expires after its time to live; an occupied one does not.
func TestConversationTimeToLive(t *testing.T) {
	t.Parallel()
	now := newClock()
	a := newAccount(t, emulator.Options{Now: now.Now})
	a.seedKeys()
	admin := func() func(*http.Request) { return bearer(sign(t, testKey(), claims(now.Now(), nil))) }
	a.send("POST", "/v1/users", `{"name":"alice"}`, admin()).want(t, 201)
	id := text(a.send("POST", "/v1/conversations", `{"properties":{"ttl":60}}`, admin()).want(t, 201).json, "id")
	path := "/v1/conversations/" + id
	member := text(a.send("POST", path+"/members", `{"user":{"name":"alice"},"state":"joined","channel":{"type":"app"}}`, admin()).
		want(t, 201).json, "id")
	now.advance(time.Hour)
	a.get(path, admin()).want(t, 200)
	a.send("PATCH", path+"/members/"+member, `{"state":"left"}`, admin()).want(t, 200)
	now.advance(59 * time.Second)
	a.get(path, admin()).want(t, 200)
	now.advance(time.Second)
	a.get(path, admin()).want(t, 404)
}

func TestMemberWrites(t *testing.T) {
	t.Parallel()
	now := newClock()
	a := newAccount(t, emulator.Options{Now: now.Now})
	a.seedKeys()
	admin := bearer(sign(t, testKey(), claims(now.Now(), nil)))
	alice := text(a.send("POST", "/v1/users", `{"name":"alice","display_name":"Alice"}`, admin).want(t, 201).json, "id")
	conversation := text(a.send("POST", "/v1/conversations", `{}`, admin).want(t, 201).json, "id")
	path := "/v1/conversations/" + conversation + "/members"

	invited := a.send("POST", path, `{"user":{"id":"`+alice+`"},"state":"invited","channel":{"type":"app","to":{"type":"app","user":"alice"}},
		"media":{"audio":true},"member_id_inviting":"MEM-0"}`, admin).want(t, 201).json
	id := text(invited, "id")
	want := document{
		"id": id, "conversation_id": conversation, "state": "INVITED", "media": document{"audio": true}, "invited_by": "MEM-0",
		"channel":   document{"type": "app", "to": document{"type": "app", "user": "alice"}},
		"_embedded": document{"user": document{"id": alice, "name": "alice", "display_name": "Alice"}},
		"timestamp": document{"invited": "2026-08-01T12:00:00.000Z"},
		"initiator": document{"invited": document{"is_system": true}},
		"_links":    document{"href": a.url + path + "/" + id},
	}
	if diff := cmp.Diff(want, invited); diff != "" {
		t.Errorf("invited (-want +got):\n%s", diff)
	}
	const again = `{"user":{"name":"alice"},"state":"invited","channel":{"type":"app"}}`
	if code := a.send("POST", path, again, admin).want(t, 400).json["code"]; code != "conversation:error:member-already-invited" {
		t.Errorf("code %v", code)
	}
	joined := a.send("PATCH", path+"/"+id, `{"state":"joined"}`, admin).want(t, 200).json
	if joined["state"] != "JOINED" || text(joined, "timestamp", "joined") == "" {
		t.Errorf("joined: %v", joined)
	}
	if code := a.send("POST", path, again, admin).want(t, 400).json["code"]; code != "conversation:error:member-already-joined" {
		t.Errorf("code %v", code)
	}
	me := bearer(sign(t, testKey(), claims(now.Now(), document{"sub": "alice"})))
	if got := a.get(path+"/me", me).want(t, 200).json; got["id"] != id {
		t.Errorf("me: %v", got)
	}
	a.get(path+"/me", admin).want(t, 404)
	left := a.send("PATCH", path+"/"+id, `{"state":"left","reason":{"code":"1","text":"bye"}}`, admin).want(t, 200).json
	if left["state"] != "LEFT" || text(left, "timestamp", "left") == "" {
		t.Errorf("left: %v", left)
	}
	a.send("PATCH", path+"/"+id, `{"state":"joined"}`, admin).want(t, 400)
	a.send("POST", path, `{"user":{"name":"alice"},"state":"joined","channel":{"type":"app"}}`, admin).want(t, 201)
	if listed := ids(a.get(path, admin).json, "members"); len(listed) != 2 {
		t.Errorf("members %v", listed)
	}
	for _, broken := range []string{
		`{"user":{"name":"alice"},"state":"JOINED","channel":{"type":"app"}}`, `{"user":{"name":"alice"},"state":"joined"}`,
		`{"user":{"name":"alice"},"state":"joined","channel":{"type":"pigeon"}}`, `{"state":"joined","channel":{"type":"app"}}`,
		`{"user":{},"state":"joined","channel":{"type":"app"}}`,
	} {
		a.send("POST", path, broken, admin).want(t, 400)
	}
	a.send("POST", path, `{"user":{"name":"nobody"},"state":"joined","channel":{"type":"app"}}`, admin).want(t, 404)
	a.send("PATCH", path+"/MEM-x", `{"state":"left"}`, admin).want(t, 404)
	user := ids(a.get("/v1/users/alice/conversations", admin).want(t, 200).json, "conversations")
	if diff := cmp.Diff([]string{conversation}, user); diff != "" {
		t.Errorf("the user's conversations (-want +got):\n%s", diff)
	}
	a.get("/v1/users/nobody/conversations", admin).want(t, 404)
}

func TestConversationEvents(t *testing.T) {
	t.Parallel()
	now := newClock()
	a := newAccount(t, emulator.Options{Now: now.Now})
	a.seedKeys()
	admin := bearer(sign(t, testKey(), claims(now.Now(), nil)))
	alice := text(a.send("POST", "/v1/users", `{"name":"alice"}`, admin).json, "id")
	conversation := "/v1/conversations/" + text(a.send("POST", "/v1/conversations", `{}`, admin).json, "id")
	member := text(a.send("POST", conversation+"/members", `{"user":{"name":"alice"},"state":"joined","channel":{"type":"app"}}`,
		admin).json, "id")
	path := conversation + "/events"
	made := a.send("POST", path, `{"type":"message","from":"`+member+`","body":{"text":"hi"}}`, admin).want(t, 201).json
	want := document{
		"id": 2., "type": "message", "from": member, "body": document{"text": "hi"}, "timestamp": "2026-08-01T12:00:00.000Z",
		"_embedded": document{"from_user": document{"id": alice, "name": "alice"}, "from_member": document{"id": member}},
		"_links":    document{"self": document{"href": a.url + path + "/2"}},
	}
	if diff := cmp.Diff(want, made); diff != "" {
		t.Errorf("made (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(want, a.get(path+"/2", admin).want(t, 200).json); diff != "" {
		t.Errorf("read (-want +got):\n%s", diff)
	}
	a.send("POST", path, `{"type":"custom:x"}`, admin).want(t, 201)
	kinds := func(query string) []string {
		listed, _ := a.get(path+query, admin).want(t, 200).json["_embedded"].([]any)
		kinds := make([]string, 0, len(listed))
		for _, event := range listed {
			kinds = append(kinds, text(event, "type"))
		}
		return kinds
	}
	for query, want := range map[string][]string{
		"":                        {"member:joined", "message", "custom:x"},
		"?start_id=2&end_id=2":    {"message"},
		"?event_type=custom:x":    {"custom:x"},
		"?order=desc&page_size=1": {"custom:x"},
	} {
		if diff := cmp.Diff(want, kinds(query)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", query, diff)
		}
	}
	a.do("DELETE", path+"/1", nil, admin).want(t, 400)
	a.do("DELETE", path+"/2", nil, admin).want(t, 204)
	if diff := cmp.Diff([]string{"member:joined", "custom:x", "event:delete"}, kinds("?exclude_deleted_events=true")); diff != "" {
		t.Errorf("without what was deleted (-want +got):\n%s", diff)
	}
	if body := a.get(path+"/2", admin).json["body"]; !cmp.Equal(body, document{}) {
		t.Errorf("body of a deleted message: %v", body)
	}
	a.get(path+"/99", admin).want(t, 404)
	a.do("DELETE", path+"/99", nil, admin).want(t, 404)
	a.send("POST", path, `{"type":"message","from":"MEM-x"}`, admin).want(t, 404)
	a.send("POST", path, `{}`, admin).want(t, 400)
	a.get(path+"?start_id=x", admin).want(t, 400)
	if sequence := a.get(conversation, admin).json["sequence_number"]; sequence != 4. {
		t.Errorf("sequence_number %v", sequence)
	}
}

func TestConversationAudioIsSimulated(t *testing.T) {
	t.Parallel()
	a := newAccount(t, emulator.Options{})
	a.seedKeys()
	seed(t, a.SeedConversation("CON-1", document{}))
	admin := as(t, applicationID)
	for _, test := range []struct {
		method, action, body string
		status               int
		message              any
	}{
		{"PUT", "talk", `{"text":"hello","loop":0,"level":"0.4","premium":true}`, 200, "Talk started"},
		{"PUT", "talk", `{"text":5}`, 400, nil},
		{"DELETE", "talk", ``, 200, "Talk stopped"},
		{"PUT", "stream", `{"stream_url":["https://h/a.mp3"],"level":0.4}`, 200, "Stream started"},
		{"PUT", "stream", `{}`, 400, nil},
		{"DELETE", "stream", ``, 200, "Stream stopped"},
		{"PUT", "record", `{"action":"start","format":"wav","event_url":["https://h/e"],"retention_ttl":400}`, 200, nil},
		{"PUT", "record", `{"action":"pause"}`, 400, nil},
		{"PUT", "record", `{"action":"start","retention_ttl":401}`, 400, nil},
		{"DELETE", "record", ``, 405, nil},
	} {
		got := a.send(test.method, "/v1/conversations/CON-1/"+test.action, test.body, admin)
		if got.status != test.status || got.json["message"] != test.message || test.message != nil && text(got.json, "uuid") == "" {
			t.Errorf("%s %s %s: HTTP status %d %s", test.method, test.action, test.body, got.status, got.text)
		}
	}
}

// An inactive conversation can be read and deleted.
func TestInactiveConversation(t *testing.T) {
	t.Parallel()
	a := newAccount(t, emulator.Options{})
	a.seedKeys()
	admin := as(t, applicationID)
	seed(t, a.SeedConversation("CON-1", document{"name": "old", "state": "INACTIVE"}))
	for path, method := range map[string]string{"": "PUT", "/members": "POST", "/events": "POST", "/talk": "PUT"} {
		refused := a.send(method, "/v1/conversations/CON-1"+path, `{}`, admin).want(t, 400)
		if refused.json["code"] != "conversation:error:not-allowed" {
			t.Errorf("%s %s: %s", method, path, refused.text)
		}
	}
	if read := a.get("/v1/conversations/CON-1", admin).want(t, 200).json; read["name"] != "old" || read["sequence_number"] != nil {
		t.Errorf("read: %v", read)
	}
	a.do("DELETE", "/v1/conversations/CON-1", nil, admin).want(t, 204)
}
