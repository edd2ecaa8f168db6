// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package emulator_test

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/vonage/terraform-provider-vonage/internal/emulator"
)

const (
	caller = "447700900111"
	number = "447700900001"
	callee = "447700900222"
)

// hook is one request that the webhook server received.
type hook struct {
	method, path string
	query        map[string]string
	header       http.Header
	raw          string
	body         document
}

// webhooks is a webhook server that answers as the test specifies and records the requests.
type webhooks struct {
	url    string
	events chan hook // requests to /events
	asked  chan hook // all others
	mu     sync.Mutex
	answer func(w http.ResponseWriter, got hook)
}

func newWebhooks(t *testing.T, answer func(w http.ResponseWriter, got hook)) *webhooks {
	t.Helper()
	server := &webhooks{events: make(chan hook, 1000), asked: make(chan hook, 1000), answer: answer}
	listening := httptest.NewServer(server)
	t.Cleanup(listening.Close)
	server.url = listening.URL
	return server
}

func (s *webhooks) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	text, _ := io.ReadAll(r.Body)
	got := hook{method: r.Method, path: r.URL.Path, query: map[string]string{}, header: r.Header, raw: string(text)}
	for name := range r.URL.Query() {
		got.query[name] = r.URL.Query().Get(name)
	}
	_ = json.Unmarshal(text, &got.body)
	if got.path == "/events" {
		s.events <- got
		return
	}
	s.asked <- got
	s.mu.Lock()
	defer s.mu.Unlock()
	s.answer(w, got)
}

// ncco returns a handler that always answers with the same document.
func ncco(text string) func(http.ResponseWriter, hook) {
	return func(w http.ResponseWriter, _ hook) { _, _ = io.WriteString(w, text) }
}

const tutorialNCCO = `[{"action":"connect","endpoint":[{"type":"phone","number":"` + callee + `"}]}]`

// phoneLine returns an account with one number, which is linked to an application with webhooks.
func phoneLine(t *testing.T, options emulator.Options, answer func(http.ResponseWriter, hook), voice document) (account, *webhooks) {
	t.Helper()
	a, server := newAccount(t, options), newWebhooks(t, answer)
	a.seedKeys()
	hooks := document{
		"answer_url": document{"address": server.url + "/answer?mine=1", "http_method": "GET"},
		"event_url":  document{"address": server.url + "/events", "http_method": "POST"},
	}
	all := document{"webhooks": hooks, "conversations_ttl": 48}
	for name, value := range voice {
		if extra, ok := value.(string); ok {
			hooks[name] = document{"address": server.url + extra, "http_method": "POST"}
		} else {
			all[name] = value
		}
	}
	application, _ := a.Application(applicationID)
	application["capabilities"] = document{"voice": all}
	seed(t, a.SeedApplication(applicationID, application))
	seed(t, a.SeedNumber("GB/"+number, document{"app_id": applicationID}))
	return a, server
}

func place(t *testing.T, a account, inbound emulator.InboundCall) emulator.Call {
	t.Helper()
	inbound.From, inbound.To = caller, number
	placed, err := a.PlaceCall(t.Context(), inbound)
	if err != nil {
		t.Fatal(err)
	}
	return placed
}

// statuses returns the next events as leg and status, in order per call.
func statuses(server *webhooks, count int) [][2]string {
	got := make([][2]string, 0, count)
	for range count {
		event := <-server.events
		got = append(got, [2]string{text(event.body, "direction"), text(event.body, "status")})
	}
	return got
}

