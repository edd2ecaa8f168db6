// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package emulator_test

import (
	"encoding/json"
	"io"
	"net/http"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/vonage/terraform-provider-vonage/internal/emulator"
)

// memberStates returns the states of a conversation's members.
func memberStates(a account, id string) []string {
	conversation, _ := a.Conversation(id)
	members, _ := conversation["members"].([]any)
	states := make([]string, 0, len(members))
	for _, member := range members {
		states = append(states, text(member, "state"))
	}
	return states
}

func TestConnectOptions(t *testing.T) {
	t.Parallel()
	var server *webhooks
	a, server := phoneLine(t, emulator.Options{}, func(w http.ResponseWriter, got hook) {
		if got.path == "/answer" {
			_, _ = io.WriteString(w, `[{"action":"connect","from":"447700900333","timeout":20,"limit":60,"machineDetection":"hangup",
				"eventUrl":["`+server.url+`/other"],"eventMethod":"GET","endpoint":[{"type":"sip","uri":"sip:a@b","headers":{"x":"y"}}]}]`)
		}
	}, nil)
	placed := place(t, a, emulator.InboundCall{Answered: true})
	conversation, _ := a.Conversation(placed.ConversationUUID)
	members, _ := conversation["members"].([]any)
	channel, _ := at(members[1], "channel").(document)
	leg := text(channel, "id")
	want := document{
		"type": "sip", "id": leg, "leg_ids": []any{leg}, "from": document{"type": "phone", "number": "447700900333"},
		"to":  document{"type": "sip", "uri": "sip:a@b", "headers": document{"x": "y"}},
		"cpa": true, "preanswer": false, "ring_timeout": 20000., "cpa_time": 5000., "max_length": 60000.,
	}
	if diff := cmp.Diff(want, plain(t, channel)); diff != "" {
		t.Errorf("channel (-want +got):\n%s", diff)
	}
	<-server.asked // the request for the NCCO
	if other := <-server.asked; other.path != "/other" || other.query["status"] != "started" || other.method != "GET" {
		t.Errorf("the second leg's event went to %s %s", other.method, other.path)
	}
	wantEvents := [][2]string{{"inbound", "started"}, {"inbound", "ringing"}, {"inbound", "answered"}}
	if diff := cmp.Diff(wantEvents, statuses(server, 3)); diff != "" {
		t.Errorf("events (-want +got):\n%s", diff)
	}
}

// A synchronous connect asks the event webhook how to continue when the called party hangs up.
func TestConnectSynchronous(t *testing.T) {
	t.Parallel()
	var server *webhooks
	moved := make(chan struct{})
	a, server := phoneLine(t, emulator.Options{}, func(w http.ResponseWriter, got hook) {
		switch {
		case got.path == "/answer":
			_, _ = io.WriteString(w, `[{"action":"connect","eventType":"synchronous","eventUrl":["`+server.url+`/on"],
				"endpoint":[{"type":"app","user":"alice"}]},{"action":"talk","text":"never"}]`)
		case got.path == "/notified":
			close(moved)
		case got.body["status"] == "completed" && got.body["disconnected_by"] == nil:
			_, _ = io.WriteString(w, `[{"action":"notify","payload":{},"eventUrl":["`+server.url+`/notified"]},
				{"action":"talk","text":"bye","loop":0}]`)
		}
	}, nil)
	placed := place(t, a, emulator.InboundCall{Answered: true})
	a.HangUp(a.Calls()[1].UUID)
	<-moved
	if up := a.Calls(); len(up) != 1 || up[0].UUID != placed.UUID {
		t.Errorf("up: %v", up)
	}
}

// Actions that play or record audio answer the call; after the last action the platform hangs up.
func TestActionsThatTakeNoTime(t *testing.T) {
	t.Parallel()
	for _, action := range []string{
		`{"action":"talk","text":"hello"}`, `{"action":"stream","streamUrl":["http://h/a.mp3"],"loop":2}`, `{"action":"record"}`,
	} {
		a, server := phoneLine(t, emulator.Options{}, ncco(`[`+action+`,{"action":"wait","timeout":1}]`), nil)
		placed := place(t, a, emulator.InboundCall{})
		if placed.Status != "completed" {
			t.Errorf("%s: status %q", action, placed.Status)
		}
		got := statuses(server, 4)
		if got[2][1] != "answered" {
			t.Errorf("%s: events %v", action, got)
		}
		if _, exists := a.Conversation(placed.ConversationUUID); exists {
			t.Errorf("%s: the conversation is still there", action)
		}
	}
}

