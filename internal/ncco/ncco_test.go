// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package ncco

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func decode(t interface {
	Fatalf(format string, args ...any)
}, document string,
) any {
	decoder := json.NewDecoder(strings.NewReader(document))
	decoder.UseNumber()
	var tree any
	if err := decoder.Decode(&tree); err != nil {
		t.Fatalf("%s: %v", document, err)
	}
	return tree
}

func TestNormalForm(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct{ actions, want string }{
		"no action":                           {`[]`, `[]`},
		"keys are sorted":                     {`[{"text":"Hello","action":"talk"}]`, `[{"action":"talk","text":"Hello"}]`},
		"text is not escaped for HTML":        {`[{"action":"talk","text":"<speak>R&B</speak>"}]`, `[{"action":"talk","text":"<speak>R&B</speak>"}]`},
		"null options are left out":           {`[{"action":"talk","text":"Hello","loop":null}]`, `[{"action":"talk","text":"Hello"}]`},
		"nulls of other actions are left out": {`[{"action":"talk","text":"Hello","streamUrl":null,"endpoint":null},{"action":"stream","text":null,"streamUrl":["https://a.test"],"endpoint":null}]`, `[{"action":"talk","text":"Hello"},{"action":"stream","streamUrl":["https://a.test"]}]`},
		"nulls of other endpoints, too":       {`[{"action":"connect","endpoint":[{"type":"app","user":"jo","number":null,"uri":null}]}]`, `[{"action":"connect","endpoint":[{"type":"app","user":"jo"}]}]`},
		"numbers lose what they need not":     {`[{"action":"wait","timeout":1.50}]`, `[{"action":"wait","timeout":1.5}]`},
		"numbers lose their exponent":         {`[{"action":"wait","timeout":12e1}]`, `[{"action":"wait","timeout":120}]`},
		"numbers keep every digit":            {`[{"action":"wait","timeout":0.1234567890123456789}]`, `[{"action":"wait","timeout":0.1234567890123456789}]`},
		"numbers come out of strings":         {`[{"action":"wait","timeout":"2"}]`, `[{"action":"wait","timeout":2}]`},
		"booleans come out of strings":        {`[{"action":"talk","text":"a","premium":"true","bargeIn":"false"}]`, `[{"action":"talk","bargeIn":false,"premium":true,"text":"a"}]`},
		"text comes out of numbers":           {`[{"action":"record","endOnKey":5}]`, `[{"action":"record","endOnKey":"5"}]`},
		"text comes out of booleans":          {`[{"action":"conversation","name":true}]`, `[{"action":"conversation","name":"true"}]`},
		"words take their own case":           {`[{"action":"record","eventMethod":"post","eventUrl":["https://a.test"]}]`, `[{"action":"record","eventMethod":"POST","eventUrl":["https://a.test"]}]`},
		"a single URL becomes a list":         {`[{"action":"stream","streamUrl":"https://a.test/b.mp3"}]`, `[{"action":"stream","streamUrl":["https://a.test/b.mp3"]}]`},
		"a single kind of input becomes one":  {`[{"action":"input","type":"dtmf"}]`, `[{"action":"input","type":["dtmf"]}]`},
		"a single endpoint becomes a list":    {`[{"action":"connect","endpoint":{"type":"app","user":"jo"}}]`, `[{"action":"connect","endpoint":[{"type":"app","user":"jo"}]}]`},
		"phone numbers become digits":         {`[{"action":"connect","from":"+44 7700 900000","endpoint":[{"type":"phone","number":"+44 (7700) 900-001"}]}]`, `[{"action":"connect","endpoint":[{"number":"447700900001","type":"phone"}],"from":"447700900000"}]`},
		"phone numbers come out of numbers":   {`[{"action":"connect","endpoint":[{"type":"phone","number":447700900001}]}]`, `[{"action":"connect","endpoint":[{"number":"447700900001","type":"phone"}]}]`},
		"other callers keep their name":       {`[{"action":"connect","from":"Reception","endpoint":[{"type":"vbc","extension":111}]}]`, `[{"action":"connect","endpoint":[{"extension":"111","type":"vbc"}],"from":"Reception"}]`},
		"an empty list of legs stays":         {`[{"action":"conversation","name":"a","canHear":[],"canSpeak":[]}]`, `[{"action":"conversation","canHear":[],"canSpeak":[],"name":"a"}]`},
		"an empty object stays":               {`[{"action":"record","transcription":{}}]`, `[{"action":"record","transcription":{}}]`},
		"a payload keeps what is in it":       {`[{"action":"notify","eventUrl":["https://a.test"],"payload":{"b":[1.0,null,{"c":"1"}],"a":true}}]`, `[{"action":"notify","eventUrl":["https://a.test"],"payload":{"a":true,"b":[1,null,{"c":"1"}]}}]`},
		"headers of SIP are strings":          {`[{"action":"connect","endpoint":[{"type":"sip","uri":"sip:a@b.test","headers":{"n":1,"o":null}}]}]`, `[{"action":"connect","endpoint":[{"headers":{"n":"1"},"type":"sip","uri":"sip:a@b.test"}]}]`},
		"headers of WebSockets are anything":  {`[{"action":"connect","endpoint":[{"type":"websocket","uri":"wss://a.test/b","headers":{"n":1,"o":null}}]}]`, `[{"action":"connect","endpoint":[{"headers":{"n":1,"o":null},"type":"websocket","uri":"wss://a.test/b"}]}]`},
		"the tutorial's NCCO":                 {`[{"action":"connect","endpoint":[{"type":"phone","number":"447700000002"}]}]`, `[{"action":"connect","endpoint":[{"number":"447700000002","type":"phone"}]}]`},
		"an input takes what interrupts talk": {`[{"action":"talk","text":"a","bargeIn":true},{"action":"talk","text":"b"},{"action":"stream","streamUrl":"http://a.test"},{"action":"input","type":["dtmf","speech"]}]`, `[{"action":"talk","bargeIn":true,"text":"a"},{"action":"talk","text":"b"},{"action":"stream","streamUrl":["http://a.test"]},{"action":"input","type":["dtmf","speech"]}]`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := Normalize(decode(t, test.actions))
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestNormalFormOfJSON(t *testing.T) {
	t.Parallel()
	got, err := NormalizeJSON(` [ {"loop": "9007199254740993", "action":"talk", "text":"a"} ]`)
	if want := `[{"action":"talk","loop":9007199254740993,"text":"a"}]`; got != want || err != nil {
		t.Errorf("%s, %v", got, err)
	}
	for _, document := range []string{`[`, `[] []`, `[]]`} {
		if _, err := NormalizeJSON(document); err == nil {
			t.Errorf("%s was accepted", document)
		}
	}
}

// Every option of every action is accepted, at the limits of its range.
func TestEveryOptionIsKnown(t *testing.T) {
	t.Parallel()
	for _, actions := range []string{
		`[{"action":"record","beepStart":true,"channels":1,"endOnKey":"#","endOnSilence":3,"eventMethod":"GET","eventUrl":["https://a.test"],"format":"ogg","split":"conversation","timeOut":3,"transcription":{"eventMethod":"POST","eventUrl":["https://a.test"],"language":"en-GB-WLS","sentimentAnalysis":true}}]`,
		`[{"action":"record","channels":32,"endOnKey":"*","endOnSilence":10,"format":"mp3","split":"conversation","timeOut":7200}]`,
		`[{"action":"conversation","canHear":["a"],"endOnExit":true,"eventMethod":"GET","eventUrl":["https://a.test"],"musicOnHoldUrl":["https://a.test/b.mp3"],"mute":true,"name":"a","record":true,"startOnEnter":false,"transcription":{}}]`,
		`[{"action":"conversation","canSpeak":["a"],"mute":false,"name":"a"}]`,
		`[{"action":"connect","advancedMachineDetection":{"beep_timeout":45,"behavior":"continue","mode":"detect_beep"},"endpoint":[{"dtmfAnswer":"2p02p*#","number":"447700900001","onAnswer":{"ringbackTone":"https://a.test","url":"https://a.test"},"shaken":"a","type":"phone"}],"eventMethod":"GET","eventType":"synchronous","eventUrl":["https://a.test"],"from":"447700900000","limit":7200,"machineDetection":"hangup","randomFromNumber":false,"ringbackTone":"https://a.test","timeout":120}]`,
		`[{"action":"connect","endpoint":[{"number":"447700900001","onAnswer":{"ringback":"https://a.test","url":"https://a.test"},"type":"phone"}],"limit":1,"randomFromNumber":true,"timeout":1}]`,
		`[{"action":"connect","advancedMachineDetection":{"beep_timeout":120,"behavior":"hangup","mode":"default"},"endpoint":[{"authorization":{"type":"custom","value":"a"},"content-type":"audio/l16;rate=24000","type":"websocket","uri":"ws://a.test"}]}]`,
		`[{"action":"connect","endpoint":[{"authorization":{"type":"vonage"},"content-type":"audio/l16;rate=8000","type":"websocket","uri":"wss://a.test/b?c=d"}]}]`,
		`[{"action":"connect","endpoint":[{"domain":"a","standardHeaders":{"User-to-User":"a;encoding=hex"},"type":"sip","user":"b"}]}]`,
		`[{"action":"connect","endpoint":[{"domain":"a","type":"sip"}]}]`,
		`[{"action":"connect","endpoint":[{"type":"sip","uri":"sips:a@b.test;transport=tls"}]}]`,
		`[{"action":"talk","language":"ar","level":-1,"loop":0,"premium":true,"style":0,"text":"a"}]`,
		`[{"action":"stream","level":1,"loop":2,"streamUrl":["https://a.test"]}]`,
		`[{"action":"input","dtmf":{"maxDigits":20,"submitOnHash":true,"timeOut":10},"eventMethod":"GET","eventUrl":["https://a.test"],"mode":"synchronous","speech":{"context":["a","b"],"endOnSilence":0.4,"language":"en-US","maxDuration":60,"saveAudio":true,"sensitivity":100,"startTimeout":1,"uuid":["a"]},"type":["speech"]}]`,
		`[{"action":"input","dtmf":{"maxDigits":1,"timeOut":0},"speech":{"endOnSilence":10,"maxDuration":1,"sensitivity":0,"startTimeout":60},"type":["dtmf"]}]`,
		`[{"action":"input","dtmf":{},"mode":"asynchronous","type":["dtmf"]}]`,
		`[{"action":"notify","eventMethod":"POST","eventUrl":["https://a.test"],"payload":{}}]`,
		`[{"action":"wait"},{"action":"wait","timeout":0.1},{"action":"wait","timeout":7200}]`,
		`[{"action":"transfer","canHear":["a"],"canSpeak":[],"conversationId":"CON-1"},{"action":"transfer","conversationId":"CON-1","mute":true}]`,
	} {
		got, err := Normalize(decode(t, actions))
		if err != nil {
			t.Errorf("%s: %v", actions, err)
			continue
		}
		if diff := cmp.Diff(actions, got); diff != "" {
			t.Error(diff)
		}
	}
}
