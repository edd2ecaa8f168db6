// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package ncco

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestRefusal(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("a", 1501)
	const dtmfToday = `instead of this form of earlier versions, write dtmf = { timeOut = …, maxDigits = …, submitOnHash = … } with type = ["dtmf"]`
	for actions, want := range map[string]string{
		`null`:               `actions: must be a list, not null`,
		`{"action":"talk"}`:  `actions: must be a list, not an object`,
		`"talk"`:             `actions: must be a list, not a string`,
		`["talk"]`:           `actions[0]: must be an object, not a string`,
		`[null]`:             `actions[0]: must not be null`,
		`[{}]`:               `actions[0].action: is required: one of "connect", "conversation", "input", "notify", "record", "stream", "talk", "transfer", "wait"`,
		`[{"action":"pay"}]`: `actions[0].action: must be one of "connect", "conversation", "input", "notify", "record", "stream", "talk", "transfer", "wait", not "pay"`,
		`[{"action":"wait"},{"action":["talk"]}]`: `actions[1].action: must be one of "connect", "conversation", "input", "notify", "record", "stream", "talk", "transfer", "wait", not a list`,

		// Names.
		`[{"action":"record","event_url":["https://a.test"]}]`: `actions[0].event_url: no such field; did you mean eventUrl?`,
		`[{"action":"record","timeout":5}]`:                    `actions[0].timeout: no such field; did you mean timeOut?`,
		`[{"action":"wait","seconds":5}]`:                      `actions[0].seconds: no such field; known fields: action, timeout`,
		`[{"action":"wait","seconds":null}]`:                   `actions[0].seconds: no such field; known fields: action, timeout`,
		`[{"action":"wait","text":"a"}]`:                       `actions[0].text: no such field; known fields: action, timeout`,
		`[{"action":"record","transcription":{"text":null}}]`:  `actions[0].transcription.text: no such field; known fields: eventMethod, eventUrl, language, sentimentAnalysis`,

		// Scripts of earlier versions.
		`[{"action":"talk","text":"a","voiceName":"Amy"}]`:         `actions[0].voiceName: no such field; instead of this form of earlier versions, write language and style, such as language = "en-GB" and style = 0`,
		`[{"action":"input","type":"dtmf","maxDigits":5}]`:         `actions[0].maxDigits: no such field; ` + dtmfToday,
		`[{"action":"input","type":"dtmf","submit_on_hash":true}]`: `actions[0].submit_on_hash: no such field; ` + dtmfToday,
		`[{"action":"input","timeOut":5}]`:                         "actions[0].timeOut: no such field; " + dtmfToday + "\nactions[0].type: is required",
		`[{"action":"talk","text":"a","voiceName":"Amy"},{"action":"input","type":"dtmf","text":null,"voiceName":null}]`: `actions[0].voiceName: no such field; instead of this form of earlier versions, ` +
			`write language and style, such as language = "en-GB" and style = 0`,
		`"[{\"action\":\"talk\",\"text\":\"a\"}]"`:                                `actions: must be a list, not a string of JSON; decode it with jsondecode`,
		`["{\"action\":\"talk\",\"text\":\"a\"}"]`:                                `actions[0]: must be an object, not a string of JSON; decode it with jsondecode`,
		`[{"action":"record","eventUrl":"[\"https://a.test\"]"}]`:                 `actions[0].eventUrl: must be a list, not a string of JSON; decode it with jsondecode`,
		`[{"action":"input","type":" [\"dtmf\"]"}]`:                               `actions[0].type: must be a list, not a string of JSON; decode it with jsondecode`,
		`[{"action":"input","type":"dtmf","dtmf":"{\"maxDigits\":1}"}]`:           `actions[0].dtmf: must be an object, not a string of JSON; decode it with jsondecode`,
		`[{"action":"conversation","name":"a","canHear":"[\"b\"]"}]`:              `actions[0].canHear: must be a list, not a string of JSON; decode it with jsondecode`,
		`[{"action":"connect","endpoint":"{\"type\":\"app\",\"user\":\"a\"}"}]`:   `actions[0].endpoint: must be a list, not a string of JSON; decode it with jsondecode`,
		`[{"action":"notify","eventUrl":"https://a.test","payload":"{\"a\":1}"}]`: `actions[0].payload: must be an object, not a string of JSON; decode it with jsondecode`,

		// Required fields.
		`[{"action":"talk"}]`:                               `actions[0].text: is required`,
		`[{"action":"talk","text":null}]`:                   `actions[0].text: is required`,
		`[{"action":"talk","text":""}]`:                     `actions[0].text: must not be empty`,
		`[{"action":"conversation"}]`:                       `actions[0].name: is required`,
		`[{"action":"connect"}]`:                            `actions[0].endpoint: is required`,
		`[{"action":"stream"}]`:                             `actions[0].streamUrl: is required`,
		`[{"action":"input"}]`:                              `actions[0].type: is required`,
		`[{"action":"notify","payload":{}}]`:                `actions[0].eventUrl: is required`,
		`[{"action":"notify","eventUrl":"https://a.test"}]`: `actions[0].payload: is required`,
		`[{"action":"transfer"}]`:                           `actions[0].conversationId: is required`,

		// Types.
		`[{"action":"talk","text":["a"]}]`:                                                 `actions[0].text: must be a string, not a list`,
		`[{"action":"talk","text":{"a":1}}]`:                                               `actions[0].text: must be a string, not an object`,
		`[{"action":"talk","text":"a","premium":1}]`:                                       `actions[0].premium: must be true or false, not 1`,
		`[{"action":"talk","text":"a","premium":"yes"}]`:                                   `actions[0].premium: must be true or false, not "yes"`,
		`[{"action":"talk","text":"a","loop":"many"}]`:                                     `actions[0].loop: must be a whole number of at least 0, not "many"`,
		`[{"action":"talk","text":"a","loop":true}]`:                                       `actions[0].loop: must be a whole number of at least 0, not true`,
		`[{"action":"talk","text":"a","loop":"0x1"}]`:                                      `actions[0].loop: must be a whole number of at least 0, not "0x1"`,
		`[{"action":"talk","text":"a","loop":1e1000}]`:                                     `actions[0].loop: must be a whole number of at least 0, not 1e1000`,
		`[{"action":"record","transcription":true}]`:                                       `actions[0].transcription: must be an object, not a boolean`,
		`[{"action":"notify","eventUrl":"https://a.test","payload":"a"}]`:                  `actions[0].payload: must be an object, not a string`,
		`[{"action":"notify","eventUrl":"https://a.test","payload":{"a":[{"b":1e1000}]}}]`: `actions[0].payload.a[0].b: has an exponent of more than three digits`,
		`[{"action":"conversation","name":"a","canHear":"b"}]`:                             `actions[0].canHear: must be a list, not a string`,
		`[{"action":"conversation","name":"a","canHear":[null]}]`:                          `actions[0].canHear[0]: must not be null`,
		`[{"action":"input","type":[]}]`:                                                   `actions[0].type: must hold at least one value, not 0`,
		`[{"action":"stream","streamUrl":["https://a.test","https://b.test"]}]`:            `actions[0].streamUrl: must hold exactly one value, not 2`,

		// Ranges and enumerations.
		`[{"action":"record","channels":0,"split":"conversation"}]`:           `actions[0].channels: must be a whole number from 1 to 32, not 0`,
		`[{"action":"record","channels":33,"split":"conversation"}]`:          `actions[0].channels: must be a whole number from 1 to 32, not 33`,
		`[{"action":"record","endOnSilence":2}]`:                              `actions[0].endOnSilence: must be a whole number from 3 to 10, not 2`,
		`[{"action":"record","endOnSilence":3.5}]`:                            `actions[0].endOnSilence: must be a whole number from 3 to 10, not 3.5`,
		`[{"action":"record","endOnKey":"12"}]`:                               `actions[0].endOnKey: must be one of 0 to 9, # and *, not "12"`,
		`[{"action":"record","endOnKey":["1"]}]`:                              `actions[0].endOnKey: must be one of 0 to 9, # and *, not a list`,
		`[{"action":"record","timeOut":7201}]`:                                `actions[0].timeOut: must be a whole number from 3 to 7200, not 7201`,
		`[{"action":"record","format":"flac"}]`:                               `actions[0].format: must be one of "mp3", "wav", "ogg", not "flac"`,
		`[{"action":"record","split":"speaker"}]`:                             `actions[0].split: must be "conversation", not "speaker"`,
		`[{"action":"record","eventUrl":"a.test"}]`:                           `actions[0].eventUrl[0]: must be an http or https URL, not "a.test"`,
		`[{"action":"record","eventUrl":"https://"}]`:                         `actions[0].eventUrl[0]: must be an http or https URL, not "https://"`,
		`[{"action":"talk","text":"a","level":1.1}]`:                          `actions[0].level: must be a number from -1 to 1, not 1.1`,
		`[{"action":"talk","text":"a","loop":-1}]`:                            `actions[0].loop: must be a whole number of at least 0, not -1`,
		`[{"action":"talk","text":"a","language":"English"}]`:                 `actions[0].language: must be a language tag such as en-GB, not "English"`,
		`[{"action":"talk","text":"` + long + `"}]`:                           `actions[0].text: must have at most 1500 characters (SSML tags not counted), not 1501`,
		`[{"action":"input","type":["video"]}]`:                               `actions[0].type[0]: must be one of "dtmf", "speech", not "video"`,
		`[{"action":"input","type":"speech","speech":{"endOnSilence":0.39}}]`: `actions[0].speech.endOnSilence: must be a number from 0.4 to 10, not 0.39`,
		`[{"action":"wait","timeout":0}]`:                                     `actions[0].timeout: must be a number from 0.1 to 7200, not 0`,
		`[{"action":"transfer","conversationId":"MEM-1"}]`:                    `actions[0].conversationId: must be a conversation id, which starts with "CON-", not "MEM-1"`,

		// Endpoints.
		`[{"action":"connect","endpoint":[]}]`:                                                                            `actions[0].endpoint: must hold exactly one value, not 0`,
		`[{"action":"connect","endpoint":[{"number":"447700900001"}]}]`:                                                   `actions[0].endpoint[0].type: is required: one of "app", "phone", "sip", "vbc", "websocket"`,
		`[{"action":"connect","endpoint":["447700900001"]}]`:                                                              `actions[0].endpoint[0]: must be an object, not a string`,
		`[{"action":"wait"},{"action":"connect","endpoint":[{"type":"phone","number":"07700900001"}]}]`:                   `actions[1].endpoint[0].number: "07700900001" is not in international form; begin with the country code, not with 0`,
		`[{"action":"connect","endpoint":[{"type":"phone","number":["447700900001"]}]}]`:                                  `actions[0].endpoint[0].number: must be a phone number, not a list`,
		`[{"action":"connect","endpoint":[{"type":"phone","number":"+44 07700 900001"}]}]`:                                `actions[0].endpoint[0].number: "+44 07700 900001" has a 0 after the country code 44, and no such number begins with 0 there; leave out the 0`,
		`[{"action":"connect","from":"Reception","endpoint":[{"type":"phone","number":"447700900001"}]}]`:                 `actions[0].from: "Reception" is not a phone number: 'R' does not belong in one`,
		`[{"action":"connect","endpoint":[{"type":"phone","number":"447700900001","dtmfAnswer":"1,2"}]}]`:                 `actions[0].endpoint[0].dtmfAnswer: must be made of 0 to 9, *, # and p (a pause), not "1,2"`,
		`[{"action":"connect","endpoint":[{"type":"phone","number":"447700900001","onAnswer":{}}]}]`:                      `actions[0].endpoint[0].onAnswer.url: is required`,
		`[{"action":"connect","endpoint":[{"type":"websocket","uri":"https://a.test"}]}]`:                                 `actions[0].endpoint[0].uri: must be a ws or wss URL, not "https://a.test"`,
		`[{"action":"connect","endpoint":[{"type":"websocket","uri":"wss://a.test","authorization":{"type":"custom"}}]}]`: `actions[0].endpoint[0].authorization.value: is required`,
		`[{"action":"connect","endpoint":[{"type":"sip"}]}]`:                                                              `actions[0].endpoint[0].uri: is required, unless there is a domain`,
		`[{"action":"connect","endpoint":[{"type":"sip","uri":"a@b.test"}]}]`:                                             `actions[0].endpoint[0].uri: must be a sip or sips URI, not "a@b.test"`,
		`[{"action":"connect","endpoint":[{"type":"sip","uri":"sip:a@b.test","domain":"c"}]}]`:                            `actions[0].endpoint[0].uri: cannot be used together with domain`,
		`[{"action":"connect","endpoint":[{"type":"sip","uri":"sip:a@b.test","user":"c","domain":"d"}]}]`: `actions[0].endpoint[0].uri: cannot be used together with user` + "\n" +
			`actions[0].endpoint[0].uri: cannot be used together with domain`,
		`[{"action":"connect","endpoint":[{"type":"sip","uri":"sip:a@b.test","user":"c"}]}]`: `actions[0].endpoint[0].uri: cannot be used together with user` + "\n" +
			`actions[0].endpoint[0].user: needs domain`,
		`[{"action":"connect","endpoint":[{"type":"phone","number":"447700900001","onAnswer":{"url":"https://a.test","ringback":"https://a.test","ringbackTone":"https://a.test"}}]}]`: `actions[0].endpoint[0].onAnswer.ringback: cannot be used together with ringbackTone`,
		`[{"action":"connect","endpoint":[{"type":"sip","uri":"sip:a@b.test","headers":["a"]}]}]`:                                                                                      `actions[0].endpoint[0].headers: must be an object, not a list`,
		`[{"action":"connect","endpoint":[{"type":"sip","uri":"sip:a@b.test","headers":{"%s":{}}}]}]`:                                                                                  `actions[0].endpoint[0].headers.%s: must be a string, not an object`,

		`[{"action":"connect","from":{},"endpoint":[{"type":"phone","number":"447700900001"}]}]`: `actions[0].from: must be a string, not an object`,

		// Rules between fields and between actions.
		`[{"action":"record","channels":2}]`:                                                                                   `actions[0].channels: needs split = "conversation"`,
		`[{"action":"conversation","name":"a","transcription":{}}]`:                                                            `actions[0].transcription: needs record = true`,
		`[{"action":"conversation","name":"a","mute":true,"canSpeak":[]}]`:                                                     `actions[0].mute: cannot be used together with canSpeak`,
		`[{"action":"transfer","conversationId":"CON-1","mute":true,"canSpeak":["a"]}]`:                                        `actions[0].mute: cannot be used together with canSpeak`,
		`[{"action":"connect","from":"447700900000","randomFromNumber":true,"endpoint":[{"type":"app","user":"a"}]}]`:          `actions[0].randomFromNumber: cannot be used together with from`,
		`[{"action":"input","type":"dtmf","mode":"asynchronous","dtmf":{"maxDigits":1}}]`:                                      `actions[0].dtmf: must be empty with mode = "asynchronous"`,
		`[{"action":"talk","text":"a","bargeIn":true}]`:                                                                        `actions[0].bargeIn: the next action that is neither talk nor stream must be input, and there is none`,
		`[{"action":"stream","streamUrl":"https://a.test","bargeIn":true},{"action":"wait"},{"action":"input","type":"dtmf"}]`: `actions[0].bargeIn: the next action that is neither talk nor stream must be input, not wait`,

		`[{"action":"talk","text":"a","bargeIn":true},{"action":"talk","text":"b","bargeIn":true}]`: "actions[0].bargeIn: the next action that is neither talk nor stream must be input, and there is none\n" +
			"actions[1].bargeIn: the next action that is neither talk nor stream must be input, and there is none",

		// All errors are reported at once, in document order.
		`[{"action":"talk","loop":-1},{"action":"stream","streamUrl":"a"}]`: "actions[0].loop: must be a whole number of at least 0, not -1\n" +
			"actions[0].text: is required\n" + `actions[1].streamUrl[0]: must be an http or https URL, not "a"`,
	} {
		document, err := Normalize(decode(t, actions))
		if err == nil {
			t.Errorf("%s was accepted: %s", actions, document)
			continue
		}
		if diff := cmp.Diff(want, err.Error()); diff != "" {
			t.Errorf("%s: %s", actions, diff)
		}
	}
}

func TestSpeechMarkupDoesNotCount(t *testing.T) {
	t.Parallel()
	said := strings.Repeat("é", 1500)
	for _, text := range []string{said, "<speak>" + said + "<break time='1s'/></speak>"} {
		if _, err := Normalize([]any{map[string]any{"action": "talk", "text": text}}); err != nil {
			t.Error(err)
		}
	}
	if _, err := Normalize([]any{map[string]any{"action": "talk", "text": "<b>" + said}}); err == nil {
		t.Error("tags outside of <speak> are spoken, and count")
	}
}