// The tutorial: the answer webhook connects an incoming call to another phone, and the conversation has both parties.
func TestTutorialCall(t *testing.T) {
	t.Parallel()
	now := newClock()
	a, server := phoneLine(t, emulator.Options{Now: now.Now}, ncco(tutorialNCCO), nil)
	admin := bearer(sign(t, testKey(), claims(now.Now(), nil)))

	got := a.send("POST", "/emulator/calls", `{"from":"`+caller+`","to":"`+number+`","answered":true}`, without("Authorization")).
		want(t, 201).json
	uuid, id := text(got, "uuid"), text(got, "conversation_uuid")
	if len(uuid) != 32 || got["status"] != "answered" {
		t.Errorf("placed %v", got)
	}
	asked := <-server.asked
	wantQuery := map[string]string{
		"mine": "1", "to": number, "from": caller, "uuid": uuid, "conversation_uuid": id, "endpoint_type": "phone", "region_url": a.url,
	}
	if diff := cmp.Diff(wantQuery, asked.query); diff != "" || asked.method != "GET" {
		t.Errorf("answer webhook by %s (-want +got):\n%s", asked.method, diff)
	}
	wantEvents := [][2]string{
		{"inbound", "started"},
		{"inbound", "ringing"},
		{"outbound", "started"},
		{"outbound", "ringing"},
		{"outbound", "answered"},
		{"inbound", "answered"},
	}
	if diff := cmp.Diff(wantEvents, statuses(server, 6)); diff != "" {
		t.Errorf("events (-want +got):\n%s", diff)
	}

	conversation := a.get("/v0.1/conversations/"+id, admin).want(t, 200).json
	members, _ := conversation["members"].([]any)
	if len(members) != 2 {
		t.Fatalf("members: %v", conversation["members"])
	}
	first, second := members[0], members[1]
	const stamp = "2026-08-01T12:00:00.000Z"
	want := document{
		"member_id": text(first, "member_id"), "user_id": text(first, "user_id"), "name": text(first, "user_id"), "state": "JOINED",
		"timestamp": document{"joined": stamp}, "media": at(first, "media"),
		"initiator": document{"joined": document{"isSystem": true}},
		"channel": document{
			"type": "phone", "id": uuid, "leg_ids": []any{uuid},
			"from": document{"type": "phone", "number": caller}, "to": document{"type": "phone", "number": number},
		},
	}
	if diff := cmp.Diff(want, first); diff != "" {
		t.Errorf("first member (-want +got):\n%s", diff)
	}
	leg := text(second, "channel", "id")
	want = document{
		"member_id": text(second, "member_id"), "user_id": text(second, "user_id"), "name": text(second, "name"), "state": "JOINED",
		"timestamp": document{"invited": stamp, "joined": stamp}, "invited_by": text(first, "user_id"), "media": at(second, "media"),
		"initiator": document{"invited": document{"isSystem": true}},
		"channel": document{
			"type": "phone", "id": leg, "leg_ids": []any{leg},
			"from": document{"type": "phone", "number": "Unknown"}, "to": document{"type": "phone", "number": callee},
			"cpa": false, "preanswer": false, "ring_timeout": 60000., "cpa_time": 5000., "max_length": 7200000.,
		},
	}
	if diff := cmp.Diff(want, second); diff != "" {
		t.Errorf("second member (-want +got):\n%s", diff)
	}
	if len(text(second, "name")) != len("vapi-user-")+32 || len(leg) != 36 {
		t.Errorf("second member is %q on leg %q", text(second, "name"), leg)
	}
	delete(conversation, "members")
	want = document{
		"uuid": id, "name": text(conversation, "name"), "timestamp": document{"created": stamp}, "sequence_number": 3.,
		"numbers": document{}, "properties": document{"ttl": 172800., "video": false}, "api_key": apiKey,
		"_links": document{"self": document{"href": a.url + "/v0.1/conversations/" + id}},
	}
	if diff := cmp.Diff(want, conversation); diff != "" {
		t.Errorf("conversation (-want +got):\n%s", diff)
	}
	member := a.get("/v1/conversations/"+id+"/members/"+text(second, "member_id"), admin).want(t, 200).json
	if member["invited_by"] != text(first, "member_id") || at(member, "initiator", "invited", "is_system") != true {
		t.Errorf("second member by v1: %v", member)
	}
	a.get("/v1/conversations/"+id, bearer(sign(t, testKey(), claims(now.Now(), document{"application_id": foreignID})))).want(t, 404)

	a.do("DELETE", "/emulator/calls/"+uuid, nil, without("Authorization")).want(t, 204)
	a.do("DELETE", "/emulator/calls/"+uuid, nil).want(t, 404)
	if code := a.get("/v1/conversations/"+id, admin).want(t, 404).json["code"]; code != "conversation:error:not-found" {
		t.Errorf("code %v", code)
	}
	if diff := cmp.Diff([][2]string{{"inbound", "completed"}, {"outbound", "completed"}}, statuses(server, 2)); diff != "" {
		t.Errorf("last events (-want +got):\n%s", diff)
	}
	if up := a.Calls(); len(up) != 0 {
		t.Errorf("still up: %v", up)
	}
}

