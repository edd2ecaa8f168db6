// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package call_test

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/vonage/terraform-provider-vonage/internal/acctest"
	"github.com/vonage/terraform-provider-vonage/internal/emulator"
)

const onHold = `[{"action":"talk","loop":0,"text":"Please hold the line."}]`

// webhooks starts a server that answers every webhook with an NCCO.
func webhooks(t *testing.T) string {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, onHold) }))
	t.Cleanup(server.Close)
	return server.URL
}

// The call is placed as configured, and its progress is reported until it is answered.
func TestVoiceCall(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		config values
		sent   func(url string) values
	}{
		"by NCCO": {
			values{
				"from": "+44 7700 900000", "to": values{"number": "+44 7700 900001", "dtmf_answer": "1p", "shaken": "eyJ.identity"},
				"ncco":                       `[ {"text": "Please hold the line.", "loop": "0", "action": "talk"} ]`,
				"advanced_machine_detection": values{"behavior": "continue", "mode": "detect_beep", "beep_timeout": 45},
			},
			func(string) values {
				return values{
					"from":                       values{"type": "phone", "number": "447700900000"},
					"to":                         []any{values{"type": "phone", "number": "447700900001", "dtmfAnswer": "1p", "shaken": "eyJ.identity"}},
					"advanced_machine_detection": values{"behavior": "continue", "mode": "detect_beep", "beep_timeout": 45.},
					"ncco":                       []any{values{"action": "talk", "loop": 0., "text": "Please hold the line."}},
				}
			},
		},
		"by answer URL": {
			values{
				"random_from_number": true, "answer_url": "URL", "answer_method": "POST",
				"to":           values{"type": "sip", "uri": "sip:a@b.test", "headers": values{"a": "b"}, "standard_headers": values{"user_to_user": "56;encoding=hex"}},
				"event_method": "GET", "machine_detection": "continue", "length_timer": 60, "ringing_timer": 30, "wait_for": "answered", "timeout": "1m",
			},
			func(url string) values {
				return values{
					"random_from_number": true, "answer_url": []any{url}, "to": []any{values{
						"type": "sip", "uri": "sip:a@b.test", "headers": values{"a": "b"}, "standard_headers": values{"User-to-User": "56;encoding=hex"},
					}},
					"answer_method": "POST", "event_method": "GET", "machine_detection": "continue", "length_timer": 60., "ringing_timer": 30.,
				}
			},
		},
		"WebSocket": {
			values{"from": "447700900000", "to": values{"type": "websocket", "uri": "wss://w.test", "content_type": "audio/l16;rate=16000"}, "ncco": onHold},
			func(string) values {
				return values{
					"from": values{"type": "phone", "number": "447700900000"}, "ncco": []any{values{"action": "talk", "loop": 0., "text": "Please hold the line."}},
					"to": []any{values{"type": "websocket", "uri": "wss://w.test", "content-type": "audio/l16;rate=16000"}},
				}
			},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			env := newEnv(t)
			url := webhooks(t)
			config := acctest.With(test.config, values{"event_url": url})
			if config["answer_url"] != nil {
				config["answer_url"] = url
			}
			progress, diags := env.Protocol(t, asA(), values{"api_key": nil, "api_secret": nil}).Invoke("vonage_voice_call", config)
			diags.MustBeEmpty(t)

			calls := env.Emulator.Calls()
			if len(calls) != 1 {
				t.Fatalf("%d calls are up", len(calls))
			}
			about := "call " + calls[0].UUID + " (conversation " + calls[0].ConversationUUID + "): "
			if len(progress) < 2 || progress[0] != about+"started" || progress[len(progress)-1] != about+"answered" {
				t.Errorf("progress: %q", progress)
			}
			requests := env.Emulator.Requests()
			var sent values
			if err := json.Unmarshal([]byte(requests[0].Body), &sent); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(acctest.With(test.sent(url), values{"event_url": []any{url}}), sent); diff != "" {
				t.Error(diff)
			}
			for i, request := range requests {
				if (request.Method == http.MethodPost) != (i == 0) || i > 0 && request.Path != "/v1/calls/"+calls[0].UUID {
					t.Errorf("request %d is %s %s", i+1, request.Method, request.Path)
				}
			}
		})
	}
}

// If the action does not wait for the call, it sends no further request.
func TestVoiceCallThatIsNotWaitedFor(t *testing.T) {
	t.Parallel()
	env := newEnv(t)
	config := acctest.With(lineTest, values{"wait_for": "started"})
	progress, diags := env.Protocol(t, asA()).Invoke("vonage_voice_call", config)
	diags.MustBeEmpty(t)
	if len(progress) != 1 || !strings.HasSuffix(progress[0], ": started") {
		t.Errorf("progress: %q", progress)
	}
	if diff := cmp.Diff([]string{"POST /v1/calls"}, env.URLs()); diff != "" {
		t.Error(diff)
	}
}