func TestTalkWithoutEnd(t *testing.T) {
	t.Parallel()
	a, _ := phoneLine(t, emulator.Options{}, ncco(`[{"action":"talk","text":"hold the line","loop":0}]`), nil)
	placed := place(t, a, emulator.InboundCall{})
	if diff := cmp.Diff([]string{"JOINED"}, memberStates(a, placed.ConversationUUID)); diff != "" || placed.Status != "answered" {
		t.Errorf("status %q, members (-want +got):\n%s", placed.Status, diff)
	}
}

func TestRecord(t *testing.T) {
	t.Parallel()
	a, server := phoneLine(t, emulator.Options{}, ncco(`[{"action":"record"}]`), nil)
	placed := place(t, a, emulator.InboundCall{})
	statuses(server, 3)
	event := (<-server.events).body
	if text(event, "recording_url") != a.url+"/v1/files/"+text(event, "recording_uuid") ||
		event["conversation_uuid"] != placed.ConversationUUID {
		t.Errorf("event %v", event)
	}
}

// An input reports what the caller did to the event webhook, and continues with the returned NCCO.
func TestInput(t *testing.T) {
	t.Parallel()
	const menu = `{"action":"input","type":["dtmf","speech"],"dtmf":{"maxDigits":1}}`
	var inputs []document
	a, _ := phoneLine(t, emulator.Options{}, func(w http.ResponseWriter, got hook) {
		switch {
		case got.path == "/answer":
			_, _ = io.WriteString(w, `[`+menu+`,{"action":"talk","text":"never"}]`)
		case got.body["dtmf"] != nil:
			inputs = append(inputs, got.body)
			if len(inputs) < 3 {
				_, _ = io.WriteString(w, `[`+menu+`]`)
			} else {
				_, _ = io.WriteString(w, tutorialNCCO)
			}
		}
	}, document{"event_url": "/all"})
	placed := place(t, a, emulator.InboundCall{Answered: true, Digits: []string{"7", "42"}, Says: []string{"hello"}})
	if placed.Status != "answered" || len(inputs) != 3 {
		t.Fatalf("status %q, %d inputs", placed.Status, len(inputs))
	}
	want := []any{
		document{"digits": "7", "timed_out": false}, document{"digits": "42", "timed_out": false}, document{"digits": "", "timed_out": true},
	}
	for i := range inputs {
		if diff := cmp.Diff(want[i], inputs[i]["dtmf"]); diff != "" {
			t.Errorf("input %d (-want +got):\n%s", i, diff)
		}
	}
	heard, _ := at(inputs[0], "speech", "results").([]any)
	if len(heard) != 1 || text(heard[0], "text") != "hello" || text(inputs[1], "speech", "timeout_reason") != "start_timeout" {
		t.Errorf("speech: %v, then %v", inputs[0]["speech"], inputs[1]["speech"])
	}
	if inputs[0]["uuid"] != placed.UUID || inputs[0]["from"] != caller {
		t.Errorf("input: %v", inputs[0])
	}
}

// A webhook that answers every input with another input does not hold a call forever.
func TestEndlessMenu(t *testing.T) {
	t.Parallel()
	a, _ := phoneLine(t, emulator.Options{}, ncco(`[{"action":"input","type":["dtmf"]}]`), document{"event_url": "/menu"})
	if placed := place(t, a, emulator.InboundCall{}); placed.Status != "completed" {
		t.Errorf("status %q", placed.Status)
	}
}

func TestAsynchronousInputGoesOn(t *testing.T) {
	t.Parallel()
	a, server := phoneLine(t, emulator.Options{},
		ncco(`[{"action":"input","type":["dtmf"],"mode":"asynchronous"},{"action":"talk","text":"on","loop":0}]`), nil)
	if placed := place(t, a, emulator.InboundCall{Digits: []string{"1"}}); placed.Status != "answered" {
		t.Errorf("status %q", placed.Status)
	}
	statuses(server, 3)
	if event := (<-server.events).body; text(event, "dtmf", "digits") != "1" {
		t.Errorf("event %v", event)
	}
}

