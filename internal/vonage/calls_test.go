// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package vonage_test

import (
	"encoding/json"
	"errors"
	"net/http"
	"testing"
	"testing/synctest"

	"github.com/google/go-cmp/cmp"

	"github.com/vonage/terraform-provider-vonage/internal/vonage"
)

const placedCall = `{"uuid":"63f61863-4a51-4f6b-86e1-46edebcf9356","status":"started","direction":"outbound","conversation_uuid":"CON-1"}`

func TestPlaceCall(t *testing.T) {
	t.Parallel()
	whole := vonage.NewCall{
		To: []vonage.CallEndpoint{{Type: "phone", Number: "447700900001", DTMFAnswer: "1p2"}}, From: &vonage.CallEndpoint{Type: "phone", Number: "447700900000"},
		NCCO: json.RawMessage(`[{"action":"talk","text":"Hello"}]`), EventURL: []string{"https://e.test"}, EventMethod: "POST", MachineDetection: "hangup",
		LengthTimer: 60, RingingTimer: 30,
	}
	for body, call := range map[string]vonage.NewCall{
		`{"to":[{"type":"phone","number":"447700900001","dtmfAnswer":"1p2"}],"from":{"type":"phone","number":"447700900000"},"ncco":[{"action":"talk","text":"Hello"}],` +
			`"event_url":["https://e.test"],"event_method":"POST","machine_detection":"hangup","length_timer":60,"ringing_timer":30}`: whole,
		`{"to":[{"type":"websocket","uri":"wss://w.test","content-type":"audio/l16;rate=8000","headers":{"a":"b"}}],"random_from_number":true,` +
			`"answer_url":["https://a.test"],"answer_method":"GET"}`: {
			To:               []vonage.CallEndpoint{{Type: "websocket", URI: "wss://w.test", ContentType: "audio/l16;rate=8000", Headers: map[string]string{"a": "b"}}},
			RandomFromNumber: true, AnswerURL: []string{"https://a.test"}, AnswerMethod: "GET",
		},
		`{"to":[{"type":"app","user":"alice"}]}`:    {To: []vonage.CallEndpoint{{Type: "app", User: "alice"}}},
		`{"to":[{"type":"vbc","extension":"111"}]}`: {To: []vonage.CallEndpoint{{Type: "vbc", Extension: "111"}}},
	} {
		vonageAPI, client := newScript(t, answer{status: http.StatusCreated, body: placedCall})
		got, err := client.Calls.Create(t.Context(), call)
		want := vonage.Call{UUID: "63f61863-4a51-4f6b-86e1-46edebcf9356", ConversationUUID: "CON-1", Status: vonage.CallStarted}
		if diff := cmp.Diff(want, got); err != nil || diff != "" {
			t.Errorf("%v %s", err, diff)
		}
		sent := []received{{Method: "POST", Path: "/v1/calls", ContentType: "application/json", Authorization: "Bearer TOKEN", Body: body}}
		if diff := cmp.Diff(sent, vonageAPI.requests()); diff != "" {
			t.Error(diff)
		}
	}
}

// Calls are indistinguishable: a POST that may have been carried out is not repeated, and nothing is looked up.
func TestPlaceCallThatWasCutOff(t *testing.T) {
	t.Parallel()
	for name, open := range map[string]answer{
		"connection reset": reset,
		"server error":     {status: http.StatusInternalServerError},
		"hanging":          {hang: true},
		"garbage":          {status: http.StatusCreated, body: "garbage"},
		"no uuid":          {status: http.StatusCreated, body: `{"status":"started"}`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				vonageAPI, client := newMemoryScript(t, 4, open)
				_, err := client.Calls.Create(t.Context(), vonage.NewCall{})
				var unknown *vonage.UnknownOutcomeError
				if !errors.As(err, &unknown) || unknown.Operation != "placing a call" {
					t.Errorf("got %v", err)
				}
				if diff := cmp.Diff([]string{"POST /v1/calls"}, vonageAPI.log()); diff != "" {
					t.Error(diff)
				}
			})
		})
	}
}

// A request that certainly was not carried out is retried, or its refusal is returned.
func TestPlaceCallThatWasNotCarriedOut(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		vonageAPI, client := newMemoryScript(t, 4, answer{status: http.StatusTooManyRequests}, refused, answer{status: http.StatusCreated, body: placedCall})
		if _, err := client.Calls.Create(t.Context(), vonage.NewCall{}); err != nil {
			t.Error(err)
		}
		if n := len(vonageAPI.log()); n != 3 {
			t.Errorf("%d requests", n)
		}
	})
	_, client := newScript(t, answer{
		status: http.StatusBadRequest, body: `{"type":"BAD_REQUEST","error_title":"Bad Request","invalid_parameters":{"to":"Is required.","from":"Is wrong."}}`,
	})
	_, err := client.Calls.Create(t.Context(), vonage.NewCall{})
	var apiError *vonage.Error
	if !errors.As(err, &apiError) {
		t.Fatal(err)
	}
	want := []vonage.InvalidParameter{{Name: "from", Reason: "Is wrong."}, {Name: "to", Reason: "Is required."}}
	if diff := cmp.Diff(want, apiError.InvalidParameters); diff != "" || apiError.Title != "Bad Request" {
		t.Errorf("%+v %s", apiError, diff)
	}
}

func TestReadCall(t *testing.T) {
	t.Parallel()
	vonageAPI, client := newScript(t,
		ok(`{"uuid":"a/b","status":"completed","conversation_uuid":"CON-1","price":"0.01"}`), ok(`{"uuid":"other","status":"completed"}`),
		answer{status: http.StatusNotFound, body: `{"type":"NOT_FOUND","error_title":"Not Found"}`},
	)
	got, err := client.Calls.Get(t.Context(), "a/b")
	if diff := cmp.Diff(vonage.Call{UUID: "a/b", ConversationUUID: "CON-1", Status: vonage.CallCompleted}, got); err != nil || diff != "" {
		t.Errorf("%v %s", err, diff)
	}
	if got, err := client.Calls.Get(t.Context(), "a"); err == nil || vonage.IsNotFound(err) {
		t.Errorf("another call's answer: %v, %v", got, err)
	}
	if got, err := client.Calls.Get(t.Context(), "a"); !vonage.IsNotFound(err) {
		t.Errorf("no call: %v, %v", got, err)
	}
	if got, err := client.Calls.Get(t.Context(), ""); err == nil {
		t.Errorf("no uuid: %v", got)
	}
	if diff := cmp.Diff([]string{"GET /v1/calls/a%2Fb", "GET /v1/calls/a", "GET /v1/calls/a"}, vonageAPI.log()); diff != "" {
		t.Error(diff)
	}
}