var lineTest = values{
	"from": "447700900000", "to": values{"number": "447700900001"}, "ncco": onHold, "event_url": "http://127.0.0.1:9/never",
}

func TestVoiceCallThatFails(t *testing.T) {
	t.Parallel()
	fail := func(t *testing.T, env *acctest.Env, faults ...emulator.Fault) {
		t.Helper()
		for _, fault := range faults {
			env.Fail(t, fault)
		}
	}
	placed := emulator.Fault{
		Method: http.MethodPost, Kind: emulator.Status, Status: http.StatusCreated, Body: `{"uuid":"1","conversation_uuid":"CON-2","status":"started"}`,
	}
	says := func(status string) emulator.Fault {
		return emulator.Fault{
			Method: http.MethodGet, Kind: emulator.Status, Status: http.StatusOK, Body: `{"uuid":"1","conversation_uuid":"CON-2","status":"` + status + `"}`,
		}
	}
	for name, test := range map[string]struct {
		credentials, config values
		faults              []emulator.Fault
		attribute           string
		words               []string
		progress            []string
		requests            int
	}{
		"busy": {
			credentials: asA(), faults: []emulator.Fault{placed, says("ringing"), says("busy")},
			words:    []string{"Unable to complete call", `Call 1 ended as "busy" and was never "answered".`},
			progress: []string{"call 1 (conversation CON-2): started", "call 1 (conversation CON-2): ringing", "call 1 (conversation CON-2): busy"}, requests: 3,
		},
		"refused": {
			credentials: asA(), config: values{"event_url": nil},
			attribute: "event_url", words: []string{"Unable to place call", "application has none"}, requests: 1,
		},
		"wrong key": {
			credentials: values{"application_id": applicationA, "private_key": acctest.PrivateKey(keyB)},
			words:       []string{"Unable to place call", "does not accept the credentials"}, requests: 1,
		},
		"no credentials": {words: []string{"Unable to place call", "application_id"}},
		"not confirmed": {
			credentials: asA(), faults: []emulator.Fault{{Method: http.MethodPost, Kind: emulator.CloseAfter}},
			words: []string{"Unable to place call", "may or may not"}, requests: 1,
		},
		"status unreadable": {
			credentials: asA(), faults: []emulator.Fault{placed, {Method: http.MethodGet, Kind: emulator.Status, Status: http.StatusForbidden}},
			words: []string{"Unable to complete call", `Call 1 was placed, and was "started"`, "403"}, progress: []string{"call 1 (conversation CON-2): started"}, requests: 2,
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			env := newEnv(t)
			fail(t, env, test.faults...)
			progress, diags := env.Protocol(t, test.credentials).Invoke("vonage_voice_call", acctest.With(lineTest, test.config))
			diags.MustFail(t, test.attribute, test.words...)
			if !slices.Equal(test.progress, progress) {
				t.Errorf("progress: %q", progress)
			}
			if n := len(env.Emulator.Requests()); n != test.requests {
				t.Errorf("%d requests, want %d", n, test.requests)
			}
		})
	}
}