func TestEventsOfACall(t *testing.T) {
	t.Parallel()
	now := newClock()
	a, server := phoneLine(t, emulator.Options{Now: now.Now}, ncco(tutorialNCCO), nil)
	placed := place(t, a, emulator.InboundCall{Answered: true})
	started := <-server.events
	want := document{
		"from": caller, "to": number, "uuid": placed.UUID, "conversation_uuid": placed.ConversationUUID, "status": "started",
		"direction": "inbound", "timestamp": "2026-08-01T12:00:00.000Z",
	}
	if diff := cmp.Diff(want, started.body); diff != "" || started.method != "POST" {
		t.Errorf("started by %s (-want +got):\n%s", started.method, diff)
	}
	if kind := started.header.Get("Content-Type"); kind != "application/json" {
		t.Errorf("content type %q", kind)
	}
	statuses(server, 5)
	now.advance(90 * time.Second)
	a.HangUp(placed.UUID)
	completed := (<-server.events).body
	for name := range started.body {
		if name != "status" && name != "timestamp" && completed[name] != started.body[name] {
			t.Errorf("%s: %v, want %v", name, completed[name], started.body[name])
		}
		delete(completed, name)
	}
	want = document{
		"start_time": "2026-08-01T12:00:00.000Z", "end_time": "2026-08-01T12:01:30.000Z", "duration": "90",
		"rate": "0.01270000", "price": "0.01905000", "network": "GB-FIXED", "sip_code": 200., "disconnected_by": "user",
	}
	if diff := cmp.Diff(want, completed); diff != "" {
		t.Errorf("completed adds (-want +got):\n%s", diff)
	}
}

func TestAnswerWebhookByPOST(t *testing.T) {
	t.Parallel()
	a, server := phoneLine(t, emulator.Options{}, ncco(tutorialNCCO), document{"answer_url": "/answer"})
	a.SetURL("https://region.example")
	placed := place(t, a, emulator.InboundCall{})
	asked := <-server.asked
	want := document{
		"to": number, "from": caller, "uuid": placed.UUID, "conversation_uuid": placed.ConversationUUID, "endpoint_type": "phone",
		"region_url": "https://region.example",
	}
	if diff := cmp.Diff(want, asked.body); diff != "" || asked.method != "POST" {
		t.Errorf("answer webhook by %s (-want +got):\n%s", asked.method, diff)
	}
}

// Properties missing from a seeded application have the API's defaults.
func TestMethodsOfASeededApplication(t *testing.T) {
	t.Parallel()
	a, server := phoneLine(t, emulator.Options{}, ncco(`[]`), nil)
	application, _ := a.Application(applicationID)
	hooks, _ := at(application, "capabilities", "voice", "webhooks").(document)
	for _, hook := range hooks {
		hook, _ := hook.(document)
		delete(hook, "http_method")
	}
	seed(t, a.SeedApplication(applicationID, application))
	place(t, a, emulator.InboundCall{})
	if asked, told := <-server.asked, <-server.events; asked.method != "GET" || told.method != "POST" {
		t.Errorf("asked by %s, told by %s", asked.method, told.method)
	}
}

// Without a configured URL, the emulator uses the one its clients use.
func TestRegionURLOfTheLastRequest(t *testing.T) {
	t.Parallel()
	a, server := phoneLine(t, emulator.Options{}, ncco(tutorialNCCO), nil)
	e := emulator.New(emulator.Options{})
	t.Cleanup(e.Close)
	application, _ := a.Application(applicationID)
	seed(t, e.SeedApplication(applicationID, application))
	seed(t, e.SeedNumber("GB/"+number, document{"app_id": applicationID}))
	r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "https://emulator.example:4010/v2/applications", nil)
	e.ServeHTTP(httptest.NewRecorder(), r)
	if _, err := e.PlaceCall(t.Context(), emulator.InboundCall{From: caller, To: number}); err != nil {
		t.Fatal(err)
	}
	if got := (<-server.asked).query["region_url"]; got != "https://emulator.example:4010" {
		t.Errorf("region_url %q", got)
	}
}