func TestNotify(t *testing.T) {
	t.Parallel()
	var notified document
	var server *webhooks
	a, server := phoneLine(t, emulator.Options{}, func(w http.ResponseWriter, got hook) {
		if got.path == "/answer" {
			_, _ = io.WriteString(w, `[{"action":"notify","payload":{"step":1},"eventUrl":["`+server.url+`/notify"]},
				{"action":"talk","text":"never"}]`)
			return
		}
		notified = got.body
		_, _ = io.WriteString(w, tutorialNCCO)
	}, nil)
	placed := place(t, a, emulator.InboundCall{Answered: true})
	if diff := cmp.Diff(document{"step": 1.}, notified["payload"]); diff != "" || notified["conversation_uuid"] != placed.ConversationUUID {
		t.Errorf("notified %v", notified)
	}
	if diff := cmp.Diff([]string{"JOINED", "JOINED"}, memberStates(a, placed.ConversationUUID)); diff != "" {
		t.Errorf("the answer did not replace the rest (-want +got):\n%s", diff)
	}
}

// A named conversation admits every caller that asks for it, and outlives its calls by its time to live.
func TestNamedConversation(t *testing.T) {
	t.Parallel()
	now := newClock()
	a, server := phoneLine(t, emulator.Options{Now: now.Now}, ncco(`[{"action":"conversation","name":"standup","mute":true}]`),
		document{"conversations_ttl": 2})
	first, second := place(t, a, emulator.InboundCall{}), place(t, a, emulator.InboundCall{})
	id := first.ConversationUUID
	if second.ConversationUUID != id {
		t.Fatalf("two conversations: %s and %s", id, second.ConversationUUID)
	}
	conversation, _ := a.Conversation(id)
	if conversation["name"] != "standup" || len(a.Conversations()) != 1 {
		t.Errorf("name %v, conversations %v", conversation["name"], a.Conversations())
	}
	members, _ := conversation["members"].([]any)
	if len(members) != 2 || at(members[0], "media", "audio_settings", "muted") != true {
		t.Errorf("members %v", members)
	}
	transferred := false
	for range 8 {
		event := (<-server.events).body
		if event["status"] == "transfer" && event["conversation_uuid_to"] == id && event["conversation_uuid_from"] != id {
			transferred = true
		}
	}
	if !transferred {
		t.Error("no transfer event")
	}
	a.HangUp(first.UUID)
	if diff := cmp.Diff([]string{"LEFT", "JOINED"}, memberStates(a, id)); diff != "" {
		t.Errorf("one left (-want +got):\n%s", diff)
	}
	a.HangUp(second.UUID)
	now.advance(2*time.Hour - time.Second)
	if _, exists := a.Conversation(id); !exists {
		t.Error("the conversation expired early")
	}
	now.advance(time.Second)
	if _, exists := a.Conversation(id); exists {
		t.Error("the conversation did not expire")
	}
	if third := place(t, a, emulator.InboundCall{}); third.ConversationUUID == id {
		t.Error("the name still leads to the expired conversation")
	}
}

func TestEndOnExit(t *testing.T) {
	t.Parallel()
	endOnExit := `,"endOnExit":true`
	a, _ := phoneLine(t, emulator.Options{}, func(w http.ResponseWriter, _ hook) {
		_, _ = io.WriteString(w, `[{"action":"conversation","name":"c"`+endOnExit+`}]`)
		endOnExit = ""
	}, nil)
	host := place(t, a, emulator.InboundCall{})
	place(t, a, emulator.InboundCall{})
	if up := len(a.Calls()); up != 2 {
		t.Fatalf("%d calls up", up)
	}
	a.HangUp(host.UUID)
	if up := a.Calls(); len(up) != 0 {
		t.Errorf("still up: %v", up)
	}
}

func TestTransferAction(t *testing.T) {
	t.Parallel()
	a, _ := phoneLine(t, emulator.Options{}, ncco(`[{"action":"transfer","conversationId":"CON-1"}]`), nil)
	if placed := place(t, a, emulator.InboundCall{}); placed.Status != "completed" {
		t.Errorf("transfer to an unknown conversation: status %q", placed.Status)
	}
	seed(t, a.SeedConversation("CON-1", document{"application_id": applicationID}))
	placed := place(t, a, emulator.InboundCall{})
	if diff := cmp.Diff([]string{"JOINED"}, memberStates(a, "CON-1")); diff != "" || placed.ConversationUUID != "CON-1" {
		t.Errorf("in %s (-want +got):\n%s", placed.ConversationUUID, diff)
	}
}

// plain converts a stored document, whose numbers are json.Number, to the types that a client decodes.
func plain(t *testing.T, stored document) document {
	t.Helper()
	encoded, err := json.Marshal(stored)
	if err != nil {
		t.Fatal(err)
	}
	var decoded document
	if err := json.Unmarshal(encoded, &decoded); err != nil {
		t.Fatal(err)
	}
	return decoded
}
