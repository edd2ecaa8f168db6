// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package emulator_test

import (
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/vonage/terraform-provider-vonage/internal/emulator"
)

// awaitStatus receives events until one has the status.
func awaitStatus(server *webhooks, status string) document {
	for {
		if event := (<-server.events).body; event["status"] == status {
			return event
		}
	}
}

func TestOutboundCall(t *testing.T) {
	t.Parallel()
	now := newClock()
	a, server := phoneLine(t, emulator.Options{Now: now.Now}, ncco(`[{"action":"talk","text":"hi","loop":0}]`), nil)
	admin := bearer(sign(t, testKey(), claims(now.Now(), nil)))
	made := a.send("POST", "/v1/calls", `{"to":[{"type":"phone","number":"`+callee+`"}],"from":{"type":"phone","number":"`+number+`"},
		"answer_url":["`+server.url+`/mine"],"answer_method":"POST","machine_detection":"continue","ringing_timer":20}`, admin).want(t, 201).json
	uuid, conversation := text(made, "uuid"), text(made, "conversation_uuid")
	if diff := cmp.Diff(document{"uuid": uuid, "status": "started", "direction": "outbound", "conversation_uuid": conversation},
		made); diff != "" {
		t.Errorf("made (-want +got):\n%s", diff)
	}
	awaitStatus(server, "answered")
	if asked := <-server.asked; asked.path != "/mine" || asked.body["to"] != callee || asked.body["from"] != number {
		t.Errorf("asked %s: %v", asked.path, asked.body)
	}
	now.advance(30 * time.Second)
	call := a.get("/v1/calls/"+uuid, admin).want(t, 200).json
	want := document{
		"uuid": uuid, "conversation_uuid": conversation, "status": "answered", "direction": "outbound",
		"to": document{"type": "phone", "number": callee}, "from": document{"type": "phone", "number": number},
		"start_time": "2026-08-01T12:00:00.000Z", "duration": "30", "rate": "0.01270000", "price": "0.00635000", "network": "GB-FIXED",
		"_links": document{"self": document{"href": "/v1/calls/" + uuid}},
	}
	if diff := cmp.Diff(want, call); diff != "" {
		t.Errorf("call (-want +got):\n%s", diff)
	}
	a.send("PUT", "/v1/calls/"+uuid, `{"action":"mute"}`, admin).want(t, 204)
	members, _ := mustConversation(a, conversation)["members"].([]any)
	if at(members[0], "media", "audio_settings", "muted") != true || text(members[0], "state") != "JOINED" {
		t.Errorf("member: %v", members[0])
	}
	wanted := document{
		"type": "phone", "id": uuid, "leg_ids": []any{uuid}, "to": call["to"], "from": call["from"],
		"cpa": true, "preanswer": false, "ring_timeout": 20000., "cpa_time": 5000., "max_length": 7200000.,
	}
	channel, _ := at(members[0], "channel").(document)
	if diff := cmp.Diff(wanted, plain(t, channel)); diff != "" {
		t.Errorf("channel (-want +got):\n%s", diff)
	}
	talk := a.send("PUT", "/v1/calls/"+uuid+"/talk", `{"text":"hi"}`, admin).want(t, 200).json
	if diff := cmp.Diff(document{"message": "Talk started", "uuid": uuid}, talk); diff != "" {
		t.Errorf("talk (-want +got):\n%s", diff)
	}
	a.do("DELETE", "/v1/calls/"+uuid+"/stream", nil, admin).want(t, 200)
	a.do("DELETE", "/v1/calls/"+uuid+"/dtmf", nil, admin).want(t, 405)
	a.send("PUT", "/v1/calls/"+uuid+"/input/dtmf", `{"event_url":["`+server.url+`/digits"]}`, admin).want(t, 200)
	a.do("DELETE", "/v1/calls/"+uuid+"/input/dtmf", nil, admin).want(t, 200)
	for path, body := range map[string]string{"talk": `{}`, "stream": `{"stream_url":"https://h"}`, "dtmf": `{"digits":"ten"}`} {
		a.send("PUT", "/v1/calls/"+uuid+"/"+path, body, admin).want(t, 400)
	}
	a.do("DELETE", "/v1/calls/nobody/input/dtmf", nil, admin).want(t, 404)
	a.send("PUT", "/v1/calls/nobody/dtmf", `{"digits":"1"}`, admin).want(t, 404)
	a.get("/v1/calls/"+uuid, bearer(sign(t, testKey(), claims(now.Now(), document{"application_id": foreignID})))).want(t, 404)
	a.send("PUT", "/v1/calls/"+uuid, `{"action":"hangup"}`, admin).want(t, 204)
	a.send("PUT", "/v1/calls/"+uuid, `{"action":"hangup"}`, admin).want(t, 404)
	if ended := a.get("/v1/calls/"+uuid, admin).want(t, 200).json; ended["status"] != "completed" || ended["end_time"] == nil {
		t.Errorf("ended: %v", ended)
	}
	if by := awaitStatus(server, "completed")["disconnected_by"]; by != "platform" {
		t.Errorf("disconnected by %v", by)
	}
}

func mustConversation(a account, id string) document {
	conversation, _ := a.Conversation(id)
	return conversation
}