// A party that has not answered remains invited until a test answers for it.
func TestCallThatRings(t *testing.T) {
	t.Parallel()
	a, server := phoneLine(t, emulator.Options{}, ncco(tutorialNCCO), nil)
	placed := place(t, a, emulator.InboundCall{})
	if placed.Status != "ringing" {
		t.Errorf("status %q", placed.Status)
	}
	states := func() []string {
		conversation, _ := a.Conversation(placed.ConversationUUID)
		members, _ := conversation["members"].([]any)
		states := make([]string, 0, len(members))
		for _, member := range members {
			states = append(states, text(member, "state"))
		}
		return states
	}
	if diff := cmp.Diff([]string{"JOINED", "INVITED"}, states()); diff != "" {
		t.Errorf("ringing (-want +got):\n%s", diff)
	}
	statuses(server, 4)
	second := a.Calls()[1].UUID
	a.do("POST", "/emulator/calls/"+second+"/answer", nil).want(t, 204)
	if diff := cmp.Diff([]string{"JOINED", "JOINED"}, states()); diff != "" {
		t.Errorf("answered (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([][2]string{{"outbound", "answered"}, {"inbound", "answered"}}, statuses(server, 2)); diff != "" {
		t.Errorf("events (-want +got):\n%s", diff)
	}
	// The end of the second leg ends the connect action; after the last action the call ends.
	a.HangUp(second)
	if diff := cmp.Diff([][2]string{{"outbound", "completed"}, {"inbound", "completed"}}, statuses(server, 2)); diff != "" {
		t.Errorf("last events (-want +got):\n%s", diff)
	}
	a.do("POST", "/emulator/calls/"+second+"/answer", nil).want(t, 404)
}

func TestHangUpWhileRinging(t *testing.T) {
	t.Parallel()
	a, server := phoneLine(t, emulator.Options{}, ncco(tutorialNCCO), nil)
	placed := place(t, a, emulator.InboundCall{})
	statuses(server, 4)
	a.HangUp(placed.UUID)
	if diff := cmp.Diff([][2]string{{"inbound", "unanswered"}, {"outbound", "unanswered"}}, statuses(server, 2)); diff != "" {
		t.Errorf("events (-want +got):\n%s", diff)
	}
}

func TestCallsThatNobodyTakes(t *testing.T) {
	t.Parallel()
	a := newAccount(t, emulator.Options{})
	seed(t, a.SeedApplication("mute", document{"name": "mute"}))
	seed(t, a.SeedNumber("GB/1", document{}))
	seed(t, a.SeedNumber("GB/2", document{"app_id": "gone"}))
	seed(t, a.SeedNumber("GB/3", document{"app_id": "mute"}))
	seed(t, a.SeedNumber("GB/4", document{"app_id": "mute", "voiceCallbackType": "vxml", "voiceCallbackValue": "https://example.com/vxml"}))
	for to, reason := range map[string]string{
		"0": "the account has no number 0",
		"1": "GB/1 is not linked to an application",
		"2": "GB/2 is not linked to an application",
		"3": "application mute, to which GB/3 is linked, has no voice answer_url",
		"4": "GB/4 forwards voice to vxml, which the emulator does not know",
	} {
		got := a.send("POST", "/emulator/calls", `{"from":"`+caller+`","to":"`+to+`"}`).want(t, http.StatusConflict).json
		if got["error"] != reason {
			t.Errorf("%s: %v, want %s", to, got["error"], reason)
		}
	}
	a.send("POST", "/emulator/calls", `{"form":"1"}`).want(t, 400)
}

// Close ends calls and hanging webhook requests.
func TestCloseEndsCalls(t *testing.T) {
	t.Parallel()
	hanging := make(chan struct{})
	release := make(chan struct{})
	a, _ := phoneLine(t, emulator.Options{}, func(http.ResponseWriter, hook) {
		close(hanging)
		<-release
	}, nil)
	t.Cleanup(func() { close(release) })
	ended := make(chan emulator.Call)
	go func() {
		placed, _ := a.PlaceCall(t.Context(), emulator.InboundCall{From: caller, To: number})
		ended <- placed
	}()
	<-hanging
	a.Close()
	<-ended
	if up := a.Calls(); len(up) != 0 {
		t.Errorf("still up: %v", up)
	}
	if _, err := a.PlaceCall(t.Context(), emulator.InboundCall{From: caller, To: number}); err == nil {
		t.Error("a closed emulator accepted a call")
	}
}
