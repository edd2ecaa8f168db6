// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package ncco_test

import (
	"errors"
	"testing"

	"github.com/vonage/terraform-provider-vonage/internal/acctest"
)

type values = acctest.Values

// The function is called as Terraform does: with objects of different types in one tuple, some with null attributes.
func TestNCCOThroughTheProtocol(t *testing.T) {
	t.Parallel()
	protocol := acctest.New(t).Protocol(t)
	got, err := protocol.Call("ncco", []any{
		values{"action": "talk", "text": "Hello <you>", "loop": 2, "level": nil, "bargeIn": true},
		values{"action": "input", "type": "dtmf", "dtmf": values{"maxDigits": 1, "submitOnHash": nil}},
		values{"action": "connect", "endpoint": []any{values{"type": "phone", "number": "+44 7700 900001"}}, "from": nil},
		values{"action": "notify", "eventUrl": "https://a.test", "payload": values{"ratio": 0.5, "none": nil, "list": []any{1, "a", nil}}},
	})
	const want = `[{"action":"talk","bargeIn":true,"loop":2,"text":"Hello <you>"},{"action":"input","dtmf":{"maxDigits":1},"type":["dtmf"]},` +
		`{"action":"connect","endpoint":[{"number":"447700900001","type":"phone"}]},` +
		`{"action":"notify","eventUrl":["https://a.test"],"payload":{"list":[1,"a",null],"none":null,"ratio":0.5}}]`
	if err != nil || got != want {
		t.Errorf("got %v (%v), want %s", got, err, want)
	}
}

// Errors are reported on the argument and name the position in it.
func TestNCCORefusalThroughTheProtocol(t *testing.T) {
	t.Parallel()
	protocol := acctest.New(t).Protocol(t)
	for name, test := range map[string]struct {
		actions any
		want    string
	}{
		"fields": {
			[]any{
				values{"action": "talk", "text": "Hello"},
				values{"action": "connect", "endpoint": []any{values{"type": "phone", "number": "07700 900001"}}, "timeOut": 5},
			},
			`actions[1].endpoint[0].number: "07700 900001" is not in international form; begin with the country code, not with 0` + "\n" +
				"actions[1].timeOut: no such field; did you mean timeout?",
		},
		"an action that is null": {[]any{nil}, "actions[0]: must not be null"},
		"one action":             {values{"action": "wait"}, "actions: must be a list, not an object"},
		"JSON already":           {`[{"action":"wait"}]`, "actions: must be a list, not a string of JSON; decode it with jsondecode"},
	} {
		got, err := protocol.Call("ncco", test.actions)
		failure, ok := errors.AsType[*acctest.FunctionError](err)
		if !ok || failure.Argument != 0 || failure.Text != test.want {
			t.Errorf("%s: got %v, %v", name, got, err)
		}
	}
}