func TestOutboundCallWithNCCO(t *testing.T) {
	t.Parallel()
	a, server := phoneLine(t, emulator.Options{}, ncco(`[]`), nil)
	made := a.send("POST", "/v1/calls", `{"to":[{"type":"sip","uri":"sip:a@b"}],"random_from_number":true,
		"ncco":[{"action":"notify","payload":{"a":1},"eventUrl":["`+server.url+`/notified"]}],
		"event_url":["`+server.url+`/own"],"event_method":"GET"}`, as(t, applicationID)).want(t, 201).json
	seen := map[string]bool{}
	for !seen["/notified"] || !seen["/own completed"] {
		got := <-server.asked
		seen[strings.TrimSpace(got.path+" "+got.query["status"])] = true
		if got.query["uuid"] != "" && got.query["uuid"] != made["uuid"] {
			t.Errorf("event of %s", got.query["uuid"])
		}
	}
	if len(server.events) != 0 {
		t.Error("events went to the application's event_url")
	}
}

// A transfer replaces the rest of the NCCO.
func TestCallTransfer(t *testing.T) {
	t.Parallel()
	a, server := phoneLine(t, emulator.Options{}, func(w http.ResponseWriter, got hook) {
		if got.path == "/answer" {
			_, _ = io.WriteString(w, tutorialNCCO)
			return
		}
		_, _ = io.WriteString(w, `[{"action":"conversation","name":"room"}]`)
	}, nil)
	admin := as(t, applicationID)
	placed := place(t, a, emulator.InboundCall{Answered: true})
	for _, broken := range []string{
		`{"action":"dance"}`, `{"action":"transfer"}`, `{"action":"transfer","destination":{"type":"ncco"}}`,
		`{"action":"transfer","destination":{"type":"ncco","ncco":[{"action":"dance"}]}}`, `[`,
		`{"action":"transfer","destination":{"type":"ncco","url":[5]}}`,
	} {
		a.send("PUT", "/v1/calls/"+placed.UUID, broken, admin).want(t, 400)
	}
	a.send("PUT", "/v1/calls/"+placed.UUID,
		`{"action":"transfer","destination":{"type":"ncco","ncco":[{"action":"talk","text":"hold","loop":0}]}}`, admin).want(t, 204)
	if event := awaitStatus(server, "completed"); event["direction"] != "outbound" {
		t.Errorf("event %v", event)
	}
	a.send("PUT", "/v1/calls/"+placed.UUID, `{"action":"transfer","destination":{"type":"ncco","url":["`+server.url+`/next"]}}`,
		admin).want(t, 204)
	moved := awaitStatus(server, "transfer")
	if up := a.Calls(); len(up) != 1 || up[0].ConversationUUID != moved["conversation_uuid_to"] {
		t.Errorf("up: %v, moved %v", up, moved)
	}
}

func TestCallRefusals(t *testing.T) {
	t.Parallel()
	a, _ := phoneLine(t, emulator.Options{}, ncco(`[]`), nil)
	const to, from, actions = `"to":[{"type":"phone","number":"1"}]`, `"from":{"type":"phone","number":"2"}`, `"ncco":[]`
	for name, test := range map[string]struct{ body, parameter string }{
		"no to":             {`{` + from + `,` + actions + `}`, "to"},
		"a stranger":        {`{"to":[{"type":"pigeon"}],` + from + `,` + actions + `}`, "to"},
		"no number":         {`{"to":[{"type":"phone"}],` + from + `,` + actions + `}`, "to"},
		"nobody":            {`{"to":[],` + from + `,` + actions + `}`, "to"},
		"no from":           {`{` + to + `,` + actions + `}`, "from"},
		"two froms":         {`{` + to + `,` + from + `,"random_from_number":true,` + actions + `}`, "from"},
		"no NCCO":           {`{` + to + `,` + from + `}`, "ncco"},
		"NCCO and URL":      {`{` + to + `,` + from + `,` + actions + `,"answer_url":["http://h"]}`, "ncco"},
		"broken NCCO":       {`{` + to + `,` + from + `,"ncco":[{"action":"dance"}]}`, "ncco"},
		"unknown":           {`{` + to + `,` + from + `,` + actions + `,"colour":"red"}`, "colour"},
		"timer":             {`{` + to + `,` + from + `,` + actions + `,"ringing_timer":121}`, "ringing_timer"},
		"no JSON":           {`{`, "body"},
		"machine detection": {`{` + to + `,` + from + `,` + actions + `,"machine_detection":"guess"}`, "machine_detection"},
		"waiting for a beep": {
			`{` + to + `,` + from + `,` + actions + `,"advanced_machine_detection":{"beep_timeout":44}}`, "advanced_machine_detection.beep_timeout",
		},
	} {
		got := a.send("POST", "/v1/calls", test.body, as(t, applicationID)).want(t, 400).json
		if at(got, "invalid_parameters", test.parameter) == nil || got["error_title"] != "Bad Request" {
			t.Errorf("%s: %v", name, got)
		}
	}
	got := a.send("POST", "/v1/calls", `{`+to+`,`+from+`,`+actions+`}`, as(t, foreignID)).want(t, 400).json
	if at(got, "invalid_parameters", "event_url") == nil {
		t.Errorf("no event_url: %v", got)
	}
	if len(a.Calls()) != 0 {
		t.Errorf("calls: %v", a.Calls())
	}
}