func TestVoiceCallConfigurationIsChecked(t *testing.T) {
	t.Parallel()
	protocol := newEnv(t).Protocol(t)
	to := func(endpoint values) values { return values{"to": endpoint} }
	for _, test := range []struct {
		attribute string
		config    values
	}{
		{"from", values{"from": nil}},
		{"from", values{"from": nil, "random_from_number": false}},
		{"from", values{"from": "07700 900000"}},
		{"random_from_number", values{"random_from_number": true}},
		{"ncco", values{"ncco": nil}},
		{"ncco", values{"ncco": "talk"}},
		{"ncco", values{"ncco": "[]"}},
		{"ncco", values{"ncco": "[{}]"}},
		{"ncco", values{"ncco": `{"action":"talk"}`}},
		{"answer_url", values{"answer_url": "https://a.test"}},
		{"answer_url", values{"ncco": nil, "answer_url": "a.test"}},
		{"answer_method", values{"answer_method": "GET"}},
		{"answer_method", values{"ncco": nil, "answer_url": "https://a.test", "answer_method": "get"}},
		{"event_url", values{"event_url": "a.test"}},
		{"event_method", values{"event_method": "PUT"}},
		{"event_method", values{"event_url": nil, "event_method": "GET"}},
		{"machine_detection", values{"machine_detection": "yes"}},
		{"advanced_machine_detection", values{"advanced_machine_detection": values{}, "machine_detection": "hangup"}},
		{"advanced_machine_detection.behavior", values{"advanced_machine_detection": values{"behavior": "stop"}}},
		{"advanced_machine_detection.mode", values{"advanced_machine_detection": values{"mode": "beep"}}},
		{"advanced_machine_detection.beep_timeout", values{"advanced_machine_detection": values{"beep_timeout": 44}}},
		{"advanced_machine_detection.beep_timeout", values{"advanced_machine_detection": values{"beep_timeout": 121}}},
		{"length_timer", values{"length_timer": 0}},
		{"length_timer", values{"length_timer": 86401}},
		{"ringing_timer", values{"ringing_timer": 0}},
		{"ringing_timer", values{"ringing_timer": 121}},
		{"wait_for", values{"wait_for": "busy"}},
		{"timeout", values{"timeout": "2"}},
		{"to.type", to(values{"type": "fax", "number": "447700900001"})},
		{"to.number", to(values{})},
		{"to.number", to(values{"number": "four"})},
		{"to.number", to(values{"type": "app", "user": "a", "number": "447700900001"})},
		{"to.dtmf_answer", to(values{"number": "447700900001", "dtmf_answer": "1,2"})},
		{"to.dtmf_answer", to(values{"type": "vbc", "extension": "1", "dtmf_answer": "1"})},
		{"to.uri", to(values{"type": "sip"})},
		{"to.uri", to(values{"type": "sip", "uri": "a@b.test"})},
		{"to.uri", to(values{"type": "sip", "uri": "sip:"})},
		{"to.uri", to(values{"type": "sip", "uri": "sip:a b.test"})},
		{"to.uri", to(values{"type": "sip", "uri": "wss://a.test"})},
		{"to.uri", to(values{"type": "websocket", "uri": "sip:a@b.test", "content_type": "audio/l16;rate=8000"})},
		{"to.content_type", to(values{"type": "websocket", "uri": "wss://a.test"})},
		{"to.content_type", to(values{"type": "websocket", "uri": "wss://a.test", "content_type": "audio/mp3"})},
		{"to.headers", to(values{"number": "447700900001", "headers": values{}})},
		{"to.headers", to(values{"type": "sip", "uri": "sip:a@b.test", "headers": values{"X-a": nil}})},
		{"to.shaken", to(values{"type": "vbc", "extension": "1", "shaken": "eyJ.identity"})},
		{"to.standard_headers", to(values{"number": "447700900001", "standard_headers": values{"user_to_user": "a"}})},
		{"to.standard_headers.user_to_user", to(values{"type": "sip", "uri": "sip:a@b.test", "standard_headers": values{"user_to_user": ""}})},
		{"to.user", to(values{"type": "app"})},
		{"to.user", to(values{"type": "app", "user": ""})},
		{"to.extension", to(values{"type": "vbc"})},
	} {
		diags := protocol.ValidateAction("vonage_voice_call", acctest.With(lineTest, test.config))
		if diags.MustFail(t, test.attribute); t.Failed() {
			t.Fatalf("%v", test.config)
		}
	}
	unknown := acctest.Unknown
	protocol.ValidateAction("vonage_voice_call", acctest.With(lineTest, values{"ncco": `[{"action":"sing"}]`})).MustWarn(t, "ncco", `"sing"`, "sent as it is")
	for _, good := range []values{
		acctest.With(lineTest, nil),
		acctest.With(lineTest, values{"random_from_number": false, "wait_for": "completed", "timeout": "2h", "length_timer": 86400, "ringing_timer": 120}),
		acctest.With(lineTest, values{"from": unknown, "random_from_number": true}),
		acctest.With(lineTest, values{"from": nil, "random_from_number": unknown}),
		acctest.With(lineTest, values{"ncco": unknown, "answer_url": "https://a.test"}),
		acctest.With(lineTest, values{"ncco": nil, "answer_url": unknown}),
		acctest.With(lineTest, values{"to": unknown}),
		acctest.With(lineTest, to(values{"type": unknown, "uri": "sip:a@b.test"})),
		acctest.With(lineTest, to(values{"number": unknown})),
		acctest.With(lineTest, to(values{"type": "sip", "uri": unknown, "headers": values{"X-a": unknown}})),
		acctest.With(lineTest, to(values{"type": "websocket", "uri": "ws://a.test", "content_type": "audio/l16;rate=8000"})),
		acctest.With(lineTest, to(values{"type": "vbc", "extension": "111"})),
		acctest.With(lineTest, values{"advanced_machine_detection": unknown}),
	} {
		protocol.ValidateAction("vonage_voice_call", good).MustBeEmpty(t)
	}
}
